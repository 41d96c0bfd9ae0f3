import { escapeQuoted, joinLabels, quoteName } from '../model/labels.js';
import type { MetricFamily, PointBlock, SeriesBlock } from '../model/metric-family.js';
import { formatCanonicalNumber } from './number.js';
import type { ShownFamily } from './show-families.js';

/** Takes the samples of a block one by one, each of which is a line in a text format. */
export interface SampleVisitor {
  /**
   * @param part the place of the sample's name among the family's `sampleNames`
   * @param labels as `writeLabels` writes them, with the bucket's, quantile's or state's own
   * @param place where in the block's values it stands
   */
  visit(part: number, labels: string, value: number, place: number): void;
  /** Follows the samples of each series. */
  endSeries?(row: number, labels: string): void;
}

type FamilyOf<Type extends MetricFamily['type']> = Extract<MetricFamily, { readonly type: Type }>;

/** What to walk: a block, and the labels of its series as the format writes them. */
interface Walked<Type extends MetricFamily['type'] = MetricFamily['type']> {
  readonly shown: ShownFamily;
  readonly family: FamilyOf<Type>;
  readonly block: FamilyOf<Type>['blocks'][number];
  readonly labels: readonly string[];
}

type Walk<Type extends MetricFamily['type']> = (walked: Walked<Type>, visitor: SampleVisitor) => void;

const walks: { readonly [Type in MetricFamily['type']]: Walk<Type> } = {
  counter: walkNumbers,
  gauge: walkNumbers,
  unknown: walkNumbers,
  info: walkNumbers,
  enum: ({ shown, family, block: { values }, labels }, visitor) => {
    const name = quoteName(shown.sampleNames[0]!);
    const own = family.states.map((state) => `${name}="${escapeQuoted(state)}"`);
    labels.forEach((text, row) => {
      own.forEach((label, place) => visitor.visit(0, joinLabels(text, label), values[row] === place ? 1 : 0, row));
      visitor.endSeries?.(row, text);
    });
  },
  histogram: (walked, visitor) => walkPoints(walked, visitor, { label: 'le', last: Infinity }),
  summary: (walked, visitor) => walkPoints(walked, visitor, { label: 'quantile' }),
};

/** Shows a visitor all samples of a block. `labels` are those of its series as the format writes them. */
export function walkSamples(shown: ShownFamily, block: SeriesBlock, labels: readonly string[], visitor: SampleVisitor): void {
  const { family } = shown;
  // The table says that each family meets the walk of its type; the compiler cannot follow.
  (walks[family.type] as (walked: object, visitor: SampleVisitor) => void)({ shown, family, block, labels }, visitor);
}

function walkNumbers({ block: { values }, labels }: Pick<Walked<'gauge'>, 'block' | 'labels'>, visitor: SampleVisitor): void {
  for (let row = 0; row < labels.length; row++) {
    const text = labels[row]!;
    visitor.visit(0, text, values[row]!, row);
    visitor.endSeries?.(row, text);
  }
}

interface PointLabel {
  readonly label: string;
  /** A last point, whose value is the count. */
  readonly last?: number;
}

function walkPoints(
  { block, labels }: { block: PointBlock; labels: readonly string[] },
  visitor: SampleVisitor,
  { label, last }: PointLabel,
): void {
  const { points, values } = block;
  const own = points.map((point) => `${label}="${formatCanonicalNumber(point)}"`);
  const lastOwn = last === undefined ? undefined : `${label}="${formatCanonicalNumber(last)}"`;
  for (let row = 0; row < labels.length; row++) {
    const text = labels[row]!;
    const start = row * (points.length + 2);
    const sum = start + points.length;
    const count = values[sum + 1]!;
    for (let place = 0; place < own.length; place++) {
      visitor.visit(0, joinLabels(text, own[place]!), values[start + place]!, start + place);
    }
    if (lastOwn !== undefined) visitor.visit(0, joinLabels(text, lastOwn), count, sum + 1);
    visitor.visit(1, text, values[sum]!, sum);
    visitor.visit(2, text, count, sum + 1);
    visitor.endSeries?.(row, text);
  }
}
