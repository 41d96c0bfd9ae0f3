import { checkLabelList, checkLabels } from '../../src/metrics/check-labels.js';
import { failureOf } from './spec-of.js';

const metric = { exportedName: 'temperature_celsius', labels: ['station', 'floor'] };
const plain = { exportedName: 'up', labels: [] };
const odd = { exportedName: 'odd', labels: ['constructor'] };

test.each([
  [metric, { station: 'Mitte', floor: 'x' }, ['Mitte', 'x']],
  [metric, { floor: 2, station: 'Mitte' }, ['Mitte', '2']],
  [metric, { station: 404, floor: -0 }, ['404', '0']],
  [metric, { station: 1e21, floor: NaN }, ['1e+21', 'NaN']],
  [metric, { station: '', floor: 'a"\n\\' }, ['', 'a"\n\\']],
  [metric, { station: '😀', floor: '\ufffd' }, ['😀', '\ufffd']],
  [metric, Object.assign(Object.create(null), { station: 'a', floor: 'b' }), ['a', 'b']],
  [metric, Object.create({ station: 'a', floor: 'b' }), ['a', 'b']],
  [odd, { constructor: 'a' }, ['a']],
  [plain, {}, []],
  [plain, undefined, []],
])('labels are returned as texts in the order of their declaration (%#)', (of, labels, values) => {
  expect(checkLabels(of, labels)).toEqual(values);
});

test.each([
  [metric, { sation: 'x', floor: 1 }, 'temperature_celsius: label "sation" is not declared. Did you mean station?'],
  [metric, { station: 'x', floor: 1, wing: 2 }, 'temperature_celsius: label "wing" is not declared. Use one of station, floor.'],
  [metric, { station: 'x' }, 'temperature_celsius: label "floor" is missing. Give a string or a number.'],
  [metric, { station: 'x', floor: undefined }, 'temperature_celsius: label "floor" is undefined. Give a string or a number.'],
  [metric, { station: 'x', floor: null }, 'temperature_celsius: label "floor" is null. Give a string or a number.'],
  [metric, { station: 'x', floor: {} }, 'temperature_celsius: label "floor" is an object. Give a string or a number.'],
  [metric, { station: 'x', floor: [1] }, 'temperature_celsius: label "floor" is a list. Give a string or a number.'],
  [metric, { station: 'x', floor: true }, 'temperature_celsius: label "floor" is true. Give a string or a number.'],
  [metric, { station: 'x', floor: 1n }, 'temperature_celsius: label "floor" is 1n. Give a string or a number.'],
  [metric, { station: 'x', floor: () => 1 }, 'temperature_celsius: label "floor" is a function. Give a string or a number.'],
  [
    metric,
    { station: '\ud800', floor: 1 },
    'temperature_celsius: label "station" has half a character. Give well-formed Unicode, as toWellFormed() makes it.',
  ],
  [
    metric,
    { station: 'x\udc00y', floor: 1 },
    'temperature_celsius: label "station" has half a character. Give well-formed Unicode, as toWellFormed() makes it.',
  ],
  [metric, new Map([['station', 'x']]), 'temperature_celsius: label "station" is missing. Give a string or a number.'],
  [metric, ['x', 'y'], 'temperature_celsius: label "0" is not declared. Use one of station, floor.'],
  [metric, undefined, 'temperature_celsius: labels are undefined. Give an object with station, floor.'],
  [metric, 5, 'temperature_celsius: labels are 5. Give an object with station, floor.'],
  [metric, 'x', 'temperature_celsius: labels are "x". Give an object with station, floor.'],
  [odd, {}, 'odd: label "constructor" is missing. Give a string or a number.'],
  [plain, { a: 'x' }, 'up: label "a" is not declared. There are none.'],
  [plain, 5, 'up: labels are 5. It has none; leave them out.'],
])('wrong labels are refused (%#)', (of, labels, message) => {
  expect(failureOf(() => checkLabels(of, labels))).toBe(`ScrapeError INVALID_LABELS ${message}`);
});

test.each([
  [metric, ['Mitte', 2], ['Mitte', '2']],
  [metric, [{ floor: 2, station: 'Mitte' }], ['Mitte', '2']],
  [plain, [], []],
  [plain, [{}], []],
])('label values may be listed (%#)', (of, list, values) => {
  expect(checkLabelList(of, list)).toEqual(values);
});

test.each([
  [metric, ['a'], 'temperature_celsius: got 1 label value. Give 2: station, floor.'],
  [metric, [], 'temperature_celsius: got 0 label values. Give 2: station, floor.'],
  [metric, [{}, 'b', 'c'], 'temperature_celsius: got 3 label values. Give 2: station, floor.'],
  [metric, ['a', undefined], 'temperature_celsius: label "floor" is undefined. Give a string or a number.'],
  [metric, [null, 'b'], 'temperature_celsius: label "station" is null. Give a string or a number.'],
  [odd, [['a']], 'odd: label "0" is not declared. Use constructor.'],
  [plain, ['a'], 'up: got 1 label value. It has no labels; leave them out.'],
])('wrong lists of label values are refused (%#)', (of, list, message) => {
  expect(failureOf(() => checkLabelList(of, list))).toBe(`ScrapeError INVALID_LABELS ${message}`);
});
