import { toTestScrape } from '../../src/testing/test-scrape.js';

const protobuf = 'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=underscores';

const answer = (status: number, text: string) =>
  toTestScrape({ status, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from(text) });

test('protobuf is handed on as it is', () => {
  const body = Buffer.from([3, 10, 1, 0xff]);
  const scrape = toTestScrape({ status: 200, headers: { 'Content-Type': protobuf }, body });
  expect([scrape.body, scrape.text, scrape.families, scrape.value('x')]).toEqual([body, '', [], undefined]);
});

test('an answer has its status, text, headers and families', () => {
  expect(answer(200, 'x{ä="1"} 1\n'.replace('ä', 'a'))).toMatchObject({
    status: 200,
    text: 'x{a="1"} 1\n',
    headers: { 'Content-Type': 'text/plain' },
    families: [{ name: 'x', type: 'untyped', samples: [{ name: 'x', labels: { a: '1' }, value: 1 }] }],
  });
});

test.each([
  ['x', { a: '1', b: '2' }, 1],
  ['x', { b: '2', a: '1' }, 1],
  ['x', undefined, 0],
  ['x', {}, 0],
  ['x', { a: '1' }, undefined],
  ['x', { a: '1', b: '2', c: '' }, undefined],
  ['x', { a: '1', b: '3' }, undefined],
  ['z', undefined, undefined],
  ['y_sum', undefined, 7],
  ['y', undefined, undefined],
])('the value of %s with %j is %p', (name, labels, value) => {
  const scrape = answer(200, 'x{a="1",b="2"} 1\nx 0\n# TYPE y histogram\ny_bucket{le="+Inf"} 1\ny_sum 7\ny_count 1\n');
  expect(scrape.value(name, labels)).toBe(value);
});

test('an answer that is no success has no families', () => {
  const scrape = answer(500, 'Failed or late: update.\n');
  expect([scrape.families, scrape.value('x')]).toEqual([[], undefined]);
});

test('a success that cannot be parsed throws', () => {
  expect(() => answer(200, 'Hello!\n')).toThrow('line 1: is neither a sample nor metadata: Hello!');
});
