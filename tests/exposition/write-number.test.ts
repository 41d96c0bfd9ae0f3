import fc from 'fast-check';
import { formatNumber } from '../../src/exposition/number.js';
import { writeNumber } from '../../src/exposition/write-number.js';

const bytes = Buffer.alloc(25);
const write = (value: number): string => bytes.toString('latin1', 0, writeNumber(value, bytes));

test.each([
  [0, '0'],
  [-0, '-0'],
  [7, '7'],
  [10, '10'],
  [1_999_999, '1999999'],
  [2_000_000, '2000000'],
  [0.5, '0.5'],
  [0.005, '0.005'],
  [123.45, '123.45'],
  [100.001, '100.001'],
  [0.1 + 0.2, '0.30000000000000004'],
  [999_999.999_999_9, '999999.9999999'],
  [1_999_999.999_999_999_8, '1999999.9999999998'],
  [1.000_1, '1.0001'],
  [0.000_1, '0.0001'],
  [0.000_001, '0.000001'],
  [0.000_001_234_567_890_123_456_7, '0.0000012345678901234567'],
  [0.000_000_999_999, '9.99999e-7'],
  [-1.5, '-1.5'],
  [2 ** 53, '9007199254740992'],
  [1e21, '1e+21'],
  [-1.797_693_134_862_315_7e308, '-1.7976931348623157e+308'],
  [Number.NaN, 'NaN'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
])('the value %d is written %s', (value, text) => {
  expect(write(value)).toBe(text);
});

test('a number has the same bytes as its text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.double({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 2_000_000_000 })), (value) => {
      expect(write(value)).toBe(formatNumber(value));
      expect(write(value / 1_000)).toBe(formatNumber(value / 1_000));
    }),
    { numRuns: 2_000 },
  );
});
