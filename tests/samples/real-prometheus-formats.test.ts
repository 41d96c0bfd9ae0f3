import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Exporter, Metric, OnStartup } from '../../src/index.js';
import type { Counter, Enum, Gauge, Histogram, Info, Summary, Unknown } from '../../src/index.js';
import { startTestExporter, type TestExporter } from '../../src/testing/index.js';
import { describeWith } from '../real-parts.js';
import { type Prometheus, startPrometheus } from './prometheus.js';

const nasty = 'a\\b "c"\n\td, {e="f"} # ü 😀 \\n';
/* The numbers that a format is most likely to spoil: the largest and the smallest, and those that decimals only come near to. */
const numbers = {
  zero: 0,
  minusZero: -0,
  third: 1 / 3,
  almost: 0.1 + 0.2,
  whole: 2 ** 53,
  large: Number.MAX_VALUE,
  small: Number.MIN_VALUE,
  negative: -1e21,
  nothing: NaN,
  more: Infinity,
  less: -Infinity,
};

@Exporter({ name: 'every-exporter', description: 'Every type there is.', utf8Names: true })
class EveryExporter {
  @Metric({ type: 'counter', help: `Counted, ${nasty}`, labels: ['code', 'text'] }) requests!: Counter<'code' | 'text'>;
  @Metric({ type: 'counter', help: 'Mirrored.', unit: 'bytes' }) mirrored!: Counter;
  @Metric({ type: 'counter', help: 'Tells when it began.', created: true }) started!: Counter;
  @Metric({ type: 'counter', help: 'Of another alphabet.', name: 'http.requests', labels: ['http.method'] })
  http!: Counter<'http.method'>;
  @Metric({ type: 'gauge', help: 'Numbers.', labels: ['number'] }) number!: Gauge<'number'>;
  @Metric({ type: 'gauge', help: 'No series.', labels: ['number'] }) silent!: Gauge<'number'>;
  @Metric({ type: 'histogram', help: 'Observed.', unit: 'seconds', buckets: [0.00001, 0.1, 1, 2.5, 1e6, 123_456_789] }) wait!: Histogram;
  @Metric({ type: 'histogram', help: 'Foreign.', labels: ['text'] }) foreign!: Histogram<'text'>;
  @Metric({ type: 'histogram', help: 'With a negative sum.', buckets: [-10, 0, 10] }) frost!: Histogram;
  @Metric({ type: 'summary', help: 'Percentiles.', labels: ['text'], percentiles: [0.5, 0.999] }) weight!: Summary<'text'>;
  @Metric({ type: 'info', help: 'Facts.', labels: ['version', 'text'] }) build!: Info<'version' | 'text'>;
  @Metric({ type: 'enum', help: 'States.', states: ['idle', nasty] }) mode!: Enum<'idle' | typeof nasty>;
  @Metric({ type: 'unknown', help: 'Who knows.' }) dial!: Unknown;

  @OnStartup() fill() {
    this.requests.inc({ code: 200, text: nasty }, 3, { trace_id: 'first' });
    this.requests.inc({ code: 200, text: nasty }, 0.5, { trace_id: nasty, span_id: 7 });
    this.requests.inc({ code: 500, text: '' });
    this.mirrored.setTotal(2 ** 60);
    this.started.inc();
    this.http.inc({ 'http.method': 'GET' }, 2);
    for (const [number, value] of Object.entries(numbers)) this.number.set({ number }, value);
    this.wait.observe(0.05, { trace_id: 'fast' });
    this.wait.observe(2, { trace_id: 'slow' });
    this.wait.observe(1e9, { trace_id: 'late' });
    this.foreign.setBuckets({ text: nasty }, { buckets: { 1: 5, 2: 2 ** 52 }, sum: 1.5, count: 2 ** 53 });
    this.frost.observe(-12.5);
    for (let times = 0; times < 3; times++) this.weight.observe({ text: nasty }, 7);
    this.build.info({ version: '1.0', text: nasty });
    this.mode.state(nasty);
    this.dial.set(-3);
  }
}

const buckets = (counts: Readonly<Record<string, number>>, labels: object = {}): readonly Series[] =>
  Object.entries(counts).map(([le, value]) => [{ le, ...labels }, value]);

type Labels = Readonly<Record<string, string>>;
type Series = readonly [labels: object, value: number];

