import { createLabelEscape, escapeExemplarLabels } from '../../src/exposition/escape-labels.js';
import { type Escaping, escapings } from '../../src/exposition/escape-name.js';
import { type LabelPairs, writeLabels } from '../../src/model/labels.js';

const block = (...series: readonly LabelPairs[]) => ({ labels: series.map(writeLabels), values: new Float64Array(series.length) });
const escape = (escaping: Escaping, ...series: readonly LabelPairs[]) => createLabelEscape(escaping)(block(...series));

test.each<[escaping: Escaping, text: string]>([
  ['allow-utf-8', '"a.b"="x,\\"y.z\\"=",c_d="ä\\n\\\\"'],
  ['underscores', 'a_b="x,\\"y.z\\"=",c_d="ä\\n\\\\"'],
  ['dots', 'a_dot_b="x,\\"y.z\\"=",c_d="ä\\n\\\\"'],
  ['values', 'U__a_2e_b="x,\\"y.z\\"=",c_d="ä\\n\\\\"'],
])('%s: names are escaped, values are not', (escaping, text) => {
  expect(escape(escaping, [['a.b', 'x,"y.z"='], ['c_d', 'ä\n\\']])).toEqual([text]); // prettier-ignore
});

test.each(escapings)('%s: where there is nothing to escape, labels are the same object', (escaping) => {
  const one = block([['a_b', '1']], [], [['c', '"']]);
  expect(createLabelEscape(escaping)(one)).toBe(one.labels);
});

test.each<Escaping>(['underscores', 'dots', 'values'])(
  '%s: what was escaped is remembered by the labels, whatever the values',
  (escaping) => {
    const escapeBlock = createLabelEscape(escaping);
    const one = block([['a.b', '1']]);
    expect(escapeBlock({ ...one, values: new Float64Array(1) })).toBe(escapeBlock(one));
  },
);

test('names that would become the same are told by their values', () => {
  const text = 'U__a_2e_b="1",U__a_2f_b="2",a_c="3"';
  expect(escape('underscores', [['a.b', '1'], ['a/b', '2'], ['a_c', '3']])).toEqual([text]); // prettier-ignore
});

test('the labels of an exemplar are escaped only where a name is not classic', () => {
  expect(escapeExemplarLabels('trace_id="1"', 'dots')).toBe('trace_id="1"');
  expect(escapeExemplarLabels('"trace.id"="1"', 'dots')).toBe('trace_dot_id="1"');
  expect(escapeExemplarLabels('a="1","trace.id"="1"', 'underscores')).toBe('a="1",trace_id="1"');
  expect(escapeExemplarLabels('"trace.id"="1"', 'allow-utf-8')).toBe('"trace.id"="1"');
});
