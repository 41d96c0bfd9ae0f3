import {
  type Counter,
  type Enum,
  Exporter,
  type Gauge,
  type Histogram,
  type Info,
  type LiveExporter,
  Metric,
  type Summary,
  type Unknown,
} from '../../src/index.js';

@Exporter({ name: 'right', description: 'Everything here is right.', namespace: 'app' })
export class RightMetrics {
  @Metric({ type: 'gauge', help: 'h', labels: ['a', 'b'] }) gauge!: Gauge<'a' | 'b'>;
  @Metric({ type: 'gauge', help: 'h' }) plain!: Gauge;
  @Metric({ type: 'counter', help: 'h', labels: ['method', 'code'] }) known!: Counter<{ method: 'GET' | 'POST'; code: string }>;
  @Metric({ type: 'histogram', help: 'h', buckets: [1, 2], unit: 'seconds' }) histogram!: Histogram;
  @Metric({ type: 'summary', help: 'h', labels: ['a'], percentiles: [0.5] }) summary!: Summary<'a'>;
  @Metric({ type: 'info', help: 'h', labels: ['version'] }) info!: Info<'version'>;
  @Metric({ type: 'enum', help: 'h', states: ['on', 'off'] }) state!: Enum<'on' | 'off'>;
  @Metric({ type: 'unknown', help: 'h' }) unknown!: Unknown;
  @Metric({ type: 'counter', help: 'h', created: true }) jobs!: Counter;
  @Metric({ type: 'histogram', help: 'h', labels: ['queue'], created: true }) waits!: Histogram<'queue'>;
  @Metric({ type: 'summary', help: 'h', created: false }) sizes!: Summary;
  @Metric({ type: 'counter', help: 'h', labels: { cpu: ['0', '1'] }, mirrored: true, created: false }) ticks!: Counter<{ cpu: '0' | '1' }>;
  @Metric({ type: 'histogram', help: 'h', mirrored: true }) delays!: Histogram;
  @Metric({ type: 'gauge', help: 'h', labels: ['zone'], allow: ['target-label', 'ratio'] }) zones!: Gauge<'zone'>;

  use(): void {
    this.gauge.set({ a: 'x', b: 1 }, 5);
    this.gauge.labels('x', 'y').inc();
    this.gauge.labels({ a: 'x', b: 'y' }).dec(2);
    this.plain.set(5);
    this.plain.inc();
    this.known.inc({ method: 'GET', code: '200' });
    this.known.setTotal({ method: 'POST', code: '200' }, 7);
    this.histogram.observe(1);
    this.histogram.setBuckets({ buckets: { 1: 2 }, sum: 3, count: 4 });
    this.summary.observe({ a: 'x' }, 1);
    this.info.info({ version: '1' });
    this.state.state('on');
    this.known.inc({ method: 'GET', code: '200' }, 2, { trace_id: 'abc', span: 7 });
    this.known.inc({ method: 'GET', code: '200' }, undefined, { trace_id: 'abc' });
    this.known.labels('GET', '200').inc(1, { trace_id: 'abc' });
    this.jobs.inc(2, { trace_id: 'abc' });
    this.jobs.inc(undefined, { trace_id: 'abc' });
    this.histogram.observe(1, { trace_id: 'abc' });
    this.histogram.labels().observe(1, { trace_id: 'abc' });
    this.waits.observe({ queue: 'a' }, 1, { trace_id: 'abc' });
    this.waits.labels('a').observe(1, { trace_id: 'abc' });
    // @ts-expect-error an exemplar is labels
    this.jobs.inc(2, 'abc');
    // @ts-expect-error an exemplar's labels are texts or numbers
    this.jobs.inc(2, { trace_id: null });
    // @ts-expect-error the value stands before the exemplar
    this.jobs.inc({ trace_id: 'abc' });
    // @ts-expect-error the labels stand before the value
    this.waits.observe(1, { trace_id: 'abc' });
    // @ts-expect-error an exemplar needs a value
    this.histogram.observe({ trace_id: 'abc' });
    // @ts-expect-error an exemplar's labels are texts or numbers
    this.waits.observe({ queue: 'a' }, 1, { trace_id: true });
    // @ts-expect-error a gauge has no exemplars
    this.plain.set(5, { trace_id: 'abc' });
    // @ts-expect-error a gauge has no exemplars
    this.gauge.inc({ a: 'x', b: 1 }, 5, { trace_id: 'abc' });
    // @ts-expect-error a summary has no exemplars
    this.summary.observe({ a: 'x' }, 1, { trace_id: 'abc' });
    // @ts-expect-error a total has no exemplars
    this.jobs.setTotal(5, { trace_id: 'abc' });
    // @ts-expect-error a label is missing
    this.gauge.set({ a: 'x' }, 5);
    // @ts-expect-error a label too many
    this.gauge.set({ a: 'x', b: 'y', c: 'z' }, 5);
    // @ts-expect-error labels are needed
    this.gauge.set(5);
    // @ts-expect-error no labels are taken
    this.plain.set({ a: 'x' }, 5);
    // @ts-expect-error a value is needed
    this.plain.set();
    // @ts-expect-error an unknown label value
    this.known.inc({ method: 'PUT', code: '200' });
    // @ts-expect-error an unknown state
    this.state.state('broken');
    // @ts-expect-error a counter is not set
    this.known.set({ method: 'GET', code: '200' }, 5);
  }
}

