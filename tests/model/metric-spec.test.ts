import { lintRules } from '../../src/model/declaration.js';
import { specOf } from '../metrics/spec-of.js';
import { metricFaults } from './declared.js';

const good = { type: 'gauge', help: 'h' } as const;
const types = 'Use one of counter, gauge, histogram, summary, info, enum, unknown';
const cyclic: unknown[] = [];
cyclic.push(cyclic);

test.each<[object, string]>([
  [{ ...good, toString: 1 }, `UNKNOWN_KEY unknown key "toString". Use one of type, help, labels, name, unit, buckets, percentiles, maxAgeSeconds, ageBuckets, states, created, mirrored, stale, maxSeries, allow`],
  [{ ...good, constructor: 1 }, `UNKNOWN_KEY unknown key "constructor". Use one of type, help, labels, name, unit, buckets, percentiles, maxAgeSeconds, ageBuckets, states, created, mirrored, stale, maxSeries, allow`],
  [{ ...good, ['__proto__']: 1 }, `UNKNOWN_KEY unknown key "__proto__". Use one of type, help, labels, name, unit, buckets, percentiles, maxAgeSeconds, ageBuckets, states, created, mirrored, stale, maxSeries, allow`],
  [{ ...good, type: 'toString' }, `UNKNOWN_TYPE unknown metric type "toString". ${types}`],
  [{ ...good, type: '__proto__' }, `UNKNOWN_TYPE unknown metric type "__proto__". ${types}`],
  [{ help: 'h' }, `UNKNOWN_TYPE unknown metric type undefined. ${types}`],
  [{ ...good, type: 5 }, 'INVALID_DECLARATION type is 5. Give a text that is not empty'],
  [{ ...good, type: Symbol('s') }, 'INVALID_DECLARATION type is Symbol(s). Give a text that is not empty'],
  [{ type: 'gauge', help: 5 }, 'INVALID_DECLARATION help is 5. Give a text that is not empty'],
  [{ ...good, name: 5 }, 'INVALID_DECLARATION name is 5. Give a text that is not empty'],
  [{ ...good, name: Object.create(null) }, 'INVALID_DECLARATION name is {}. Give a text that is not empty'],
  [{ ...good, unit: 5 }, 'INVALID_DECLARATION unit is 5. Give a text that is not empty'],
  [{ ...good, labels: 5 }, 'INVALID_DECLARATION labels is 5. Give a list of texts, or an object with the known values of each label'],
  [{ ...good, labels: 'ab' }, 'INVALID_DECLARATION labels is "ab". Give a list of texts, or an object with the known values of each label'],
  [{ ...good, labels: [5] }, 'INVALID_DECLARATION labels is [5]. Give a list of texts, or an object with the known values of each label'],
  [{ ...good, labels: cyclic }, 'INVALID_DECLARATION labels is [an object]. Give a list of texts, or an object with the known values of each label'],
  [{ ...good, type: 'info', labels: 5 }, 'INVALID_DECLARATION labels is 5. Give a list of texts, or an object with the known values of each label'],
  [{ ...good, type: 'enum', states: 5 }, 'INVALID_DECLARATION states is 5. Give a list of texts'],
  [{ ...good, type: 'enum', states: ['a', '\ud800'] }, 'INVALID_DECLARATION state "\\ud800" has half a character. Give well-formed Unicode'],
  [{ ...good, type: 'histogram', buckets: 'x' }, 'INVALID_DECLARATION buckets is "x". Give a list of numbers'],
  [{ ...good, type: 'histogram', buckets: [1, NaN] }, 'INVALID_DECLARATION buckets is [1,NaN]. Give a list of numbers'],
  [{ ...good, type: 'histogram', buckets: [1, Infinity] }, 'INVALID_DECLARATION buckets are [1,Infinity]. Give finite upper bounds in ascending order; +Inf is added'],
  [{ ...good, type: 'summary', maxAgeSeconds: 9, ageBuckets: 1.5 }, 'INVALID_DECLARATION ageBuckets is 1.5. Give a whole number of at least 1'],
  [{ ...good, type: 'summary', maxAgeSeconds: 9, ageBuckets: 0 }, 'INVALID_DECLARATION ageBuckets is 0. Give a whole number of at least 1'],
  [{ ...good, stale: 'kept' }, 'INVALID_DECLARATION stale is "kept". Give drop or keep'],
  [{ ...good, stale: true }, 'INVALID_DECLARATION stale is true. Give a text that is not empty'],
  [{ ...good, type: 'summary', maxAgeSeconds: NaN, ageBuckets: 3 }, 'INVALID_DECLARATION maxAgeSeconds is NaN. Give a number above 0'],
])('one mistake of a metric is told once, whatever JavaScript gives (%#)', (declaration, fault) => {
  expect(metricFaults(declaration)).toEqual([fault]);
}); // prettier-ignore

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['gauge', '"gauge"'],
  [[good], '[{"type":"gauge","help":"h"}]'],
])('a declaration that is no object is one mistake (%#)', (declaration, quoted) => {
  expect(metricFaults(declaration)).toEqual([`INVALID_DECLARATION declaration is ${quoted}. Give an object`]);
  expect(metricFaults(declaration, null)).toHaveLength(1);
});