/** What was set, by the names that queries use. */
const expected: Readonly<Record<string, readonly Series[]>> = {
  requests_total: [
    [{ code: '200', text: nasty }, 3.5],
    // To Prometheus a label without a value is none.
    [{ code: '500' }, 1],
  ],
  mirrored_bytes_total: [[{}, 2 ** 60]],
  started_total: [[{}, 1]],
  http_requests_total: [[{ http_method: 'GET' }, 2]],
  number: Object.entries(numbers).map(([number, value]) => [{ number }, value]),
  silent: [],
  wait_seconds_bucket: buckets({ '1e-05': 0, '0.1': 1, '1.0': 1, '2.5': 2, '1e+06': 2, '1.23456789e+08': 2, '+Inf': 3 }),
  wait_seconds_sum: [[{}, 0.05 + 2 + 1e9]],
  wait_seconds_count: [[{}, 3]],
  foreign_bucket: buckets({ '1.0': 5, '2.0': 2 ** 52, '+Inf': 2 ** 53 }, { text: nasty }),
  foreign_sum: [[{ text: nasty }, 1.5]],
  foreign_count: [[{ text: nasty }, 2 ** 53]],
  frost_bucket: buckets({ '-10.0': 1, '0.0': 1, '10.0': 1, '+Inf': 1 }),
  frost_sum: [[{}, -12.5]],
  frost_count: [[{}, 1]],
  weight: ['0.5', '0.999'].map((quantile) => [{ quantile, text: nasty }, 7]),
  weight_sum: [[{ text: nasty }, 21]],
  weight_count: [[{ text: nasty }, 3]],
  build_info: [[{ version: '1.0', text: nasty }, 1]],
  mode: [
    [{ mode: 'idle' }, 0],
    [{ mode: nasty }, 1],
  ],
  dial: [[{}, -3]],
};

/** What each job asks for; a Prometheus with native histograms asks for protobuf by itself. */
const accepts = {
  text: 'text/plain;version=0.0.4',
  openMetrics: 'application/openmetrics-text;version=1.0.0',
  protobuf: 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
  itself: undefined,
};
type Job = keyof typeof accepts;
const jobs = Object.keys(accepts) as readonly Job[];

/** Text has no place for what tells when a series began, and Prometheus 2 leaves it alone in protobuf; in OpenMetrics it is a series. */
const ownNames: Readonly<Partial<Record<Job, readonly string[]>>> = { openMetrics: ['started_created'] };

