import { setTimeout as wait } from 'node:timers/promises';
import {
  type Configure,
  type Counter,
  createExporter,
  type Enum,
  Exporter,
  type Gauge,
  type Histogram,
  type Info,
  type Logger,
  Metric,
  OnConfigure,
  OnScrape,
  Option,
  type Scrape,
  type Summary,
  type Unknown,
} from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { startTestExporter } from '../../src/testing/index.js';

@Exporter({ name: 'all-exporter', description: 'All metric types.', namespace: 'app' })
class AllTypes {
  @Metric({ type: 'gauge', help: 'A gauge.', labels: ['city'] }) warmth!: Gauge<'city'>;
  @Metric({ type: 'gauge', help: 'Never set.' }) silent!: Gauge;
  @Metric({ type: 'counter', help: 'A counter.', labels: ['method'] }) requests!: Counter<{ method: 'GET' | 'POST' }>;
  @Metric({ type: 'histogram', help: 'A histogram.', buckets: [1, 2.5], unit: 'seconds' }) wait!: Histogram;
  @Metric({ type: 'summary', help: 'A summary.', percentiles: [0.5, 0.9] }) age!: Summary;
  @Metric({ type: 'info', help: 'An info.', labels: ['version'] }) build!: Info<'version'>;
  @Metric({ type: 'enum', help: 'An enum.', states: ['on', 'off'] }) mode!: Enum<'on' | 'off'>;
  @Metric({ type: 'unknown', help: 'An unknown.', name: 'odd_value' }) odd!: Unknown;

  @OnScrape() update() {
    this.warmth.set({ city: 'Köln "am" Rhein\\\n' }, 12.5);
    this.requests.inc({ method: 'GET' }, 3);
    this.wait.observe(2);
    this.age.observe(4);
    this.build.info({ version: '1.2.3' });
    this.mode.state('off');
    this.odd.set(-1);
  }
}

test('every metric type in text format', async () => {
  await using exporter = await startTestExporter(AllTypes);
  const { status, text, headers } = await exporter.scrape();
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', Vary: 'Accept, Accept-Encoding' });
  const steady = text.replaceAll(/(_seconds\{collector=.*\}) [\d.e-]+$/gm, '$1 …').replaceAll(/version="[v\d.]+"/g, 'version="…"');
  expect(steady).toBe(`# HELP app_warmth A gauge.
# TYPE app_warmth gauge
app_warmth{city="Köln \\"am\\" Rhein\\\\\\n"} 12.5
# HELP app_silent Never set.
# TYPE app_silent gauge
# HELP app_requests_total A counter.
# TYPE app_requests_total counter
app_requests_total{method="GET"} 3
# HELP app_wait_seconds A histogram.
# TYPE app_wait_seconds histogram
app_wait_seconds_bucket{le="1.0"} 0
app_wait_seconds_bucket{le="2.5"} 1
app_wait_seconds_bucket{le="+Inf"} 1
app_wait_seconds_sum 2
app_wait_seconds_count 1
# HELP app_age A summary.
# TYPE app_age summary
app_age{quantile="0.5"} 4
app_age{quantile="0.9"} 4
app_age_sum 4
app_age_count 1
# HELP app_build_info An info.
# TYPE app_build_info gauge
app_build_info{version="…"} 1
# HELP app_mode An enum.
# TYPE app_mode gauge
app_mode{app_mode="on"} 0
app_mode{app_mode="off"} 1
# HELP app_odd_value An unknown.
# TYPE app_odd_value untyped
app_odd_value -1
# HELP all_exporter_build_info The version of the exporter, and that of Node.js which it runs on.
# TYPE all_exporter_build_info gauge
all_exporter_build_info{version="…",nodeversion="…"} 1
# HELP app_scrape_collector_success Whether the collector succeeded in this scrape.
# TYPE app_scrape_collector_success gauge
app_scrape_collector_success{collector="update"} 1
# HELP app_scrape_collector_duration_seconds How long the last call of the collector took.
# TYPE app_scrape_collector_duration_seconds gauge
app_scrape_collector_duration_seconds{collector="update"} …
# HELP app_scrape_collector_last_success_timestamp_seconds When the collector succeeded last, in seconds since the epoch.
# TYPE app_scrape_collector_last_success_timestamp_seconds gauge
app_scrape_collector_last_success_timestamp_seconds{collector="update"} …
`);
});

