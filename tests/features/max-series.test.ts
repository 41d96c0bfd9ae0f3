import { type Counter, createExporter, Exporter, type Gauge, Metric, OnScrape } from '../../src/index.js';
import { startTestExporter } from '../../src/testing/index.js';
import { runProgram } from '../run-program.js';
import { recordingLog } from '../web/recording-log.js';

@Exporter({ name: 'hive-exporter', description: 'A hive.', namespace: 'hive' })
class Hive {
  @Metric({ type: 'counter', help: 'Flights, by bee.', labels: ['bee'] }) flights!: Counter<'bee'>;
  @Metric({ type: 'gauge', help: 'Load of each bee.', labels: ['bee'], maxSeries: 3 }) load!: Gauge<'bee'>;
  @Metric({ type: 'gauge', help: 'Warmth.' }) warmth!: Gauge;

  bees: readonly number[] = [];
  @OnScrape() update() {
    for (const bee of this.bees) this.load.set({ bee }, bee);
    this.warmth.set(35);
  }
}

const swarm = Array.from({ length: 100 }, (_, place) => place);

test('a metric keeps to its own limit, and says what it dropped', async () => {
  const { log, lines } = recordingLog();
  await using exporter = await startTestExporter(Hive, { log });
  const { instance: hive } = exporter;
  expect((await exporter.scrape()).value('hive_exporter_metric_series_dropped_total', { metric: 'hive_load' })).toBe(0);
  for (const bee of swarm) hive.flights.inc({ bee });
  hive.bees = swarm.slice(0, 5);
  const full = await exporter.scrape();
  expect(full.status).toBe(200);
  expect(full.text.match(/^hive_load\{/gm)).toHaveLength(3);
  expect(full.text.match(/^hive_flights_total\{/gm)).toHaveLength(100);
  expect(full.value('hive_warmth')).toBe(35);
  expect(full.text).toContain('# TYPE hive_exporter_metric_series_dropped_total counter\n');
  expect(full.text.match(/^hive_exporter_metric_series_dropped_total.*/gm)).toEqual([
    'hive_exporter_metric_series_dropped_total{metric="hive_load"} 2',
  ]);
  expect(lines.filter(({ level }) => level === 'warn')).toEqual([
    { level: 'warn', metric: 'hive_load', maxSeries: 3, message: 'series dropped: the metric has all that it may have' },
  ]);
  hive.bees = [7, 8, 9];
  const others = await exporter.scrape();
  expect([7, 8, 9].map((bee) => others.value('hive_load', { bee: String(bee) }))).toEqual([7, 8, 9]);
  expect(others.value('hive_exporter_metric_series_dropped_total', { metric: 'hive_load' })).toBe(2);
});

test('the operator sets the limit of all others', async () => {
  await using exporter = await startTestExporter(Hive, { options: { maxSeries: 10 } });
  const { instance: hive } = exporter;
  for (const bee of swarm) hive.flights.inc({ bee });
  hive.bees = swarm;
  const { text } = await exporter.scrape();
  expect(text.match(/^hive_load\{/gm)).toHaveLength(3);
  expect(text.match(/^hive_flights_total\{/gm)).toHaveLength(10);
  expect(text).toContain('hive_exporter_metric_series_dropped_total{metric="hive_flights_total"} 90\n');
});

test('without a limit the metric that counts is not there', async () => {
  @Exporter({ name: 'free-exporter', description: 'A hive.', override: { load: { maxSeries: 0 } } })
  class Free extends Hive {}
  await using exporter = await startTestExporter(Free);
  expect((await exporter.scrape()).text).not.toContain('dropped');
});

test('metrics made at run time have limits, too', async () => {
  await using test = await startTestExporter(Hive, { options: { maxSeries: 2 } });
  const { exporter } = test;
  const metrics = exporter.createMetrics([
    { name: 'cells', type: 'gauge', help: 'Cells.', labels: ['comb'] },
    { name: 'queens', type: 'gauge', help: 'Queens.', labels: ['comb'], maxSeries: 1 },
  ]);
  for (const comb of [1, 2, 3]) for (const metric of [metrics.cells, metrics.queens]) metric.set({ comb }, 1);
  const text = String((await exporter.scrape()).body);
  expect(text.match(/^hive_(?:cells|queens)\{.*/gm)).toEqual([
    'hive_cells{comb="1"} 1',
    'hive_cells{comb="2"} 1',
    'hive_queens{comb="1"} 1',
  ]);
});

test('the name of the metric that counts is taken', () => {
  @Exporter({ name: 'rude-exporter', description: 'A hive.' })
  class Rude {
    @Metric({ type: 'counter', help: 'h', name: 'rude_exporter_metric_series_dropped' }) dropped!: Counter;
  }
  expect(() => createExporter(Rude)).toThrow(
    'Rude.dropped: rude_exporter_metric_series_dropped_total is kept for metrics about the exporter itself. Choose another name.',
  );
});

test.each([
  ['-1', '"-1" is not in the range 0..1000000000'],
  ['1.5', '"1.5" is no whole number'],
  ['many', '"many" is no whole number'],
])('--max-series %s is refused', async (value, what) => {
  const program = runProgram(Hive, [`--max-series=${value}`]);
  expect(await program.code).toBe(2);
  expect(program.stderr.text).toContain(`Error: Invalid value for --max-series: ${what}`);
});

test('the variable says the same', async () => {
  const program = runProgram(Hive, [], { EXP_MAX_SERIES: '-1' });
  expect(await program.code).toBe(2);
  expect(program.stderr.text).toContain('EXP_MAX_SERIES');
});