test.each([
  [{ type: 'counter', name: '_total' }, 'metric name "_total" is the ending of type counter only'],
  [{ type: 'info', name: '_info', labels: ['a'] }, 'metric name "_info" is the ending of type info only'],
])('a name that leaves OpenMetrics no family name is refused (%#)', (declaration, what) => {
  expect(metricFaults({ help: 'h', ...declaration })).toEqual([`INVALID_NAME ${what}. Put a name before it`]);
});

test('the same name is good for a type that has no ending', () => {
  expect(metricFaults({ ...good, name: '_total' })).toEqual([]);
});

test.each(['größe', 'my.metric', '温度', '$', ''])('of the member %p no name is made', (member) => {
  expect(metricFaults(good, member)).toEqual(['INVALID_NAME name cannot be made of the member. Give a name']);
  expect(metricFaults({ ...good, name: 'size' }, member)).toEqual([]);
});

test.each(['constructor', 'hasOwnProperty', '__proto__', '$size', '_size', 'my-size', 'my size'])(
  'of the member %p a name is made',
  (member) => {
    expect(metricFaults(good, member)).toEqual([]);
  },
);

test('a metric without member and name is told', () => {
  expect(metricFaults(good, null)).toEqual(['INVALID_NAME name is missing. Give a name']);
});

test.each([
  [{ ...good, created: true }, 'created is given for type gauge. Leave it out, or make the type counter or histogram or summary'],
  [{ ...good, type: 'info', labels: ['a'], created: false }, 'created is given for type info. Leave it out, or make the type counter or histogram or summary'],
  [{ ...good, type: 'counter', created: 'yes' }, 'created is "yes". Give true or false'],
])('created is a boolean, for what adds up (%#)', (declaration, what) => {
  expect(metricFaults(declaration)).toEqual([`INVALID_DECLARATION ${what}`]);
  expect(metricFaults({ ...good, type: 'counter', created: true })).toEqual([]);
}); // prettier-ignore

test.each([
  [{ ...good, mirrored: true }, 'mirrored is given for type gauge. Leave it out, or make the type counter or histogram'],
  [{ ...good, type: 'summary', mirrored: false }, 'mirrored is given for type summary. Leave it out, or make the type counter or histogram'],
  [{ ...good, type: 'counter', mirrored: 'yes' }, 'mirrored is "yes". Give true or false'],
  [{ ...good, type: 'counter', mirrored: true, created: true }, 'created is given with mirrored. Leave it out: when a total began is for its source to know'],
])('mirrored is a boolean, for what can be counted elsewhere (%#)', (declaration, what) => {
  expect(metricFaults(declaration)).toEqual([`INVALID_DECLARATION ${what}`]);
  expect(metricFaults({ ...good, type: 'histogram', mirrored: true, created: false })).toEqual([]);
}); // prettier-ignore

describe('names with any characters', () => {
  const utf8Faults = (declaration: object) => metricFaults({ ...good, ...declaration }, 'a', true);
  const rule = 'Use well-formed Unicode, with fewer than two underscores in front';

  test.each([
    [{ name: 'http.requests' }, 'INVALID_NAME metric name "http.requests" is not allowed. Use letters, digits and underscores, such as http_requests'],
    [{ name: 'größe' }, 'INVALID_NAME metric name "größe" is not allowed. Use letters, digits and underscores, such as http_requests'],
    [{ labels: ['http.method'] }, 'INVALID_LABEL label "http.method" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front'],
  ])('are taken only where the exporter says so (%#)', (declaration, fault) => {
    expect(metricFaults({ ...good, ...declaration })).toEqual([fault]);
    expect(utf8Faults(declaration)).toEqual([]);
  });

  test.each<[object]>([
    [{ name: '温度', unit: 'celsius', labels: ['駅', 'a b', '""', '\\\\\\', '{a}', '1st'] }],
    [{ name: '1', labels: ['1', 'a:b'] }],
    [{ name: '😀\n', type: 'counter' }],
  ])('may be anything else (%#)', (declaration) => {
    expect(utf8Faults(declaration)).toEqual([]);
  });

  test.each<[object, string]>([
    [{ name: '__a.b' }, `INVALID_NAME metric name "__a.b" is not allowed. ${rule}`],
    [{ name: 'a\ud800' }, `INVALID_NAME metric name "a\\ud800" is not allowed. ${rule}`],
    [{ labels: ['__a.b'] }, `INVALID_LABEL label "__a.b" is not allowed. ${rule}`],
    [{ labels: ['a.b', 'a.b'] }, 'INVALID_LABEL label "a.b" stands twice. Name each label once'],
    [{ labels: ['a.b', 'c', 'a_b'] }, 'INVALID_LABEL labels "a.b" and "a_b" are one where names are escaped. Let them differ in more than special characters'],
    [{ labels: ['é', 'ü'] }, 'INVALID_LABEL labels "é" and "ü" are one where names are escaped. Let them differ in more than special characters'],
    [{ type: 'histogram', labels: ['le'] }, `INVALID_LABEL label "le" is histogram's own. Choose another name`],
    [{ name: 'power.on', type: 'enum', states: ['a'], labels: ['power_on'] }, `INVALID_LABEL label "power_on" is enum's own. Choose another name`],
    [{ unit: 'm/s' }, 'INVALID_NAME unit "m/s" is not allowed. Use letters, digits and underscores, such as http_requests'],
  ])('have rules of their own (%#)', (declaration, fault) => {
    expect(utf8Faults(declaration)).toEqual([fault]);
  });
}); // prettier-ignore