test('every metric type in OpenMetrics', async () => {
  await using exporter = await startTestExporter(AllTypes);
  const { families, headers, text } = await exporter.scrape({ accept: 'application/openmetrics-text;version=1.0.0' });
  expect(headers).toMatchObject({ 'Content-Type': 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores' });
  expect(text.endsWith('# EOF\n')).toBe(true);
  expect(families.map(({ name, type }) => [name, type])).toEqual([
    ['app_warmth', 'gauge'],
    ['app_silent', 'gauge'],
    ['app_requests', 'counter'],
    ['app_wait_seconds', 'histogram'],
    ['app_age', 'summary'],
    ['app_build', 'info'],
    ['app_mode', 'stateset'],
    ['app_odd_value', 'unknown'],
    ['all_exporter_build', 'info'],
    ['app_scrape_collector_success', 'gauge'],
    ['app_scrape_collector_duration_seconds', 'gauge'],
    ['app_scrape_collector_last_success_timestamp_seconds', 'gauge'],
  ]);
});

test('a scrape carries all that a handler may need', async () => {
  let seen: Scrape | undefined;
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Curious {
    @Metric({ type: 'gauge', help: 'A gauge.' }) size!: Gauge;
    @OnScrape() update(scrape: Scrape) {
      seen = scrape;
    }
  }
  await using exporter = await startTestExporter(Curious);
  const before = Date.now();
  await exporter.scrape({ timeoutSeconds: 30 });
  const after = Date.now();
  expect(seen?.exporter).toBe(exporter.exporter);
  expect(seen?.log).toBe(exporter.exporter.log);
  expect(seen?.signal.aborted).toBe(false);
  expect(Object.keys(seen?.metrics ?? {})).toEqual(['size']);
  expect(seen?.metrics['size']).toBe(exporter.instance.size);
  const asked = (seen?.deadline ?? 0) - 29_500;
  expect([before <= asked, asked <= after]).toEqual([true, true]);
});

test('scrapes that overlap share one run of the handler', async () => {
  let runs = 0;
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Slow {
    @Metric({ type: 'counter', help: 'Runs.' }) runs!: Counter;
    @OnScrape() async update() {
      runs += 1;
      await wait(20);
      this.runs.inc();
    }
  }
  await using exporter = await startTestExporter(Slow);
  const answers = await Promise.all([exporter.scrape(), exporter.scrape(), exporter.scrape()]);
  expect(answers.map((answer) => answer.value('runs_total'))).toEqual([1, 1, 1]);
  expect((await exporter.scrape()).value('runs_total')).toBe(2);
  expect(runs).toBe(2);
});

test('a handler that throws gives 500 and one log line, and the exporter goes on', async () => {
  const lines: unknown[] = [];
  const log: Logger = { ...silentLogger, error: (...line: unknown[]) => void lines.push(line) };
  let isBroken = true;
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Fragile {
    @OnScrape() update() {
      if (isBroken) throw new Error('the database has the password hunter2');
    }
  }
  const exporter = createExporter(Fragile, { log });
  await exporter.start();
  const { status, headers, body } = await exporter.scrape();
  expect([status, headers, body.toString()]).toEqual([
    500,
    { 'Content-Type': 'text/plain; charset=utf-8' },
    'Failed or late: update. See the log of the exporter.\n',
  ]);
  expect(lines).toEqual([[{ collector: 'update', error: 'the database has the password hunter2' }, 'update handler failed']]);
  isBroken = false;
  expect((await exporter.scrape()).status).toBe(200);
  await exporter.stop();
});

test('a handler that is too slow for the scrape gives 500, and its signal aborts', async () => {
  let signal: AbortSignal | undefined;
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Stuck {
    @OnScrape() update(scrape: Scrape) {
      ({ signal } = scrape);
      return new Promise((_resolve, reject) => scrape.signal.addEventListener('abort', () => reject(new Error('aborted'))));
    }
  }
  await using exporter = await startTestExporter(Stuck);
  expect((await exporter.scrape({ timeoutSeconds: 0.5 })).status).toBe(500);
  expect(signal?.aborted).toBe(true);
});

test('metrics and handlers may be created at run time, from plain data or typed', async () => {
  @Exporter({ name: 'x-exporter', description: 'x', namespace: 'app' })
  class Dynamic {
    @Option({ description: 'what to count', type: 'string', multiple: true }) things = ['apples', 'pears'];
    @OnConfigure() configure({ exporter }: Configure) {
      const counts = exporter.createMetrics(this.things.map((name) => ({ name, type: 'gauge', help: `Number of ${name}.` }) as const));
      const { last } = exporter.createMetrics([
        { name: 'last', type: 'gauge', help: 'The last one.', labels: ['thing'] },
        { name: 'calls', type: 'gauge', help: 'Calls.' },
      ]);
      exporter.addCollector('count', { timeout: '5s' }, ({ metrics }) => {
        for (const thing of this.things) counts[thing]?.set(thing.length);
        last.set({ thing: Object.keys(metrics).at(-1) ?? '' }, 1);
      });
      exporter.setUpdateHandler(() => {
        throw new Error('replaced');
      });
      exporter.setUpdateHandler((metrics) => {
        metrics['calls']?.inc();
      });
      expect(() => exporter.setUpdateHandler(5 as never)).toThrow('has no update handler');
      expect(() => exporter.addCollector('none', {}, undefined as never)).toThrow(
        'addCollector: none: has no update handler. Give a function after the declaration.',
      );
      expect(() => exporter.addCollector('count', {}, () => {})).toThrow(
        'addCollector: count: collector count is there already. Give one of them another name.',
      );
      expect(() => exporter.createMetrics([{ name: 'last', type: 'counter', help: 'h' }])).toThrow(
        'createMetrics: last: app_last belongs to last too. Rename one of them.',
      );
      expect(() => exporter.createMetrics([{ name: 'a b', type: 'gauge', help: '' }])).toThrow('2 mistakes:');
    }
  }
  await using exporter = await startTestExporter(Dynamic, { options: { things: ['apples', 'plums'] } });
  await exporter.expectMetrics(`
    # HELP app_apples Number of apples.
    # TYPE app_apples gauge
    app_apples 6
    # HELP app_plums Number of plums.
    # TYPE app_plums gauge
    app_plums 5
    # HELP app_last The last one.
    # TYPE app_last gauge
    app_last{thing="calls"} 1
    # HELP app_calls Calls.
    # TYPE app_calls gauge
    app_calls 1
  `);
});

test('two instances of one class in one process share nothing', async () => {
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Twice {
    @Option({ description: 'a city' }) city = 'Berlin';
    @Option({ description: 'tags', type: 'string', multiple: true }) tags: string[] = ['a'];
    @Metric({ type: 'counter', help: 'Scrapes.', labels: ['city'] }) scrapes!: Counter<'city'>;
    @OnScrape() update() {
      this.tags.push('b');
      this.scrapes.inc({ city: `${this.city} ${this.tags.join('')}` });
    }
  }
  await using one = await startTestExporter(Twice);
  await using two = await startTestExporter(Twice, { options: { city: 'Oslo' } });
  await one.scrape();
  expect((await one.scrape()).families[0]?.samples.map(({ labels }) => labels['city'])).toEqual(['Berlin ab', 'Berlin abb']);
  expect((await two.scrape()).families[0]?.samples.map(({ labels }) => labels['city'])).toEqual(['Oslo ab']);
});

test('an option without a value leaves its field empty, whatever its name', async () => {
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Odd {
    @Option({ description: 'x', type: 'string' }) valueOf: any = undefined;
  }
  await using exporter = await startTestExporter(Odd);
  expect(Object.entries(exporter.instance)).toEqual([['valueOf', undefined]]);
});

test('an exporter can be built with what it depends on', async () => {
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Pooled {
    @Metric({ type: 'gauge', help: 'Size.' }) size!: Gauge;
    constructor(readonly pool: { readonly size: number }) {}
    @OnScrape() update() {
      this.size.set(this.pool.size);
    }
  }
  const exporter = createExporter(Pooled, { create: () => new Pooled({ size: 7 }), log: silentLogger });
  await exporter.start();
  expect((await exporter.scrape()).body.toString()).toContain('\nsize 7\n');
  await exporter.stop();
});

test('a scrape before the start or after the stop is refused with 503', async () => {
  const exporter = createExporter(AllTypes, { log: silentLogger });
  expect((await exporter.scrape()).status).toBe(503);
  await exporter.start();
  expect((await exporter.scrape()).status).toBe(200);
  await exporter.stop();
  expect((await exporter.scrape()).status).toBe(503);
});

test('process stats and metrics of other packages are served beside ours', async () => {
  await using exporter = await startTestExporter(AllTypes, { options: { processStats: true } });
  const { Gauge: ForeignGauge } = jest.requireActual<typeof import('prom-client')>('prom-client');
  new ForeignGauge({ name: 'foreign', help: 'Of another package.', registers: [exporter.exporter.registry] }).set(3);
  const answer = await exporter.scrape();
  expect(answer.value('process_cpu_seconds_total')).toBeGreaterThan(0);
  expect(answer.value('foreign')).toBe(3);
  expect(exporter.instance.warmth).toBeInstanceOf(ForeignGauge);
});
