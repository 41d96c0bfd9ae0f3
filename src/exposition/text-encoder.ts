import type { Exemplar, MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { createAsciiTest, isAscii, type Text, toBytes, writeText } from './bytes.js';
import { createFamilyEncoder } from './encode-families.js';
import { createLabelEscape, escapeExemplarLabels } from './escape-labels.js';
import type { Escaping } from './escape-name.js';
import type { Encoder } from './format.js';
import { formatNumber } from './number.js';
import { PartMemory } from './part-memory.js';
import { Page, type Piece } from './piece.js';
import { type SampleVisitor, walkSamples } from './sample.js';
import { createFamilyShow, type FamilyRules, type ShownFamily } from './show-families.js';
import { beginLine, createLineStart, quoteMetricName } from './text-line.js';
import { createShapes } from './text-shape.js';

/** What stands above the samples of a family; names are quoted where they must be. */
export interface Head {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string | undefined;
}

/** How one text format differs from the others. */
export interface Dialect {
  readonly rules: FamilyRules;
  readonly types: Readonly<Record<MetricFamily['type'], string>>;
  renderHead(head: Head): string;
  readonly hasExemplars: boolean;
  /** The types whose series tell when they began. */
  readonly createdTypes: readonly MetricFamily['type'][];
  /** The last line, if there is one. */
  readonly end: string;
}

/** Creates an encoder of a text format. */
export function createTextEncoder(dialect: Dialect, escaping: Escaping): Encoder {
  const escapeLabels = createLabelEscape(escaping);
  const areAscii = createAsciiTest();
  const shapeOf = createShapes();
  const headOf = createHeads(dialect);
  const pages = new PartMemory<KnownPage>();

  function createPage(shown: ShownFamily, block: SeriesBlock, above: Text): Piece {
    const labels = escapeLabels(block);
    const lines = new Lines(shown, block, labels, { dialect, escaping });
    const render = (): string => above.text + renderLines(lines);
    if (!hasNumbersOnly(lines)) return toBytes(render());
    return new Page(
      () => shapeOf({ shown, block, labels, above: above.text }),
      block.values,
      () => ({ text: render(), isAscii: above.isAscii && areAscii(labels) }),
    );
  }

  function pageOf(shown: ShownFamily, block: SeriesBlock, above: Text): Piece {
    const known = pages.get(block, shown.onlyPart);
    if (known?.above === above.text) return known.page;
    const page = createPage(shown, block, above);
    pages.set(block, shown.onlyPart, new KnownPage(above.text, page));
    return page;
  }

  function* encodeBlocks(shown: ShownFamily, { above, between }: KnownHead): Iterable<Piece> {
    for (const [index, block] of shown.family.blocks.entries()) yield pageOf(shown, block, index === 0 ? above : between);
  }

  return createFamilyEncoder({
    show: createFamilyShow(dialect.rules, escaping),
    encode(shown) {
      const { blocks } = shown.family;
      const head = headOf(shown);
      // Who remembers the family need not remember its only block.
      if (blocks.length > 1) return encodeBlocks(shown, head);
      return [blocks.length === 0 ? writeText(head.above) : createPage(shown, blocks[0]!, head.above)];
    },
    end: toBytes(dialect.end),
  });
}

/** The lines of one block. A class, since V8 moves literals that are mostly alive into its old generation for good. */
class KnownPage {
  /** What stands above them. */
  readonly above: string;
  readonly page: Piece;

  constructor(above: string, page: Piece) {
    this.above = above;
    this.page = page;
  }
}

interface KnownHead {
  readonly head: Head;
  /** What stands above the first block, which is ASCII where the names of the samples are, too. */
  readonly above: Text;
  /** What stands above the others. */
  readonly between: Text;
}

/** Creates a function that renders heads; as long as nothing changes, each is the same. */
function createHeads(dialect: Dialect): (shown: ShownFamily) => KnownHead {
  const known = new Map<string, KnownHead>();
  return ({ family, name, onlyPart, sampleNames }) => {
    const isWhole = onlyPart === undefined;
    const type = dialect.types[isWhole ? family.type : 'unknown'];
    const unit = isWhole ? family.unit : undefined;
    const { help } = family;
    const last = known.get(name);
    if (last !== undefined && last.head.type === type && last.head.help === help && last.head.unit === unit) return last;
    const head = { name: quoteMetricName(name), type, help, unit };
    const text = dialect.renderHead(head);
    const areNamesAscii = isAscii(sampleNames.join(''));
    const made = { head, above: { text, isAscii: areNamesAscii && isAscii(text) }, between: { text: '', isAscii: areNamesAscii } };
    known.set(name, made);
    return made;
  };
}

/** What the lines of a block are made of. */
class Lines {
  readonly shown: ShownFamily;
  readonly block: SeriesBlock;
  readonly labels: readonly string[];
  readonly escaping: Escaping;
  /** Only where they are shown. */
  readonly exemplars: SeriesBlock['exemplars'];
  readonly created: Float64Array | undefined;

  constructor(shown: ShownFamily, block: SeriesBlock, labels: readonly string[], { dialect, escaping }: Writing) {
    const isWhole = shown.onlyPart === undefined;
    this.shown = shown;
    this.block = block;
    this.labels = labels;
    this.escaping = escaping;
    this.exemplars = isWhole && dialect.hasExemplars ? block.exemplars : undefined;
    this.created = isWhole && dialect.createdTypes.includes(shown.family.type) ? block.created : undefined;
  }
}

interface Writing {
  readonly dialect: Dialect;
  readonly escaping: Escaping;
}

/** Whether all that can change between labels are the block's numbers as they are. */
function hasNumbersOnly({ shown, block, exemplars, created }: Lines): boolean {
  return exemplars === undefined && created === undefined && shown.family.type !== 'enum' && block.labels.length > 0;
}

function renderLines({ shown, block, labels, escaping, exemplars, created }: Lines): string {
  const starts = shown.sampleNames.map(createLineStart);
  const { onlyPart } = shown;
  let text = '';
  const visitor: SampleVisitor = {
    visit(part, ownLabels, value, place) {
      if (onlyPart !== undefined && onlyPart !== part) return;
      text += beginLine(starts[part]!, ownLabels);
      text += formatNumber(value);
      // Sum and count have none, and the bucket of all is the count.
      const exemplar = part === 0 ? exemplars?.get(place) : undefined;
      if (exemplar !== undefined) text += renderExemplar(exemplar, escaping);
      text += '\n';
    },
  };
  if (created !== undefined) {
    const start = createLineStart(`${shown.name}_created`);
    visitor.endSeries = (row, own) => {
      text += `${beginLine(start, own)}${formatNumber(created[row]!)}\n`;
    };
  }
  walkSamples(shown, block, labels, visitor);
  return text;
}

function renderExemplar({ labels, value, timestamp }: Exemplar, escaping: Escaping): string {
  return ` # {${escapeExemplarLabels(labels, escaping)}} ${formatNumber(value)} ${formatNumber(timestamp)}`;
}
