import { checkExemplar } from '../../src/metrics/check-exemplar.js';
import { failureOf } from './spec-of.js';

beforeAll(() => void jest.useFakeTimers({ now: 1_700_000_000_250 }));
afterAll(() => void jest.useRealTimers());

test('an exemplar is labels with the observation and its time', () => {
  expect(checkExemplar('jobs', { trace_id: 'a"b', span: 7 }, 2.5)).toEqual({
    labels: 'trace_id="a\\"b",span="7"',
    value: 2.5,
    timestamp: 1_700_000_000.25,
  });
  expect(checkExemplar('jobs', {}, 1)).toMatchObject({ labels: '' });
  expect(checkExemplar('jobs', undefined, 1)).toBeUndefined();
});

test('names and values together have at most 128 characters, whatever these are made of', () => {
  expect(checkExemplar('jobs', { id: 'x'.repeat(126) }, 1)?.labels).toHaveLength(131);
  expect(checkExemplar('jobs', { id: '😀'.repeat(126) }, 1)).toBeDefined();
  expect(checkExemplar('jobs', { id: '\n'.repeat(60), other_id: 'x'.repeat(58) }, 1)).toBeDefined();
});

test.each<[unknown, string]>([
  [null, 'INVALID_UPDATE jobs: exemplar labels are null. Give an object, such as { trace_id }.'],
  ['abc', 'INVALID_UPDATE jobs: exemplar labels are "abc". Give an object, such as { trace_id }.'],
  [5, 'INVALID_UPDATE jobs: exemplar labels are 5. Give an object, such as { trace_id }.'],
  [
    { 'trace-id': 'x' },
    'INVALID_UPDATE jobs: exemplar label "trace-id" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front.',
  ],
  [
    { __id: 'x' },
    'INVALID_UPDATE jobs: exemplar label "__id" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front.',
  ],
  [
    ['x'],
    'INVALID_UPDATE jobs: exemplar label "0" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front.',
  ],
  [{ trace_id: undefined }, 'INVALID_LABELS jobs: label "trace_id" is undefined. Give a string or a number.'],
  [{ trace_id: {} }, 'INVALID_LABELS jobs: label "trace_id" is an object. Give a string or a number.'],
  [
    { trace_id: '\ud800' },
    'INVALID_LABELS jobs: label "trace_id" has half a character. Give well-formed Unicode, as toWellFormed() makes it.',
  ],
  [{ id: 'x'.repeat(127) }, 'INVALID_UPDATE jobs: exemplar labels have 129 characters. Keep names and values together to 128.'],
  [
    { id: 'x'.repeat(60), trace: 'y'.repeat(62) },
    'INVALID_UPDATE jobs: exemplar labels have 129 characters. Keep names and values together to 128.',
  ],
])('wrong labels of an exemplar are refused (%#)', (labels, message) => {
  expect(failureOf(() => checkExemplar('jobs', labels, 1))).toBe(`ScrapeError ${message}`);
});
