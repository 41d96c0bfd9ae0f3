import { AssertionError } from 'node:assert';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Counter, Exporter, type Gauge, Metric, OnScrape, OnShutdown, OnStartup, Option, type Scrape } from '../../src/index.js';
import { startTestExporter } from '../../src/testing/index.js';

const aboutCollector = ['success', 'duration_seconds', 'last_success_timestamp_seconds'].map((name) => `lamp_scrape_collector_${name}`);

@Exporter({ name: 'lamp-exporter', description: 'Lamps.' })
class Lamps {
  @Option({ description: 'how bright they are' }) brightness = 800;
  @Metric({ type: 'gauge', help: 'Light.', labels: ['room'] }) light!: Gauge<'room'>;
  @Metric({ type: 'counter', help: 'Updates.' }) updates!: Counter;
  deadline = 0;
  isStopped = false;

  @OnStartup() start() {
    if (this.brightness < 0) throw new Error('too dark');
  }

  @OnScrape() update({ deadline }: Scrape) {
    if (this.brightness === 0) throw new Error('no light');
    this.deadline = deadline;
    this.light.set({ room: 'hall' }, this.brightness);
    this.updates.inc();
  }

  @OnShutdown() stop() {
    this.isStopped = true;
  }
}

const openMetrics = 'application/openmetrics-text';
const protobuf = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

@Exporter({ name: 'house-exporter', description: 'A house.' })
class House {
  @Metric({ type: 'gauge', help: 'Light.' }) light!: Gauge;
  @Metric({ type: 'gauge', help: 'Warmth.' }) warmth!: Gauge;
  asked: string[] = [];
  isHanging = false;
  @OnScrape({ name: 'lamps' }) updateLamps({ signal }: Scrape) {
    this.asked.push('lamps');
    this.light.set(1);
    if (this.isHanging)
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(void this.asked.push('left'))));
    return undefined;
  }
  @OnScrape({ name: 'ovens' }) updateOvens() {
    this.asked.push('ovens');
    this.warmth.set(2);
  }
}

@Exporter({ name: 'utf8-exporter', description: 'Names of any characters.', utf8Names: true })
class Utf8 {
  @Metric({ type: 'counter', help: 'Requests.', name: 'http.requests', labels: ['http.method'], created: true })
  requests!: Counter<'http.method'>;

  @OnStartup() count() {
    this.requests.inc({ 'http.method': 'GET' }, 2, { trace_id: 'abc' });
  }
}

describe.each([false, true])('with listen: %p', (listen) => {
  test('options and variables reach the exporter, and scrapes its handlers', async () => {
    await using exporter = await startTestExporter(Lamps, { listen, env: { EXP_BRIGHTNESS: '70', EXP_METRICS_PATH: '/lamps' } });
    const { status, headers, text, families, value } = await exporter.scrape();
    expect([status, headers['Content-Type'], headers['Vary']]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'Accept, Accept-Encoding',
    ]);
    expect(text).toContain('\nlight{room="hall"} 70\n');
    expect(families.map(({ name }) => name)).toEqual(['light', 'updates_total', 'lamp_exporter_build_info', ...aboutCollector]);
    expect([value('light', { room: 'hall' }), value('updates_total')]).toEqual([70, 1]);
    expect(exporter.instance.brightness).toBe(70);
    expect(exporter.instance).toBe(exporter.exporter.instance);
    expect(exporter.url).toEqual(listen ? expect.stringMatching(/^http:\/\/localhost:\d+/) : undefined);
  });

  test('a scrape has a format and a timeout', async () => {
    await using exporter = await startTestExporter(Lamps, { listen, options: { metricsPath: '/a/b' } });
    const before = Date.now();
    const { text, families } = await exporter.scrape({ accept: openMetrics, timeoutSeconds: 50.5 });
    expect(text.endsWith('# EOF\n')).toBe(true);
    expect(families.map(({ name }) => name)).toEqual(['light', 'updates', 'lamp_exporter_build', ...aboutCollector]);
    expect(exporter.instance.deadline - before).toBeGreaterThanOrEqual(50_000);
  });

  test('a scrape chooses collectors and families', async () => {
    await using exporter = await startTestExporter(House, { listen });
    const { families, value } = await exporter.scrape({ collect: ['lamps'], names: ['light', 'warmth'] });
    expect(families.map(({ name }) => name)).toEqual(['light', 'warmth']);
    expect([value('light'), value('warmth'), exporter.instance.asked]).toEqual([1, undefined, ['lamps']]);
    expect((await exporter.scrape({ exclude: ['lamps'] })).value('warmth')).toBe(2);
    const { status, text } = await exporter.scrape({ collect: ['lamps'], exclude: ['ovens'] });
    expect([status, text]).toEqual([400, 'collect[] and exclude[] are given together. Give one of them.\n']);
  });

  test('a client may leave, and gets no answer', async () => {
    await using exporter = await startTestExporter(House, { listen });
    const { instance } = exporter;
    instance.isHanging = true;
    const client = new AbortController();
    const answer = exporter.scrape({ signal: client.signal });
    const failure = answer.catch((error: unknown) => error);
    while (instance.asked.length < 2) await nextTurn();
    client.abort(new Error('away'));
    expect(String(await failure)).toContain('away');
    while (instance.asked.at(-1) !== 'left') await nextTurn();
  });

  test('names of any characters are escaped unless they are asked for', async () => {
    await using exporter = await startTestExporter(Utf8, { listen });
    const plain = await exporter.scrape();
    expect(plain.value('http_requests_total', { http_method: 'GET' })).toBe(2);
    await exporter.expectMetrics(`
      # HELP http_requests_total Requests.
      # TYPE http_requests_total counter
      http_requests_total{http_method="GET"} 2
    `);
    const { text, value } = await exporter.scrape({ accept: 'text/plain;version=1.0.0;escaping=allow-utf-8' });
    expect(text).toContain('\n{"http.requests_total","http.method"="GET"} 2\n');
    expect(value('http.requests_total', { 'http.method': 'GET' })).toBe(2);
  });

  test('OpenMetrics has exemplars and tells when series began', async () => {
    await using exporter = await startTestExporter(Utf8, { listen });
    const { families } = await exporter.scrape({ accept: `${openMetrics};version=1.0.0;escaping=allow-utf-8` });
    expect(families.slice(0, 1)).toMatchObject([
      {
        name: 'http.requests',
        samples: [
          { name: 'http.requests_total', value: 2, exemplar: { labels: { trace_id: 'abc' }, value: 2, timestamp: expect.any(Number) } },
          { name: 'http.requests_created', labels: { 'http.method': 'GET' } },
        ],
      },
    ]);
    const [{ exemplar, value: created } = { exemplar: undefined, value: 0 }, ...others] = families[0]?.samples.toReversed() ?? [];
    expect([exemplar, others.length, Math.abs(Date.now() / 1_000 - created) < 60]).toEqual([undefined, 1, true]);
  });

  test('protobuf comes as bytes', async () => {
    await using exporter = await startTestExporter(Lamps, { listen });
    const { status, headers, body, text, families } = await exporter.scrape({ accept: protobuf });
    expect([status, headers['Content-Type']?.split(';')[0], text, families]).toEqual([200, 'application/vnd.google.protobuf', '', []]);
    // The first message's length, and its first field: the name.
    expect(body.subarray(1, 8)).toEqual(Buffer.from('\n\u0005light'));
  });

  test('an answer that is no success is no error', async () => {
    await using exporter = await startTestExporter(Lamps, { listen, options: { brightness: 0 } });
    const answer = await exporter.scrape();
    expect([answer.status, answer.families, answer.value('updates_total')]).toEqual([500, [], undefined]);
    await expect(exporter.expectMetrics('')).rejects.toThrow('status 500: Failed or late: update.');
  });
});

