import { startTestExporter } from 'expositor/testing';
import { SampleExporter } from '../../samples/sample/exporter.js';

let exporter: Awaited<ReturnType<typeof startTestExporter>>;
beforeAll(async () => (exporter = await startTestExporter(SampleExporter)));
afterAll(() => exporter.stop());

const combinations = [
  { foo: 'this-foo', bar: 'this-bar' },
  { foo: 'this-foo', bar: 'other-bar' },
  { foo: 'other-foo', bar: 'this-bar' },
  { foo: 'other-foo', bar: 'other-bar' },
];

test.each(combinations)('each scrape sets the gauge of %j to a number below 100', async (labels) => {
  const scrape = await exporter.scrape();
  expect(scrape.value('a_gauge', labels)).toBeGreaterThanOrEqual(0);
  expect(scrape.value('a_gauge', labels)).toBeLessThan(100);
});

test('each scrape raises the counter by a whole number below 10', async () => {
  let before = await counted();
  for (let scrape = 0; scrape < 20; scrape += 1) {
    const after = await counted();
    expect(Number.isInteger(after)).toBe(true);
    expect(after - before).toBeGreaterThanOrEqual(0);
    expect(after - before).toBeLessThan(10);
    before = after;
  }
});

test('metrics have the types and helps of the sample that prometheus-aioexporter has', async () => {
  const { text } = await exporter.scrape();
  expect(text).toContain('# HELP a_gauge a gauge\n# TYPE a_gauge gauge\n');
  expect(text).toContain('# HELP a_counter_total a counter\n# TYPE a_counter_total counter\n');
});

async function counted(): Promise<number> {
  const scrape = await exporter.scrape();
  return (scrape.value('a_counter_total', { baz: 'this-baz' }) ?? 0) + (scrape.value('a_counter_total', { baz: 'other-baz' }) ?? 0);
}