describeWith('prometheus', 'a real Prometheus that scrapes one exporter in each format', () => {
  let exporter: TestExporter;
  let forwarder: Server;
  let prometheus: Prometheus;
  const contentTypes = new Map<string, string | undefined>();

  beforeAll(async () => {
    exporter = await startTestExporter(EveryExporter, { listen: true });
    forwarder = await startForwarder(new URL('metrics', exporter.url), contentTypes);
    const targets = [`127.0.0.1:${(forwarder.address() as AddressInfo).port}`];
    prometheus = await startPrometheus(
      jobs.map((job) => ({ job_name: job, metrics_path: `/${job}`, static_configs: [{ targets }] })),
      ['exemplar-storage', 'native-histograms'],
    );
    await prometheus.untilUp(jobs);
  }, 60_000);

  afterAll(async () => {
    await prometheus[Symbol.asyncDispose]();
    forwarder.close();
    await exporter.stop();
  });

  test('each job is answered in its format', () => {
    expect(Object.fromEntries(contentTypes)).toEqual({
      text: 'text/plain; version=0.0.4; charset=utf-8',
      openMetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
      protobuf: 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores',
      itself: 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores',
    });
  });

  describe.each(jobs)('job %s', (job) => {
    test.each(Object.entries(expected))('%s has the series that were set', async (name, series) => {
      expect(await seriesOf(`${name}{job="${job}"}`)).toEqual(sorted(series));
    });

    test('has no other metrics', async () => {
      const names = (await prometheus.query(`count by (__name__) (${ownSeries(job)})`)).map(({ metric }) => metric['__name__'] ?? '');
      const withSeries = Object.keys(expected).filter((name) => expected[name]?.length !== 0);
      expect(names.toSorted()).toEqual([...withSeries, 'every_exporter_build_info', ...(ownNames[job] ?? [])].toSorted());
    });
  });

  test.each(jobs.filter((job) => job !== 'text'))('a query for all that job %s has gives what it gives for text', async (job) => {
    const isCommon = ([{ __name__: name = '' }]: readonly [Labels, string]): boolean => !ownNames[job]?.includes(name);
    expect((await allOf(job)).filter(isCommon)).toEqual(await allOf('text'));
  });

  const types: Readonly<Record<string, Readonly<Record<'text' | 'openMetrics' | 'protobuf', string>>>> = {
    requests: { text: 'counter', openMetrics: 'counter', protobuf: 'counter' },
    number: { text: 'gauge', openMetrics: 'gauge', protobuf: 'gauge' },
    wait_seconds: { text: 'histogram', openMetrics: 'histogram', protobuf: 'histogram' },
    weight: { text: 'summary', openMetrics: 'summary', protobuf: 'summary' },
    build: { text: 'gauge', openMetrics: 'info', protobuf: 'gauge' },
    mode: { text: 'gauge', openMetrics: 'stateset', protobuf: 'gauge' },
    // Prometheus calls untyped what it knows no type of, in each format.
    dial: { text: 'unknown', openMetrics: 'unknown', protobuf: 'unknown' },
  };

  test.each(['text', 'openMetrics', 'protobuf'] as const)('job %s knows the types that its format has', async (job) => {
    const metadata = (await prometheus.api(`targets/metadata?match_target=${encodeURIComponent(`{job="${job}"}`)}`)) as readonly Metadata[];
    // Other formats than OpenMetrics have the type at the name of the samples.
    const typeOf = (name: string) => metadata.find(({ metric }) => [name, `${name}_total`, `${name}_info`].includes(metric))?.type;
    for (const [name, { [job]: type }] of Object.entries(types)) expect([name, typeOf(name)]).toEqual([name, type]);
    const { help } = metadata.find(({ metric }) => /^requests(?:_total)?$/.test(metric)) ?? {};
    expect(help).toBe(`Counted, ${nasty}`);
  });

  test.each(['openMetrics', 'protobuf', 'itself'] as const)('the exemplars of job %s show up', async (job) => {
    // Prometheus 2.42 does not undo the escapes in an exemplar of OpenMetrics, other than those in a series.
    const traceId = job === 'openMetrics' ? escaped(nasty) : nasty;
    expect(await exemplarsOf(`requests_total{job="${job}"}`)).toEqual([
      { code: '200', text: nasty, exemplar: { trace_id: traceId, span_id: '7' }, value: '0.5' },
    ]);
    expect(await exemplarsOf(`wait_seconds_bucket{job="${job}"}`)).toEqual([
      { le: '+Inf', exemplar: { trace_id: 'late' }, value: '1000000000' },
      { le: '0.1', exemplar: { trace_id: 'fast' }, value: '0.05' },
      { le: '2.5', exemplar: { trace_id: 'slow' }, value: '2' },
    ]);
  });

  test('text has no exemplars', async () => {
    expect(await exemplarsOf('requests_total{job="text"}')).toEqual([]);
  });

  async function seriesOf(expression: string): Promise<readonly Series[]> {
    const series = await prometheus.query(expression);
    return sorted(series.map(({ metric, value: [, value] }) => [ownLabels(metric), Number(value.replace('Inf', 'Infinity'))]));
  }

  /** Values are texts here, as Prometheus writes them. */
  async function allOf(job: Job): Promise<readonly (readonly [Labels, string])[]> {
    const series = await prometheus.query(ownSeries(job));
    return series
      .map(({ metric: { job: _job, ...labels }, value: [, value] }) => [labels, value] as const)
      .toSorted((one, other) => byText(JSON.stringify(one), JSON.stringify(other)));
  }

  async function exemplarsOf(expression: string): Promise<readonly object[]> {
    const [start, end] = [Date.now() / 1_000 - 600, Date.now() / 1_000 + 60];
    const found = (await prometheus.api(
      `query_exemplars?query=${encodeURIComponent(expression)}&start=${start}&end=${end}`,
    )) as readonly QueriedExemplars[];
    return found
      .flatMap(({ seriesLabels, exemplars }) =>
        exemplars.map(({ labels, value, timestamp }) => {
          expect(Math.abs(Date.now() / 1_000 - timestamp)).toBeLessThan(600);
          return { ...ownLabels(seriesLabels), exemplar: labels, value };
        }),
      )
      .toSorted((one, other) => byText(JSON.stringify(one), JSON.stringify(other)));
  }
});

interface Metadata {
  readonly metric: string;
  readonly type: string;
  readonly help: string;
}

interface QueriedExemplars {
  readonly seriesLabels: Labels;
  readonly exemplars: readonly { readonly labels: object; readonly value: string; readonly timestamp: number }[];
}

/** Selects the series of a job without those that Prometheus makes itself. */
function ownSeries(job: Job): string {
  return `{job="${job}",__name__!~"up|scrape_.*"}`;
}

/** What Prometheus adds is left out. */
function ownLabels({ __name__: _name, job: _job, instance: _instance, ...labels }: Labels): object {
  return labels;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
}

function sorted(series: readonly Series[]): readonly Series[] {
  const keyOf = ([labels]: Series): string => JSON.stringify(labels, Object.keys(labels).toSorted(byText));
  return series.toSorted((one, other) => byText(keyOf(one), keyOf(other)));
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}

/** Forwards scrapes with the `Accept` header of the job that the path names, and writes down what it was answered in. */
async function startForwarder(target: URL, contentTypes: Map<string, string | undefined>): Promise<Server> {
  const server = createServer((request, response) => {
    const job = (request.url ?? '').slice(1);
    const accept = accepts[job as Job] ?? request.headers.accept;
    const forward = async (): Promise<void> => {
      const [answer] = (await once(get(target, { headers: { ...request.headers, accept } }), 'response')) as [IncomingMessage];
      contentTypes.set(job, answer.headers['content-type']);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      await pipeline(answer, response);
    };
    forward().catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