test.each<[unknown, readonly string[]]>([
  ['camel-case', ['allow is "camel-case". Give a list of texts']],
  [true, ['allow is true. Give a list of texts']],
  [[5], ['allow is [5]. Give a list of texts']],
  [[''], ['allow is [""]. Give a list of texts']],
  [['camel-cas'], ['allow names "camel-cas", which is no rule. Did you mean camel-case?']],
  [['camelCase'], ['allow names "camelCase", which is no rule. Did you mean camel-case?']],
  [['ratio', 'toString', 'time-sinc'], [
    'allow names "toString", which is no rule. Use one of abbreviated-unit, base-unit, camel-case, colon, generic-label, label-in-name, outcome-label, ratio, reserved-label, reserved-name, reserved-prefix, reserved-suffix, target-label, time-since, type-in-name',
    'allow names "time-sinc", which is no rule. Did you mean time-since?',
  ]],
])('allow names rules that there are (%#)', (allow, faults) => {
  expect(metricFaults({ ...good, allow })).toEqual(faults.map((fault) => `INVALID_DECLARATION ${fault}`));
}); // prettier-ignore

test.each([[[]], [['ratio']], [lintRules], [undefined]])('each rule can be allowed (%#)', (allow) => {
  expect(metricFaults({ ...good, allow })).toEqual([]);
});

