import { gunzipSync } from 'node:zlib';
import { Exposition } from '../../src/exposition/exposition.js';
import type { MetricFamily } from '../../src/model/metric-family.js';

const block = (value: number) => ({ labels: [''], values: Float64Array.of(value) });
const families: readonly MetricFamily[] = [
  { name: 'up', help: 'Is it?', unit: undefined, type: 'gauge', blocks: [block(1)] },
  { name: 'requests', help: 'How many.', unit: undefined, type: 'counter', blocks: [block(2)] },
  { name: 'wait.time', help: 'How long.', unit: undefined, type: 'gauge', blocks: [block(3)] },
];
const openMetrics = 'application/openmetrics-text;version=1.0.0';
const vary = 'Accept, Accept-Encoding';

async function text(exposition: Exposition, accept: string | undefined, names?: readonly string[]): Promise<string> {
  return Buffer.concat(await exposition.choose({ accept }).render(families, names)).toString();
}

test('the headers say what the wish comes to', () => {
  const exposition = new Exposition();
  expect(exposition.choose({}).headers).toEqual({ 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', Vary: vary });
  expect(exposition.choose({ accept: `${openMetrics};escaping=allow-utf-8`, acceptEncoding: 'gzip' }).headers).toEqual({
    'Content-Type': 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8',
    'Content-Encoding': 'gzip',
    Vary: vary,
  });
});

test('the body is in the format, the escaping and the coding that the headers say', async () => {
  const exposition = new Exposition();
  expect(await text(exposition, undefined)).toContain('\nwait_time 3\n');
  expect(await text(exposition, 'text/plain;version=1.0.0;escaping=allow-utf-8')).toContain('\n{"wait.time"} 3\n');
  expect(await text(exposition, openMetrics)).toMatch(/# EOF\n$/);
  const compressed = await exposition.choose({ acceptEncoding: 'gzip' }).render(families);
  expect(gunzipSync(Buffer.concat(compressed)).toString()).toBe(await text(exposition, undefined));
});

test('who asks for the same gets the same bytes', async () => {
  const exposition = new Exposition();
  const [one, other] = [1, 2].map(() => exposition.choose({ acceptEncoding: 'gzip' }).render(families));
  expect(await one).toBe(await other);
});

test.each<[names: readonly string[], shown: readonly string[]]>([
  [['up'], ['up']],
  [['requests'], ['requests_total']],
  [
    ['requests_total', 'up'],
    ['up', 'requests_total'],
  ],
  [['wait.time'], ['wait_time']],
  [['wait_time'], ['wait_time']],
  [['nobody'], []],
])('the names %j are those of %j', async (names, shown) => {
  const lines = (await text(new Exposition(), undefined, names)).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  expect(lines.map((line) => line.split(' ')[0])).toEqual(shown);
});

test('what nobody has asked for in a long time is forgotten, and rendered again when somebody does', async () => {
  jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate'] });
  const exposition = new Exposition();
  const first = await exposition.choose({}).render(families);
  jest.advanceTimersByTime(9 * 60_000);
  expect(await exposition.choose({}).render(families)).toBe(first);
  jest.advanceTimersByTime(11 * 60_000);
  const again = await exposition.choose({}).render(families);
  jest.useRealTimers();
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});

test('what changes again and again is the same in gzip as it is without', async () => {
  const labels = Array.from({ length: 40 }, (_, index) => Array.from({ length: 10 }, (__, row) => `host="host-${index}-${row}"`));
  const page = (seed: number): readonly MetricFamily[] =>
    labels.map((own, index) => {
      // Some change each time, some now and then, some never.
      const turn = Math.floor(seed / [1, 3, 100][index % 3]!);
      const values = Float64Array.from(own, (_, row) => Math.sin(turn * 1_000 + row) * 10 ** (row - 5));
      return { name: `family_${index}`, help: 'One.', unit: undefined, type: 'gauge', blocks: [{ labels: own, values }] };
    });
  const exposition = new Exposition();
  for (let seed = 0; seed < 12; seed++) {
    const list = page(seed);
    const compressed = Buffer.concat(await exposition.choose({ acceptEncoding: 'gzip' }).render(list));
    expect(gunzipSync(compressed).toString()).toBe(Buffer.concat(await exposition.choose({}).render(list)).toString());
  }
});
