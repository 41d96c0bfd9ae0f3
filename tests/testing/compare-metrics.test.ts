import { compareMetrics } from '../../src/testing/compare-metrics.js';

const actual = `# HELP a An a.
# TYPE a gauge
a{x="1",y="2"} 1
a{x="2",y="2"} NaN
# HELP b_total A "b"\\n.
# TYPE b_total counter
b_total 2
# HELP silent Nothing yet.
# TYPE silent gauge
`;

test('the same text is no difference', () => {
  expect(compareMetrics(actual, actual)).toBeUndefined();
});

test('neither order nor indentation matters', () => {
  const expected = `

    # TYPE silent gauge
    # HELP silent Nothing yet.
    # TYPE b_total counter
    # HELP b_total A "b"\\n.
      b_total 2.0
    # HELP a An a.
    # TYPE a gauge
\ta{y="2",x="2"} NaN
    a{y="2",x="1"} 1
  `;
  expect(compareMetrics(actual, expected)).toBeUndefined();
});

test('OpenMetrics is compared as well', () => {
  const text = '# TYPE a_seconds gauge\n# UNIT a_seconds seconds\n# HELP a_seconds An a.\na_seconds 1\n# EOF\n';
  expect(compareMetrics(text, `\n  ${text.replaceAll('\n', '\n  ')}`)).toBeUndefined();
  expect(compareMetrics(text, text.replace('# UNIT a_seconds seconds\n', ''))).toBe('+ # UNIT a_seconds seconds');
});

test.each([
  ['another value', actual.replace('b_total 2', 'b_total 3'), '- b_total 3\n+ b_total 2'],
  ['a missing series', `${actual}silent{z="a\\"b"} 0\n`, '- silent{z="a\\"b"} 0'],
  ['an extra series', actual.replace('a{x="1",y="2"} 1\n', ''), '+ a{x="1",y="2"} 1'],
  ['another label', actual.replace('x="1"', 'z="1"'), '- a{y="2",z="1"} 1\n+ a{x="1",y="2"} 1'],
  ['another help', actual.replace('An a.', 'An A.'), '- # HELP a An A.\n+ # HELP a An a.'],
  ['no help', actual.replace('# HELP a An a.\n', ''), '- # HELP a \n+ # HELP a An a.'],
  ['another type', actual.replace('a gauge', 'a untyped'), '- # TYPE a untyped\n+ # TYPE a gauge'],
  ['a missing family', `${actual}c 1\n`, '- # HELP c \n- # TYPE c untyped\n- c 1'],
  ['an extra family', actual.replace(/# HELP b[^]*b_total 2\n/, ''), '+ # HELP b_total A "b"\\n.\n+ # TYPE b_total counter\n+ b_total 2'],
])('%s is a difference', (_name, expected, difference) => {
  expect(compareMetrics(actual, expected)).toBe(difference);
});

test('nothing is expected: all is extra', () => {
  expect(compareMetrics('x 1\n', ' \n ')).toBe('+ # HELP x \n+ # TYPE x untyped\n+ x 1');
});

test('with names, only the families of these names are compared', () => {
  const expected = actual.replace('b_total 2', 'b_total 3');
  expect(compareMetrics(actual, expected, { names: ['a', 'silent'] })).toBeUndefined();
  expect(compareMetrics(actual, expected, { names: ['a', 'b_total'] })).toBe('- b_total 3\n+ b_total 2');
  expect(compareMetrics(actual, 'a 1\n', { names: ['silent'] })).toBe('+ # HELP silent Nothing yet.\n+ # TYPE silent gauge');
});

test('a name that is in neither text is a difference', () => {
  expect(compareMetrics(actual, actual, { names: ['a', 'sillent'] })).toBe('? sillent is neither expected nor there');
});

test('a text that cannot be parsed is told by which it is', () => {
  expect(() => compareMetrics('x', '')).toThrow('actual metrics, line 1: does not end with a newline: x');
  expect(() => compareMetrics('', 'x one')).toThrow('expected metrics, line 1: "one" is no number: x one');
});

test('a name of any characters is told in quotes, as it is scraped', () => {
  const scraped = '# TYPE "a.b" gauge\n{"a.b","c.d"="1",e="2"} 1\n{"a.b"} 2\n# TYPE a:b gauge\na:b 1\n';
  expect(compareMetrics(scraped, scraped)).toBeUndefined();
  expect(compareMetrics(scraped, '')?.split('\n')).toEqual([
    '+ # HELP "a.b" ',
    '+ # TYPE "a.b" gauge',
    '+ {"a.b","c.d"="1",e="2"} 1',
    '+ {"a.b"} 2',
    '+ # HELP a:b ',
    '+ # TYPE a:b gauge',
    '+ a:b 1',
  ]);
});

test('exemplars do not matter', () => {
  const plain = '# TYPE a counter\na_total 1\n# EOF\n';
  expect(compareMetrics(plain.replace('a_total 1', 'a_total 1 # {b="c"} 1 1700000000.5'), plain)).toBeUndefined();
});