@Exporter({ name: 'wrong', description: 'Everything here is wrong.' })
export class WrongMetrics {
  // @ts-expect-error label b is not in the field's type
  @Metric({ type: 'gauge', help: 'h', labels: ['a', 'b'] }) fewer!: Gauge<'a'>;
  // @ts-expect-error label b is not declared
  @Metric({ type: 'gauge', help: 'h', labels: ['a'] }) more!: Gauge<'a' | 'b'>;
  // @ts-expect-error no label is declared
  @Metric({ type: 'gauge', help: 'h' }) none!: Gauge<'a'>;
  // @ts-expect-error another metric class
  @Metric({ type: 'counter', help: 'h' }) counter!: Gauge;
  // @ts-expect-error another metric class that looks alike
  @Metric({ type: 'unknown', help: 'h' }) unknown!: Gauge;
  // @ts-expect-error other states
  @Metric({ type: 'enum', help: 'h', states: ['on', 'off'] }) state!: Enum<'on' | 'out'>;
  // @ts-expect-error no metric at all
  @Metric({ type: 'gauge', help: 'h' }) text = '';
  // @ts-expect-error an unknown type
  @Metric({ type: 'gage', help: 'h' }) type!: Gauge;
  // @ts-expect-error an unknown key
  @Metric({ type: 'gauge', help: 'h', label: ['a'] }) key!: Gauge;
  // @ts-expect-error a key of another metric type
  @Metric({ type: 'gauge', help: 'h', buckets: [1] }) buckets!: Gauge;
  // @ts-expect-error a gauge does not tell when it began
  @Metric({ type: 'gauge', help: 'h', created: true }) created!: Gauge;
  // @ts-expect-error nor does an info
  @Metric({ type: 'info', help: 'h', labels: ['a'], created: true }) createdInfo!: Info<'a'>;
  // @ts-expect-error created is a boolean
  @Metric({ type: 'counter', help: 'h', created: 'yes' }) createdText!: Counter;
  // @ts-expect-error a gauge is set anyway
  @Metric({ type: 'gauge', help: 'h', mirrored: true }) mirrored!: Gauge;
  // @ts-expect-error a summary cannot be mirrored
  @Metric({ type: 'summary', help: 'h', mirrored: true }) mirroredSummary!: Summary;
  // @ts-expect-error mirrored is a boolean
  @Metric({ type: 'counter', help: 'h', mirrored: 'yes' }) mirroredText!: Counter;
  // @ts-expect-error only its source knows when it began
  @Metric({ type: 'counter', help: 'h', mirrored: true, created: true }) mirroredCreated!: Counter;
  // @ts-expect-error no rule of that name
  @Metric({ type: 'gauge', help: 'h', allow: ['camelCase'] }) allowed!: Gauge;
  // @ts-expect-error allow is a list
  @Metric({ type: 'gauge', help: 'h', allow: 'camel-case' }) allowedOne!: Gauge;
  // @ts-expect-error no help
  @Metric({ type: 'gauge' }) help!: Gauge;
}

const methods: readonly string[] = ['GET', 'POST'];

