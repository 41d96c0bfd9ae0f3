import {
  type Configure,
  type Counter,
  createExporter,
  type Enum,
  Exporter,
  type Gauge,
  type Histogram,
  Metric,
  OnConfigure,
  OnScrape,
  type Summary,
} from '../../src/index.js';
import { startTestExporter } from '../../src/testing/index.js';

type Labels = { method: 'GET' | 'POST'; code: string };

@Exporter({ name: 'gate-exporter', description: 'A gate.', namespace: 'gate' })
class Gate {
  @Metric({ type: 'counter', help: 'Passages.', labels: { side: ['left', 'right'], way: ['in', 'out'] } })
  passages!: Counter<{ side: 'left' | 'right'; way: 'in' | 'out' }>;
  @Metric({ type: 'histogram', help: 'Waits.', labels: { side: ['left', 'right'] }, buckets: [1] })
  waits!: Histogram<{ side: 'left' | 'right' }>;
  @Metric({ type: 'summary', help: 'Weights.', labels: { side: ['left'] }, percentiles: [0.5] }) weights!: Summary<'side'>;
  @Metric({ type: 'gauge', help: 'Speed.', labels: { side: ['left', 'right'] } }) speed!: Gauge<{ side: 'left' | 'right' }>;
  @Metric({ type: 'enum', help: 'Light.', states: ['red', 'green'], labels: { side: ['left', 'right'] } })
  light!: Enum<'red' | 'green', { side: 'left' | 'right' }>;
  @Metric({ type: 'counter', help: 'Requests.', labels: { method: ['GET', 'POST'], code: null } }) requests!: Counter<Labels>;
  @Metric({ type: 'counter', help: 'Volts, as the meter says.', labels: { phase: ['l1', 'l2', 'l3'] } }) volts!: Counter<'phase'>;

  update = (): void => {};
  @OnScrape() scrape() {
    this.update();
  }
}

/** As JavaScript may bring it. */
const top = { side: 'top' as never };

test('the known series are there from the first scrape, before anything has happened', async () => {
  await using exporter = await startTestExporter(Gate);
  const { text } = await exporter.scrape();
  expect(text.split('\n').filter((line) => /^gate_(?!scrape_collector|exporter_)/.test(line))).toEqual([
    'gate_passages_total{side="left",way="in"} 0',
    'gate_passages_total{side="left",way="out"} 0',
    'gate_passages_total{side="right",way="in"} 0',
    'gate_passages_total{side="right",way="out"} 0',
    ...['left', 'right'].flatMap((one) => [
      `gate_waits_bucket{side="${one}",le="1.0"} 0`,
      `gate_waits_bucket{side="${one}",le="+Inf"} 0`,
      `gate_waits_sum{side="${one}"} 0`,
      `gate_waits_count{side="${one}"} 0`,
    ]),
    'gate_weights{side="left",quantile="0.5"} NaN',
    'gate_weights_sum{side="left"} 0',
    'gate_weights_count{side="left"} 0',
    ...[1, 2, 3].map((phase) => `gate_volts_total{phase="l${phase}"} 0`),
  ]);
});

test('what is counted goes on from there, and a reset goes back', async () => {
  await using exporter = await startTestExporter(Gate);
  const { instance: gate } = exporter;
  gate.passages.inc({ side: 'right', way: 'in' });
  gate.requests.inc({ method: 'GET', code: '200' });
  const counted = await exporter.scrape();
  expect(counted.value('gate_passages_total', { side: 'right', way: 'in' })).toBe(1);
  expect(counted.value('gate_passages_total', { side: 'right', way: 'out' })).toBe(0);
  expect(counted.value('gate_requests_total', { method: 'GET', code: '200' })).toBe(1);
  gate.passages.reset();
  expect((await exporter.scrape()).value('gate_passages_total', { side: 'right', way: 'in' })).toBe(0);
});

test('what a meter mirrors has its series only', async () => {
  await using exporter = await startTestExporter(Gate);
  const { instance: gate } = exporter;
  gate.update = () => gate.volts.setTotal({ phase: 'l2' }, 230);
  const { families } = await exporter.scrape();
  expect(families.find(({ name }) => name === 'gate_volts_total')?.samples.map(({ labels, value }) => [labels, value])).toEqual([
    [{ phase: 'l2' }, 230],
  ]);
});

test('an update handler that sets another value fails, and its message names the known ones', async () => {
  await using exporter = await startTestExporter(Gate);
  const { instance: gate } = exporter;
  for (const update of [() => gate.speed.set(top, 5), () => gate.light.state(top, 'red'), () => gate.waits.observe(top, 5)]) {
    expect(update).toThrow(/^gate_\w+: label "side" is "top"\. Use one of left, right\.$/);
    gate.update = update;
    expect((await exporter.scrape()).status).toBe(500);
  }
  gate.update = () => gate.speed.set({ side: 'left' }, 5);
  expect((await exporter.scrape()).value('gate_speed', { side: 'left' })).toBe(5);
});

test('metrics made at run time may have known values, too', async () => {
  @Exporter({ name: 'grown-exporter', description: 'A gate that a file describes.', namespace: 'gate' })
  class Grown {
    @OnConfigure() grow({ exporter }: Configure) {
      const { knocks } = exporter.createMetrics([{ name: 'knocks', type: 'counter', help: 'Knocks.', labels: { door: ['a', 'b'] } }]);
      knocks.inc({ door: 'a' });
    }
  }
  await using exporter = await startTestExporter(Grown);
  expect((await exporter.scrape()).text).toMatch(/gate_knocks_total{door="a"} 1\ngate_knocks_total{door="b"} 0\n/);
});

test('a subclass may change them', async () => {
  @Exporter({ name: 'small-exporter', description: 'A small gate.', override: { waits: { labels: { side: ['left'] } } } })
  class Small extends Gate {}
  await using exporter = await startTestExporter(Small);
  expect((await exporter.scrape()).text.match(/waits_count/g)).toHaveLength(1);
});

test('wrong ones are told with the other mistakes of the class', () => {
  const wrong = { door: [], wing: ['a', 'a'] };
  @Exporter({ name: 'wrong-exporter', description: 'A gate.' })
  class Wrong {
    @Metric({ type: 'counter', help: 'Knocks.', labels: wrong }) knocks!: Counter<'door' | 'wing'>;
  }
  expect(() => createExporter(Wrong)).toThrow(
    '2 mistakes:\n' +
      '  Wrong.knocks: label "door" has no known values. Give one at least, or null for any.\n' +
      '  Wrong.knocks: label "wing" has the known value "a" twice. Give each once.',
  );
});