describe('labels with known values', () => {
  const records = 'Give a list of texts, or an object with the known values of each label';
  const rule = 'Give a list of strings, or null for any';
  const many = (length: number) => Array.from({ length }, (_, place) => String(place));

  test.each<[unknown, string]>([
    [new Map([['a', ['x']]]), `INVALID_DECLARATION labels is {}. ${records}`],
    [new (class Labels { a = ['x']; })(), `INVALID_DECLARATION labels is {"a":["x"]}. ${records}`],
    [new Date(0), `INVALID_DECLARATION labels is "1970-01-01T00:00:00.000Z". ${records}`],
    [{ [Symbol('a')]: ['x'] }, `INVALID_DECLARATION labels is {}. ${records}`],
    [null, `INVALID_DECLARATION labels is null. ${records}`],
    [() => ['x'], `INVALID_DECLARATION labels is a function. ${records}`],
    [{ a: 'x' }, `INVALID_LABEL label "a" has the known values "x". ${rule}`],
    [{ a: undefined }, `INVALID_LABEL label "a" has the known values undefined. ${rule}`],
    [{ a: new Set(['x']) }, `INVALID_LABEL label "a" has the known values {}. ${rule}`],
    [{ a: { x: null } }, `INVALID_LABEL label "a" has the known values {"x":null}. ${rule}`],
    [{ a: [] }, 'INVALID_LABEL label "a" has no known values. Give one at least, or null for any'],
    [{ a: ['x', 5] }, `INVALID_LABEL label "a" has the known value 5. ${rule}`],
    [{ a: ['x', null] }, `INVALID_LABEL label "a" has the known value null. ${rule}`],
    [{ a: Array<string>(1) }, `INVALID_LABEL label "a" has the known value undefined. ${rule}`],
    [{ a: cyclic }, `INVALID_LABEL label "a" has the known value an object. ${rule}`],
    [{ a: ['x', 'y', 'x'] }, 'INVALID_LABEL label "a" has the known value "x" twice. Give each once'],
    [{ a: ['\ud800'] }, 'INVALID_LABEL label "a" has the known value "\\ud800", with half a character. Give well-formed Unicode'],
    [{ 'a-b': ['x'] }, 'INVALID_LABEL label "a-b" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front'],
    [{ ['__proto__']: ['x'] }, 'INVALID_LABEL label "__proto__" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front'],
    [{ '': null }, 'INVALID_LABEL label "" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front'],
  ])('are refused where they are wrong (%#)', (labels, fault) => {
    expect(metricFaults({ ...good, labels })).toEqual([fault]);
    expect(metricFaults({ ...good, type: 'counter', labels })).toEqual([fault]);
    expect(metricFaults({ ...good, type: 'info', labels })).toEqual([fault]);
  });

  test('each mistake is told', () => {
    expect(metricFaults({ ...good, labels: { a: [], b: [1, 'x', 'x'], c: 5 } })).toHaveLength(4);
  });

  test.each<[object]>([
    [{ labels: { a: ['x'], b: null } }],
    [{ labels: { a: ['', ' ', '\n', '😀'] } }],
    [{ labels: Object.assign(Object.create(null), { a: ['x'] }) }],
    [{ labels: { constructor: ['x'], toString: null } }],
    [{ labels: {} }],
    [{ type: 'enum', states: ['on'], labels: { side: ['x'] } }],
    [{ type: 'info', labels: { a: null } }],
  ])('are good otherwise (%#)', (declaration) => {
    expect(metricFaults({ ...good, ...declaration })).toEqual([]);
  });

  test("are held against the type's own names, and against themselves", () => {
    expect(metricFaults({ ...good, type: 'histogram', labels: { le: ['1'] } })).toEqual(['INVALID_LABEL label "le" is histogram\'s own. Choose another name']);
    expect(metricFaults({ ...good, type: 'info', labels: {} })).toEqual(['INVALID_DECLARATION an info without labels says nothing. Add labels: the names of the facts']);
    expect(metricFaults({ ...good, labels: { 'a.b': ['x'], a_b: null } }, 'a', true)).toEqual([
      'INVALID_LABEL labels "a.b" and "a_b" are one where names are escaped. Let them differ in more than special characters',
    ]);
  });

  test.each(['counter', 'histogram', 'summary'])('a %s starts with ten thousand series at most', (type) => {
    const [most, more] = [{ a: many(100), b: many(100) }, { a: many(101), b: many(100) }];
    expect(metricFaults({ ...good, type, labels: most })).toEqual([]);
    expect(metricFaults({ ...good, type, labels: more })).toEqual([
      'INVALID_DECLARATION starts with 10100 series, one for each combination of known label values. Give null for the values of a label, so that there are at most 10000',
    ]);
    expect(metricFaults({ ...good, type, labels: { ...more, c: null } })).toEqual([]);
  });

  test.each(['gauge', 'unknown', 'info'])('a %s starts with none', (type) => {
    expect(metricFaults({ ...good, type, labels: { a: many(101), b: many(100) }, maxSeries: 1 })).toEqual([]);
  });

  test('a spec has the names beside the values, which are its own', () => {
    const labels = { a: ['x', 'y'], b: null };
    const spec = specOf({ name: 'm', type: 'gauge', labels });
    labels.a.push('z');
    expect([spec.labels, spec.labelValues]).toEqual([['a', 'b'], [['x', 'y'], undefined]]);
    expect(specOf({ name: 'm', type: 'gauge', labels: { a: null } })).toMatchObject({ labels: ['a'], labelValues: undefined });
    expect(specOf({ name: 'm', type: 'gauge', labels: ['a'] })).toMatchObject({ labels: ['a'], labelValues: undefined });
  });
}); // prettier-ignore

test.each([-1, 0.5, NaN, Infinity, '5', null, true])('maxSeries is no %p', (maxSeries) => {
  const quoted = typeof maxSeries === 'string' ? `"${maxSeries}"` : String(maxSeries);
  expect(metricFaults({ ...good, maxSeries })).toEqual([`INVALID_DECLARATION maxSeries is ${quoted}. Give a whole number, 0 for no limit`]);
});

test('maxSeries leaves room for those that a metric starts with', () => {
  const counter = { ...good, type: 'counter', labels: { a: ['x', 'y', 'z'] } };
  for (const maxSeries of [0, 3, 4]) expect(metricFaults({ ...counter, maxSeries })).toEqual([]);
  expect(metricFaults({ ...counter, maxSeries: 2 })).toEqual([
    'INVALID_DECLARATION starts with 3 series, one for each combination of known label values, but maxSeries is 2. Raise it, or give null for the values of a label',
  ]);
  expect(metricFaults({ ...good, type: 'counter', maxSeries: 1 })).toEqual([]);
});