@Exporter({ name: 'known', description: 'Label values are known here.' })
export class RightValues {
  @Metric({ type: 'counter', help: 'h', labels: { method: ['GET', 'POST'], code: null } })
  exact!: Counter<{ method: 'GET' | 'POST'; code: string }>;
  @Metric({ type: 'counter', help: 'h', labels: { method: ['GET', 'POST'], code: null } }) names!: Counter<'method' | 'code'>;
  @Metric({ type: 'counter', help: 'h', labels: { method: ['GET', 'POST'] } }) text!: Counter<{ method: string }>;
  @Metric({ type: 'counter', help: 'h', labels: { code: ['200', '404'] } }) numbers!: Counter<{ code: 200 | 404 }>;
  @Metric({ type: 'counter', help: 'h', labels: { code: ['200', '404'] } }) anyNumber!: Counter<{ code: number }>;
  @Metric({ type: 'counter', help: 'h', labels: { code: null } }) open!: Counter<{ code: '200' | '404' }>;
  @Metric({ type: 'counter', help: 'h', labels: { method: methods } }) data!: Counter<{ method: 'GET' | 'POST' }>;
  @Metric({ type: 'counter', help: 'h', labels: {} }) none!: Counter;
  @Metric({ type: 'gauge', help: 'h', labels: { side: ['left', 'right'] } }) gauge!: Gauge<{ side: 'left' | 'right' }>;
  @Metric({ type: 'histogram', help: 'h', labels: { side: ['left', 'right'] }, maxSeries: 2 })
  histogram!: Histogram<{ side: 'left' | 'right' }>;
  @Metric({ type: 'summary', help: 'h', labels: { side: ['left'] } }) summary!: Summary<{ side: 'left' }>;
  @Metric({ type: 'info', help: 'h', labels: { edition: ['free', 'paid'] } }) info!: Info<{ edition: 'free' | 'paid' }>;
  @Metric({ type: 'enum', help: 'h', states: ['on', 'off'], labels: { side: ['left'] } }) state!: Enum<'on' | 'off', { side: 'left' }>;
  @Metric({ type: 'unknown', help: 'h', labels: { side: ['left'] } }) unknown!: Unknown<'side'>;

  use(): void {
    this.exact.inc({ method: 'GET', code: '200' });
    this.exact.labels({ method: 'POST', code: '404' }).inc();
    this.exact.labels('POST', 404).inc();
    this.names.inc({ method: 'PUT', code: 200 });
    this.numbers.inc({ code: 404 });
    // @ts-expect-error an unknown value
    this.exact.inc({ method: 'PUT', code: '200' });
    // @ts-expect-error an unknown value
    this.gauge.set({ side: 'top' }, 5);
    // @ts-expect-error an unknown value
    this.info.info({ edition: 'stolen' });
    // @ts-expect-error an unknown value
    this.state.state({ side: 'right' }, 'on');
    const wider: Counter<'method' | 'code'> = this.exact;
    wider.inc({ method: 'GET', code: '200' });
    // @ts-expect-error other values
    const other: Counter<{ method: 'PUT'; code: string }> = this.exact;
    other.inc({ method: 'PUT', code: '200' });
  }
}

@Exporter({ name: 'known', description: 'Label values are wrong here.' })
export class WrongValues {
  // @ts-expect-error value POST is not in the field's type
  @Metric({ type: 'counter', help: 'h', labels: { method: ['GET', 'POST'] } }) fewer!: Counter<{ method: 'GET' }>;
  // @ts-expect-error value PUT is not declared
  @Metric({ type: 'counter', help: 'h', labels: { method: ['GET'], code: null } }) more!: Counter<{ method: 'GET' | 'PUT'; code: string }>;
  // @ts-expect-error other values
  @Metric({ type: 'gauge', help: 'h', labels: { side: ['left'] } }) other!: Gauge<{ side: 'right' }>;
  // @ts-expect-error 404 is not declared
  @Metric({ type: 'counter', help: 'h', labels: { code: ['200'] } }) numbers!: Counter<{ code: 200 | 404 }>;
  // @ts-expect-error other values of a label that takes states too
  @Metric({ type: 'enum', help: 'h', states: ['on'], labels: { side: ['left'] } }) state!: Enum<'on', { side: 'right' }>;
  // @ts-expect-error label code is not in the field's type
  @Metric({ type: 'counter', help: 'h', labels: { method: ['GET'], code: null } }) label!: Counter<{ method: 'GET' }>;
  // @ts-expect-error label code is not declared
  @Metric({ type: 'counter', help: 'h', labels: { method: ['GET'] } }) undeclared!: Counter<'method' | 'code'>;
  // @ts-expect-error known values are texts
  @Metric({ type: 'counter', help: 'h', labels: { code: [200] } }) code!: Counter<'code'>;
  // @ts-expect-error known values are a list
  @Metric({ type: 'counter', help: 'h', labels: { code: '200' } }) text!: Counter<'code'>;
  // @ts-expect-error any value is null
  @Metric({ type: 'counter', help: 'h', labels: { code: undefined } }) missing!: Counter<'code'>;
  // @ts-expect-error a number
  @Metric({ type: 'counter', help: 'h', labels: ['code'], maxSeries: '5' }) most!: Counter<'code'>;
}