test('over HTTP the answer is compressed, which nobody sees', async () => {
  await using exporter = await startTestExporter(Lamps, { listen: true });
  const { headers, body, text, value } = await exporter.scrape();
  expect([headers['Content-Encoding'], value('light', { room: 'hall' })]).toEqual(['gzip', 800]);
  expect(body.toString()).toBe(text);
});

test('the right metrics are found right', async () => {
  await using exporter = await startTestExporter(Lamps);
  await exporter.expectMetrics(`
    # HELP updates_total Updates.
    # TYPE updates_total counter
    updates_total 1
    # HELP light Light.
    # TYPE light gauge
    light{room="hall"} 800
  `);
  await exporter.expectMetrics('# HELP light Light.\n# TYPE light gauge\nlight{room="hall"} 800', ['light']);
});

test('the wrong metrics are told as a difference', async () => {
  await using exporter = await startTestExporter(Lamps);
  const failure = exporter.expectMetrics('# HELP light Light.\n# TYPE light gauge\nlight{room="attic"} 800', ['light', 'dark']);
  await expect(failure).rejects.toThrow(AssertionError);
  await expect(failure).rejects.toThrow(`The metrics are not as expected (- missing, + extra):
- light{room="attic"} 800
+ light{room="hall"} 800
? dark is neither expected nor there`);
});

test('stop runs the shutdown hooks, and closes the server', async () => {
  const exporter = await startTestExporter(Lamps, { listen: true });
  await exporter.stop();
  expect(exporter.instance.isStopped).toBe(true);
  await expect(exporter.scrape()).rejects.toThrow('fetch failed');
});

test('the end of the scope stops the exporter', async () => {
  let lamps: Lamps | undefined;
  {
    await using exporter = await startTestExporter(Lamps);
    lamps = exporter.instance;
  }
  expect(lamps.isStopped).toBe(true);
});

test('what a startup hook throws is thrown', async () => {
  await expect(startTestExporter(Lamps, { options: { brightness: -1 } })).rejects.toThrow('too dark');
});

test('the object may be built with what it depends on, and the log looked at', async () => {
  const lamps = new Lamps();
  const lines: unknown[] = [];
  const take = (...line: unknown[]): void => void lines.push(line.at(-1));
  const log = { debug: take, info: take, warn: take, error: take };
  await using exporter = await startTestExporter(Lamps, { create: () => lamps, log, options: { brightness: 0 } });
  await exporter.scrape();
  expect(exporter.instance).toBe(lamps);
  expect(lines).toContain('update handler failed');
});
