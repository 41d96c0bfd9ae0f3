import fc from 'fast-check';
import { type Escaping, escapeName } from '../../src/exposition/escape-name.js';
import { formats } from '../../src/exposition/formats.js';
import { arbitraryDrafts, arbitraryDraftsOfAnyName } from './arbitrary-drafts.js';
import { expectedFamilies } from './expected.js';
import { type Draft, nastyDrafts, toFamily } from './families.js';
import { encode, formatsAndEscapings, kindOf, read } from './read-formats.js';
import { seriesKey, seriesOf, withPlainPoints } from './reading.js';

const blockLength = fc.constantFrom(1, 2, Infinity);

describe.each(formatsAndEscapings)('%s, %s', (_name, escaping, format) => {
  test('says what the snapshot is, read back', () => {
    fc.assert(
      fc.property(arbitraryDraftsOfAnyName, blockLength, (drafts, length) => {
        fc.pre(areDistinct(drafts, escaping));
        const families = drafts.map((one) => toFamily(one, length));
        const found = read(format, encode(format, families, escaping));
        expect(withPlainPoints(found)).toEqual(expectedFamilies(drafts, kindOf(format), escaping));
      }),
      { examples: [[nastyDrafts, Infinity], [nastyDrafts, 1]] }, // prettier-ignore
    );
  });
});

test('every format says the same series', () => {
  fc.assert(
    fc.property(arbitraryDrafts, fc.constantFrom<Escaping>('underscores', 'dots', 'values'), (drafts, escaping) => {
      const families = drafts.map((one) => toFamily(one));
      const [first, ...others] = formats.map((format) => seriesOf(withoutCreated(read(format, encode(format, families, escaping)))));
      for (const other of others) expect(other).toEqual(first);
    }),
    { examples: [[nastyDrafts, 'underscores']] },
  );
});

/** Only OpenMetrics and protobuf tell when a series began. */
function withoutCreated(families: ReturnType<typeof read>): ReturnType<typeof read> {
  return families.map((family) => ({ ...family, samples: family.samples.filter(({ name }) => !name.endsWith('_created')) }));
}

/** Whether what was different still is when it is escaped. */
function areDistinct(drafts: readonly Draft[], escaping: Escaping): boolean {
  const series = expectedFamilies(drafts, 'text', escaping).flatMap(({ samples }) => samples.map(seriesKey));
  const isOwnLabel = drafts.some((one) => {
    const own = escapeName(one.name, escaping, 'metric');
    return one.series.some(({ labels }) => labels.some(([name]) => escapeName(name, escaping, 'label') === own));
  });
  return !isOwnLabel && new Set(series).size === series.length;
}
