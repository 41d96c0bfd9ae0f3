import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { until as untilSo } from '../until.js';

/** One series of the answer to a query. */
export interface QueriedSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

/** A real Prometheus that scrapes every second. */
export interface Prometheus extends AsyncDisposable {
  /** The `data` of an answer of its HTTP API: `api('metadata')`. */
  api(path: string): Promise<unknown>;
  query(expression: string): Promise<readonly QueriedSeries[]>;
  /** Waits until all jobs have been scraped, these with success and the others without; rejects with what Prometheus says of them. */
  untilUp(names: readonly string[]): Promise<void>;
  /** Gives it other scrape jobs, and waits until it has read them. */
  reconfigure(jobs: readonly Job[]): Promise<void>;
}

/** One scrape job as its configuration has it. */
interface Job {
  readonly job_name: string;
  readonly [key: string]: unknown;
}

/** Starts a Prometheus with these scrape jobs, in a folder of its own. */
export async function startPrometheus(jobs: readonly Job[], features: readonly string[] = []): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'expositor-prometheus-'));
  const port = await freePort();
  const configure = (scrapeConfigs: readonly Job[], generation: number): void => {
    const global = { scrape_interval: '1s', scrape_timeout: '1s', external_labels: { generation: String(generation) } };
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify({ global, scrape_configs: scrapeConfigs }));
  };
  let generation = 0;
  configure(jobs, generation);
  const child = run('prometheus', [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
    ...features.map((feature) => `--enable-feature=${feature}`),
    '--log.level=error',
  ]);

  async function api(path: string): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
    return ((await response.json()) as { readonly data: unknown }).data;
  }

  async function query(expression: string): Promise<readonly QueriedSeries[]> {
    const data = (await api(`query?query=${encodeURIComponent(expression)}`)) as { readonly result: readonly QueriedSeries[] };
    return data.result;
  }

  return {
    api,
    query,
    async untilUp(names) {
      const expected = jobs.map(({ job_name: name }) => `${name} ${Number(names.includes(name))}`).toSorted();
      const isSo = async (): Promise<boolean> => {
        const up = (await query('up')).map(({ metric, value: [, value] }) => `${metric['job']} ${value}`).toSorted();
        return JSON.stringify(up) === JSON.stringify(expected);
      };
      await until(isSo).catch(async () => {
        throw new Error(child.exitCode === null ? JSON.stringify(await api('targets'), null, 1) : `ended with ${child.exitCode}`);
      });
    },
    async reconfigure(others) {
      generation += 1;
      configure(others, generation);
      child.kill('SIGHUP');
      const sign = `generation: "${generation}"`;
      await until(async () => ((await api('status/config')) as { readonly yaml: string }).yaml.includes(sign));
    },
    async [Symbol.asyncDispose]() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a program in the background, silently, and without our environment. */
export function run(command: string, parameters: readonly string[]): ChildProcess {
  return spawn(command, parameters, { stdio: 'ignore', env: { PATH: process.env['PATH'] } });
}

/** Ends a program that `run` began. */
export async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Waits until something is so; a rejection counts as false. */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  await untilSo(() => isTrue().catch(() => false));
}
