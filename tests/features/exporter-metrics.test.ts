import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/bcrypt';
import { Exporter, OnScrape } from '../../src/index.js';
import { startTestExporter } from '../../src/testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'expositor-self-'));
const webConfigFile = join(folder, 'web.yml');
afterAll(() => rmSync(folder, { recursive: true }));

@Exporter({ name: 'till-exporter', description: 'Counts money.', version: '1.2.3' })
class Till {
  held: Promise<void> | undefined;
  onHeld = (): void => {};
  @OnScrape() async update() {
    this.onHeld();
    await this.held;
  }
}

/** The samples about the exporter itself. */
const about = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('till_exporter_'));
const rejected = (reason: string, count: number): string => `till_exporter_http_requests_rejected_total{reason="${reason}"} ${count}`;
const buildInfo = `till_exporter_build_info{version="1.2.3",nodeversion="${process.version}"} 1`;

test('without further words an exporter tells what it is, and nothing of requests', async () => {
  await using running = await startTestExporter(Till, { listen: true });
  expect(about((await running.scrape()).text)).toEqual([buildInfo]);
});

test('requests are told where the operator wants them', async () => {
  await using running = await startTestExporter(Till, { listen: true, options: { webExporterMetrics: true } });
  await (await fetch(running.url ?? '')).text();
  await (await fetch(`${running.url}nowhere`)).text();
  const { text } = await running.scrape();
  expect(about(text)).toEqual([
    buildInfo,
    'till_exporter_http_requests_in_flight 1',
    'till_exporter_http_requests_total{code="200"} 1',
    'till_exporter_http_requests_total{code="404"} 1',
    ...['authentication', 'concurrent_scrapes', 'connections', 'password_checks', 'rate_limit'].map((reason) => rejected(reason, 0)),
  ]);
});

test('a request that expects what nobody can do is counted, and does not stay in flight', async () => {
  await using running = await startTestExporter(Till, { listen: true, options: { webExporterMetrics: true } });
  const socket = connect(Number(new URL(running.url ?? '').port), '127.0.0.1').resume();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\n\r\n');
  await once(socket, 'close');
  const { text } = await running.scrape();
  // The scrape itself is in flight.
  const expected = ['till_exporter_http_requests_in_flight 1', 'till_exporter_http_requests_total{code="417"} 1'];
  expect(about(text)).toEqual(expect.arrayContaining(expected));
});

test('what is no request is counted by the code that it is answered', async () => {
  await using running = await startTestExporter(Till, { listen: true, options: { webExporterMetrics: true } });
  for (const text of ['no request\r\n\r\n', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`]) {
    const socket = connect(Number(new URL(running.url ?? '').port), '127.0.0.1').resume();
    socket.write(text);
    await once(socket, 'close');
  }
  const { text } = await running.scrape();
  expect(about(text)).toEqual(
    expect.arrayContaining(['till_exporter_http_requests_total{code="400"} 1', 'till_exporter_http_requests_total{code="431"} 1']),
  );
});

test('what is refused is told with its reason', async () => {
  writeFileSync(webConfigFile, `basic_auth_users:\n  ada: ${hashSync('right', { cost: 4 })}\nrate_limit:\n  interval: 1h\n  burst: 4\n`);
  const options = { webExporterMetrics: true, webConfigFile, maxConcurrentScrapes: 1 };
  await using running = await startTestExporter(Till, { listen: true, options });
  const ask = async (password: string, query = ''): Promise<number> => {
    const headers = { Authorization: `Basic ${btoa(`ada:${password}`)}` };
    return (await fetch(`${running.url}metrics${query}`, { headers })).status;
  };
  expect(await ask('wrong')).toBe(401);
  let letGo = (): void => {};
  running.instance.held = new Promise((resolve) => (letGo = resolve));
  const isHeld = new Promise<void>((resolve) => (running.instance.onHeld = resolve));
  const first = ask('right');
  await isHeld;
  expect(await Promise.all([ask('right', '?collect[]=update'), ask('right', '?exclude[]=update')])).toEqual([503, 503]);
  letGo();
  expect(await first).toBe(200);
  expect(await ask('right')).toBe(429);
  const lines = about((await running.exporter.scrape()).body.toString());
  expect(lines).toEqual(
    expect.arrayContaining([
      rejected('authentication', 1),
      rejected('concurrent_scrapes', 2),
      rejected('rate_limit', 1),
      'till_exporter_http_requests_total{code="401"} 1',
      'till_exporter_http_requests_total{code="429"} 1',
    ]),
  );
});

test.each([{ webExporterMetrics: true }, { processStats: true }, { webConfigFile }])(
  'without exporter metrics there is nothing about the exporter, with %j either',
  async (options) => {
    await using running = await startTestExporter(Till, { listen: true, options: { ...options, webDisableExporterMetrics: true } });
    const text = (await running.exporter.scrape()).body.toString();
    expect([about(text), text.includes('process_'), text.includes('till_scrape_collector_success')]).toEqual([[], false, true]);
  },
);

test('name[] chooses what is told of the exporter, too', async () => {
  await using running = await startTestExporter(Till);
  const { text } = await running.scrape({ names: ['till_exporter_build_info'] });
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([buildInfo]);
});
