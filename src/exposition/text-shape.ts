import type { PointBlock, SeriesBlock } from '../model/metric-family.js';
import { PartMemory } from './part-memory.js';
import type { Outline, Shape } from './piece.js';
import { walkSamples } from './sample.js';
import type { ShownFamily } from './show-families.js';
import { beginLine, createLineStart } from './text-line.js';

/** What a page shows, beside its numbers. */
interface PageForm {
  readonly shown: ShownFamily;
  readonly block: SeriesBlock;
  readonly labels: readonly string[];
  /** What stands above the lines. */
  readonly above: string;
}

/** Creates a function that gives pages which differ in their numbers only the same shape. */
export function createShapes(): (form: PageForm) => Shape {
  const known = new PartMemory<{ readonly form: PageForm; readonly shape: Shape }>();
  return (form) => {
    const { shown, block } = form;
    const before = known.get(block.labels, shown.onlyPart);
    if (before !== undefined && isSame(before.form, form)) return before.shape;
    const kept = withoutNumbers(form);
    const shape: Shape = { expectedLength: expectLength(form), describe: () => describe(kept) };
    known.set(block.labels, shown.onlyPart, { form: kept, shape });
    return shape;
  };
}

function isSame(one: PageForm, other: PageForm): boolean {
  return (
    one.above === other.above &&
    one.labels === other.labels &&
    one.shown.sampleNames === other.shown.sampleNames &&
    areEqual(pointsOf(one.block), pointsOf(other.block))
  );
}

/** The bounds or quantiles of a block. */
function pointsOf(block: SeriesBlock): readonly number[] {
  return (block as Partial<PointBlock>).points ?? [];
}

function areEqual(one: readonly number[], other: readonly number[]): boolean {
  return one === other || (one.length === other.length && one.every((point, index) => Object.is(point, other[index])));
}

/** Numbers are not kept longer than they are told. */
function withoutNumbers({ shown, block, ...rest }: PageForm): PageForm {
  const none = new Float64Array(0);
  return { ...rest, shown: { ...shown, family: { ...shown.family, blocks: [] } }, block: { ...block, values: none } };
}

/** Names and numbers have about as many characters. */
const lengthBesideLabels = 24;

function expectLength({ block, labels, above }: PageForm): number {
  const points = pointsOf(block).length;
  const linesPerSeries = points === 0 ? 1 : points + 3;
  return labels.reduce((sum, text) => sum + (text.length + lengthBesideLabels) * linesPerSeries, above.length);
}

function describe({ shown, block, labels, above }: PageForm): Outline {
  const starts = shown.sampleNames.map(createLineStart);
  const texts: string[] = [];
  const places: number[] = [];
  let before = above;
  walkSamples(shown, block, labels, {
    visit(part, ownLabels, _value, place) {
      if (shown.onlyPart !== undefined && shown.onlyPart !== part) return;
      texts.push(before + beginLine(starts[part]!, ownLabels));
      places.push(place);
      before = '\n';
    },
  });
  texts.push(before);
  return { texts, places };
}
