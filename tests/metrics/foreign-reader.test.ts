import type { ForeignMetric } from '../../src/metrics/foreign-metric.js';
import { ForeignReader } from '../../src/metrics/foreign-reader.js';
import { seriesOf } from './series-of.js';

/** A metric of another package whose every read waits until it is told what to answer. */
function createForeign(name: string) {
  const answers: { readonly resolve: (value: number) => void; readonly reject: (error: Error) => void }[] = [];
  const get = async (): Promise<object> => {
    const value = await new Promise<number>((resolve, reject) => answers.push({ resolve, reject }));
    return { name, help: 'h', type: 'gauge', values: [{ value, labels: {} }] };
  };
  return { metric: { name, get } satisfies ForeignMetric, answers };
}

function createReader() {
  const failures: string[] = [];
  const reader = new ForeignReader((name, error) => failures.push(`${name}: ${String(error)}`));
  const read = async (metrics: readonly ForeignMetric[], limits = {}) =>
    [...(await reader.read(metrics, [], limits)).values()].map((family) => [family.name, seriesOf(family)[0]?.value]);
  return { failures, read };
}

const quick: ForeignMetric = { name: 'quick', get: () => ({ name: 'quick', help: 'h', type: 'gauge', values: [{ value: 1 }] }) };
const late = 'slow: Error: it did not answer in time';
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('what hangs is left out at the deadline, told once, and not read again until it has settled', async () => {
  const { failures, read } = createReader();
  const { metric, answers } = createForeign('slow');
  jest.useFakeTimers();
  const reading = read([metric, quick], { deadline: Date.now() + 5 });
  await jest.advanceTimersByTimeAsync(5);
  jest.useRealTimers();
  expect(await reading).toEqual([['quick', 1]]);
  expect(failures).toEqual([late]);
  // Would wait for ten seconds, had it to wait.
  expect(await read([metric, quick])).toEqual([['quick', 1]]);
  expect([failures, answers.length]).toEqual([[late], 1]);
  answers[0]?.resolve(1);
  await settle();
  const again = read([metric]);
  answers[1]?.resolve(2);
  expect(await again).toEqual([['slow', 2]]);
  expect(await read([metric], { deadline: 0 })).toEqual([]);
  expect([failures, answers.length]).toEqual([[late, late], 3]);
});

test('what fails after it was late is not told again', async () => {
  const { failures, read } = createReader();
  const { metric, answers } = createForeign('slow');
  await read([metric], { deadline: 0 });
  answers[0]?.reject(new Error('boom'));
  await settle();
  expect(failures).toEqual([late]);
});

test('reads at the same time share one run, and its failure is told once', async () => {
  const { failures, read } = createReader();
  const { metric, answers } = createForeign('slow');
  const both = [read([metric]), read([metric])];
  answers[0]?.resolve(3);
  expect(await Promise.all(both)).toEqual([[['slow', 3]], [['slow', 3]]]);
  const failing = [read([metric]), read([metric])];
  answers[1]?.reject(new Error('boom'));
  expect(await Promise.all(failing)).toEqual([[], []]);
  const lateBoth = [read([metric], { deadline: 0 }), read([metric], { deadline: 0 })];
  expect(await Promise.all(lateBoth)).toEqual([[], []]);
  expect([failures, answers.length]).toEqual([['slow: Error: boom', late], 3]);
});

test('nobody waits for a metric when the asker has left, and the next one does', async () => {
  const { failures, read } = createReader();
  const { metric, answers } = createForeign('slow');
  const asker = new AbortController();
  const left = read([metric], { signal: asker.signal });
  asker.abort();
  expect(await left).toEqual([]);
  expect(await read([metric], { signal: AbortSignal.abort() })).toEqual([]);
  const next = read([metric]);
  answers[0]?.resolve(4);
  expect(await next).toEqual([['slow', 4]]);
  expect([failures, answers.length]).toEqual([[], 1]);
});

test('a deadline that is further away than timers reach is none', async () => {
  const { failures, read } = createReader();
  const { metric, answers } = createForeign('slow');
  const reading = read([metric], { deadline: Infinity });
  await new Promise((resolve) => setTimeout(resolve, 20));
  answers[0]?.resolve(5);
  expect(await reading).toEqual([['slow', 5]]);
  expect(failures).toEqual([]);
});
