import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describeWith } from '../real-parts.js';

jest.setTimeout(50_000);

/* The built samples as processes of their own (`npm test` builds first), scraped by a real Prometheus. */
const root = join(__dirname, '../..');
const tls = (name: string): string => join(root, 'tests/fixtures/tls', name);

describeWith('prometheus', 'a real Prometheus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'expositor-prometheus-'));
  const children: ChildProcess[] = [];
  let prometheus = '';

  beforeAll(async () => {
    const [sample, secure, host, port] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    run(process.execPath, sampleOf('sample'), '--host', '127.0.0.1', '--port', String(sample));
    run(process.execPath, sampleOf('host'), '--host', '127.0.0.1', '--port', String(host));
    const keys = ['--ssl-private-key', tls('server-key.pem'), '--ssl-public-key', tls('server.pem'), '--ssl-ca', tls('ca.pem')];
    run(process.execPath, sampleOf('sample'), '--host', '127.0.0.1', '--port', String(secure), ...keys);
    writeFileSync(
      join(folder, 'prometheus.yml'),
      JSON.stringify({
        global: { scrape_interval: '1s', scrape_timeout: '1s' },
        scrape_configs: [
          { job_name: 'sample', static_configs: [{ targets: [`127.0.0.1:${sample}`] }] },
          { job_name: 'host', static_configs: [{ targets: [`127.0.0.1:${host}`] }] },
          {
            job_name: 'mutual-tls',
            scheme: 'https',
            tls_config: { ca_file: tls('ca.pem'), cert_file: tls('client.pem'), key_file: tls('client-key.pem') },
            static_configs: [{ targets: [`127.0.0.1:${secure}`] }],
          },
          {
            job_name: 'stranger',
            scheme: 'https',
            tls_config: { ca_file: tls('ca.pem') },
            static_configs: [{ targets: [`127.0.0.1:${secure}`] }],
          },
        ],
      }),
    );
    prometheus = `http://127.0.0.1:${port}`;
    const flags = [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    run('prometheus', ...flags, '--log.level=error');
    await until(async () => (await query('up')).length === 4 && (await query('up == 1')).length === 3);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(
      children.map(async (child) => {
        child.kill('SIGTERM');
        if (child.exitCode === null) await once(child, 'exit');
      }),
    );
    rmSync(folder, { recursive: true, force: true });
  });

  test('finds both samples up, over HTTP and over mutual TLS, and no stranger let in', async () => {
    const up = (await query('up')).map(({ metric, value }) => `${metric['job']} ${value[1]}`);
    expect(up.sort()).toEqual(['host 1', 'mutual-tls 1', 'sample 1', 'stranger 0']);
  });

  test.each(['sample', 'mutual-tls'])('has the values of the sample, job %s', async (job) => {
    const gauges = await query(`a_gauge{job="${job}"}`);
    expect(gauges.map(({ metric }) => `${metric['foo']} ${metric['bar']}`).sort()).toEqual([
      'other-foo other-bar',
      'other-foo this-bar',
      'this-foo other-bar',
      'this-foo this-bar',
    ]);
    for (const { value } of gauges) expect([Number(value[1]) >= 0, Number(value[1]) < 100]).toEqual([true, true]);
    expect((await query(`sum(a_counter_total{job="${job}"})`)).length).toBe(1);
  });

  test('has the figures of the host', async () => {
    const [boot] = await query('node_boot_time_seconds');
    expect(Number(boot?.value[1])).toBeGreaterThan(1e9);
    const [share] = await query('node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes');
    expect([Number(share?.value[1]) > 0, Number(share?.value[1]) <= 1]).toEqual([true, true]);
    expect((await query('node_cpu_seconds_total{mode="idle"}')).length).toBeGreaterThan(0);
  });

  test('knows the types and help texts', async () => {
    const metadata = (await api('metadata')) as Readonly<Record<string, readonly { readonly type: string; readonly help: string }[]>>;
    expect(metadata['a_gauge']?.[0]).toMatchObject({ type: 'gauge', help: 'a gauge' });
    expect(metadata['node_load1']?.[0]).toMatchObject({ type: 'gauge' });
    expect(metadata['node_cpu_seconds_total'] ?? metadata['node_cpu_seconds']).toMatchObject([{ type: 'counter' }]);
  });

  function run(command: string, ...parameters: string[]): void {
    const child = spawn(command, parameters, { stdio: 'ignore', env: { PATH: process.env['PATH'] } });
    children.push(child);
  }

  async function api(path: string): Promise<unknown> {
    const response = await fetch(`${prometheus}/api/v1/${path}`);
    return ((await response.json()) as { readonly data: unknown }).data;
  }

  async function query(expression: string) {
    const data = (await api(`query?query=${encodeURIComponent(expression)}`)) as {
      readonly result: readonly { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] }[];
    };
    return data.result;
  }
});

describeWith('promtool', 'promtool', () => {
  /* Advice of promlint that stands, since the names are those of the originals. */
  const lint: Readonly<Record<string, RegExp>> = {
    sample: /^a_(?:counter_total|gauge) metric name should not include type/,
    host: /^node_memory_\w+ metric names should be written in 'snake_case'/,
  };

  test.each(['sample', 'host'])('accepts what the sample %s exports', async (name) => {
    const text = await scrapeOnce(name, '');
    const problems = check('promtool', ['check', 'metrics'], text);
    expect(problems.split('\n').filter((line) => line !== '' && !lint[name]?.test(line))).toEqual([]);
  });
});

describeWith('python3-prometheus-client', 'the reference OpenMetrics parser', () => {
  test.each(['sample', 'host'])('accepts what the sample %s exports', async (name) => {
    const text = await scrapeOnce(name, 'application/openmetrics-text;version=1.0.0');
    const script =
      'import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as f; print(len(list(f(sys.stdin.read()))))';
    const families = execFileSync('/usr/bin/python3', ['-c', script], { input: text, encoding: 'utf8' });
    expect(Number(families)).toBe(text.match(/^# TYPE /gm)?.length);
  });
});

function sampleOf(name: string): string {
  return join(root, `dist/samples/${name}/main.js`);
}

/** Runs a sample's process for one scrape. */
async function scrapeOnce(name: string, accept: string): Promise<string> {
  const port = await freePort();
  const child = spawn(process.execPath, [sampleOf(name), '--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
  try {
    let text = '';
    await until(async () => {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { accept } });
      text = await response.text();
      return response.ok;
    });
    return text;
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

/** What a checker says about a text, whatever its exit code. */
function check(command: string, parameters: readonly string[], input: string): string {
  try {
    return execFileSync(command, parameters, { input, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    return stdout + stderr;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 40_000; Date.now() < end; await wait(200)) if (await isTrue().catch(() => false)) return;
  throw new Error('it did not come true in time');
}
