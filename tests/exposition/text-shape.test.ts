import { bytesOf, Page, type Piece } from '../../src/exposition/piece.js';
import { formatNumber } from '../../src/exposition/number.js';
import { openMetrics100 } from '../../src/exposition/open-metrics.js';
import { text004 } from '../../src/exposition/text.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { examples } from './examples.js';
import { nastyDrafts, toFamily } from './families.js';

/** A page as its shape and its numbers say it. */
function putTogether({ shape, values }: Page): string {
  const { texts, places } = shape.describe();
  return texts.map((text, index) => text + (index < places.length ? formatNumber(values[places[index]!]!) : '')).join('');
}

const isPage = (piece: Piece): piece is Page => piece instanceof Page;

/** The same series with other values. */
function change(family: MetricFamily): MetricFamily {
  return {
    ...family,
    blocks: (family.blocks as readonly { readonly values: Float64Array }[]).map((block) => ({
      ...block,
      values: block.values.map((value) => value + 1),
    })),
  } as unknown as MetricFamily;
}

describe.each([
  ['text', text004],
  ['OpenMetrics', openMetrics100],
] as const)('in %s', (_name, format) => {
  test('shape and numbers say what is rendered', () => {
    const families = [...nastyDrafts, ...Object.values(examples)].map((one) => toFamily(one));
    const pages = families.flatMap((family) => [...format.createEncoder('underscores').encode([family])]).filter(isPage);
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) expect(putTogether(page)).toBe(page.bytes.toString());
  });

  test('as long as only numbers change the shape is the same', () => {
    const encoder = format.createEncoder('underscores');
    const family = toFamily(examples['a gauge, with two series']);
    const shapes = (one: MetricFamily) => [...encoder.encode([one])].filter(isPage).map(({ shape }) => shape);
    const before = shapes(family);
    expect(shapes(change(family))).toEqual(before);
    expect(shapes({ ...change(family), help: 'Another one.' })[0]).not.toBe(before[0]);
  });
});

test('what can change otherwise is rendered at once: exemplars, beginnings and states', () => {
  const names = ['a counter with a unit, an exemplar and a beginning', 'a histogram, with exemplars', 'an enum'] as const;
  const pieces = names.flatMap((name) => [...openMetrics100.createEncoder('underscores').encode([toFamily(examples[name])])]);
  expect(pieces.filter(isPage)).toEqual([]);
  expect(Buffer.concat(pieces.map(bytesOf)).toString()).toContain('# {trace_id="KOO5S4vxi0o"}');
});
