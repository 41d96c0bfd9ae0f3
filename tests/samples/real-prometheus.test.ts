import { type ChildProcess, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describeWith } from '../real-parts.js';
import { freePort } from '../free-port.js';
import { end, type Prometheus, run, startPrometheus, until } from './prometheus.js';

/* The built samples as processes of their own (`npm test` builds first), scraped by a real Prometheus. */
const root = join(__dirname, '../..');
const tls = (name: string): string => join(root, 'tests/fixtures/tls', name);

describeWith('prometheus', 'a real Prometheus', () => {
  const children: ChildProcess[] = [];
  let prometheus: Prometheus;

  beforeAll(async () => {
    const [sample, secure, host] = await Promise.all([freePort(), freePort(), freePort()]);
    const keys = ['--ssl-private-key', tls('server-key.pem'), '--ssl-public-key', tls('server.pem'), '--ssl-ca', tls('ca.pem')];
    children.push(startSample('sample', sample), startSample('host', host), startSample('sample', secure, ...keys));
    prometheus = await startPrometheus([
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
    ]);
    await prometheus.untilUp(['sample', 'host', 'mutual-tls']);
  }, 60_000);

  afterAll(async () => {
    await prometheus[Symbol.asyncDispose]();
    await Promise.all(children.map(end));
  });

  test('finds both samples up, over HTTP and over mutual TLS, and no stranger let in', async () => {
    const up = (await prometheus.query('up')).map(({ metric, value }) => `${metric['job']} ${value[1]}`);
    expect(up.sort()).toEqual(['host 1', 'mutual-tls 1', 'sample 1', 'stranger 0']);
  });

  test.each(['sample', 'mutual-tls'])('has the values of the sample, job %s', async (job) => {
    const gauges = await prometheus.query(`a_gauge{job="${job}"}`);
    expect(gauges.map(({ metric }) => `${metric['foo']} ${metric['bar']}`).sort()).toEqual([
      'other-foo other-bar',
      'other-foo this-bar',
      'this-foo other-bar',
      'this-foo this-bar',
    ]);
    for (const { value } of gauges) expect([Number(value[1]) >= 0, Number(value[1]) < 100]).toEqual([true, true]);
    expect((await prometheus.query(`sum(a_counter_total{job="${job}"})`)).length).toBe(1);
  });

  test('has the figures of the host', async () => {
    const [boot] = await prometheus.query('node_boot_time_seconds');
    expect(Number(boot?.value[1])).toBeGreaterThan(1e9);
    const [share] = await prometheus.query('node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes');
    expect([Number(share?.value[1]) > 0, Number(share?.value[1]) <= 1]).toEqual([true, true]);
    expect((await prometheus.query('node_cpu_seconds_total{mode="idle"}')).length).toBeGreaterThan(0);
  });

  test('knows the types and help texts', async () => {
    const metadata = (await prometheus.api('metadata')) as Readonly<
      Record<string, readonly { readonly type: string; readonly help: string }[]>
    >;
    expect(metadata['a_gauge']?.[0]).toMatchObject({ type: 'gauge', help: 'a gauge' });
    expect(metadata['node_load1']?.[0]).toMatchObject({ type: 'gauge' });
    expect(metadata['node_cpu_seconds_total'] ?? metadata['node_cpu_seconds']).toMatchObject([{ type: 'counter' }]);
  });
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

function startSample(name: string, port: number, ...options: readonly string[]): ChildProcess {
  return run(process.execPath, [join(root, `dist/samples/${name}/main.js`), '--host', '127.0.0.1', '--port', String(port), ...options]);
}

/** Runs a sample's process for one scrape. */
async function scrapeOnce(name: string, accept: string): Promise<string> {
  const port = await freePort();
  const child = startSample(name, port);
  try {
    let text = '';
    await until(async () => {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { accept } });
      text = await response.text();
      return response.ok;
    });
    return text;
  } finally {
    await end(child);
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