export function knownAtRunTime(exporter: LiveExporter, plain: Readonly<Record<string, readonly string[]>>): void {
  const { requests, side, kind, rest } = exporter.createMetrics([
    { name: 'requests', type: 'counter', help: 'h', labels: { method: ['GET', 'POST'], code: null }, maxSeries: 100 },
    { name: 'side', type: 'enum', help: 'h', states: ['up', 'down'], labels: { side: ['left', 'right'] } },
    { name: 'kind', type: 'gauge', help: 'h', labels: plain },
    { name: 'rest', type: 'gauge', help: 'h', labels: { kind: plain['kind'] ?? [] } },
  ]);
  const field: Counter<{ method: 'GET' | 'POST'; code: string }> = requests;
  field.inc({ method: 'GET', code: '200' });
  requests.inc({ method: 'GET', code: 200 });
  side.state({ side: 'left' }, 'up');
  kind.set({ anything: 'goes' }, 5);
  rest.set({ kind: 'any' }, 5);
  // @ts-expect-error an unknown value
  requests.inc({ method: 'PUT', code: 200 });
  // @ts-expect-error a label is missing
  requests.inc({ method: 'GET' });
  // @ts-expect-error an unknown value
  side.state({ side: 'top' }, 'up');
  // @ts-expect-error other values
  const other: Counter<{ method: 'PUT'; code: string }> = requests;
  other.inc({ method: 'PUT', code: '200' });
}

@Exporter({ name: 'dotted', description: 'Names may be anything here.', utf8Names: true })
export class DottedMetrics {
  @Metric({ type: 'gauge', help: 'h', name: 'http.open', labels: ['http.method'] }) open!: Gauge<'http.method'>;

  use(): void {
    this.open.set({ 'http.method': 'GET' }, 5);
    // @ts-expect-error an unknown label
    this.open.set({ http_method: 'GET' }, 5);
  }
}

// @ts-expect-error utf8Names is a boolean
@Exporter({ name: 'dotted', description: 'Names may be anything here.', utf8Names: 'yes' })
export class WrongDotted {}

export function atRunTime(exporter: LiveExporter, plain: readonly { name: string; type: 'gauge'; help: string }[]): void {
  const { jobs, state } = exporter.createMetrics([
    { name: 'jobs', type: 'counter', help: 'h', labels: ['queue'] },
    { name: 'state', type: 'enum', help: 'h', states: ['up', 'down'] },
  ]);
  jobs.inc({ queue: 'a' });
  jobs.inc({ queue: 'a' }, 1, { trace_id: 'abc' });
  state.state('up');
  // @ts-expect-error an unknown label
  jobs.inc({ queu: 'a' });
  // @ts-expect-error an unknown state
  state.state('sideways');
  // @ts-expect-error no rule of that name
  exporter.createMetrics([{ name: 'a', type: 'gauge', help: 'h', allow: ['base-units'] }]);
  // @ts-expect-error an unknown metric
  void exporter.createMetrics([{ name: 'a', type: 'gauge', help: 'h' }]).b;
  // @ts-expect-error names from plain data may be undefined
  exporter.createMetrics(plain)['a'].reset();
  exporter.createMetrics(plain)['a']?.reset();
}

export function dotted(exporter: LiveExporter): void {
  const metrics = exporter.createMetrics([{ name: 'http.open', type: 'counter', help: 'h', labels: ['http.method'], created: true }]);
  metrics['http.open'].inc({ 'http.method': 'GET' }, 2, { trace_id: 'abc' });
  // @ts-expect-error an unknown label
  metrics['http.open'].inc({ method: 'GET' });
}
