import fc from 'fast-check';
import { formatCanonicalNumber, formatNumber } from '../../src/exposition/number.js';

test.each([
  [0, '0'],
  [-0, '-0'],
  [1, '1'],
  [-12.5, '-12.5'],
  [0.1 + 0.2, '0.30000000000000004'],
  [1e21, '1e+21'],
  [1e-7, '1e-7'],
  [5e-324, '5e-324'],
  [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  [NaN, 'NaN'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
])('the value %d is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('a finite value reads back as the same number', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(formatNumber(value))).toBe(value);
      expect(Number(formatCanonicalNumber(value))).toBe(value === 0 ? 0 : value);
    }),
  );
});

test('a value with few decimals is written as JavaScript writes it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000_000_000 }), fc.constantFrom(1, 10, 100, 1_000, 10_000), (digits, divisor) => {
      expect(formatNumber(digits / divisor)).toBe(String(digits / divisor));
    }),
    { numRuns: 1_000 },
  );
});

/* The examples of OpenMetrics 1.0, Canonical Numbers and Histogram, and the edges between both ways of writing. */
test.each(
  `0.0 0.001 0.002 0.01 0.1 0.5 0.9 0.95 0.99 0.999 1.0 1.7 2.5 10.0 1e-10 1e-09 1e-05 0.0001 100000.0 1e+06 1e+10 1e+23 1.1e+23
  0.005 0.025 0.00011 1.1e-05 9.9e-05 123456.0 999999.0 999999.5 1.234567e+06 1.5e+06 1e+100 5e-324 -1.0 -0.5 -1e+06 +Inf -Inf`.split(
    /\s+/,
  ),
)('the bound %s is canonical', (text) => {
  expect(formatCanonicalNumber(Number(text.replace('Inf', 'Infinity')))).toBe(text);
});
