import fc from 'fast-check';
import { openMetricsEncoder } from '../../src/exposition/open-metrics.js';
import { textEncoder } from '../../src/exposition/text.js';
import { parseMetrics } from '../../src/testing/parse-metrics.js';
import { arbitraryFamilies } from './arbitrary-families.js';
import { expectedFamilies, withPlainBounds } from './expected-families.js';
import { nastyFamilies } from './families.js';

describe.each([
  ['text', textEncoder],
  ['openMetrics', openMetricsEncoder],
] as const)('%s', (format, encoder) => {
  test('says what the snapshot is, read back', () => {
    fc.assert(
      fc.property(arbitraryFamilies, (families) => {
        const parsed = parseMetrics(encoder.encode(families).toString());
        expect(withPlainBounds(parsed)).toEqual(expectedFamilies(families, format));
      }),
      { examples: [[nastyFamilies]] },
    );
  });
});
