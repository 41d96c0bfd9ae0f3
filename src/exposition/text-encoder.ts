import type { Exemplar, MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { createAsciiTest, isAscii, toBytes, writeAscii } from './bytes.js';
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
  const pages = new PartMemory<KnownPage>();

  function createPage(lines: Lines, above: string): Piece {
    const { shown, block, labels } = lines;
    const render = (): Buffer => {
      const text = above + renderLines(lines);
      const isPlain = lines.exemplars === undefined && shown.family.type !== 'enum' && isAscii(above + shown.sampleNames.join(''));
      return isPlain && areAscii(labels) ? writeAscii(text) : toBytes(text);
    };
    return hasNumbersOnly(lines) ? new Page(shapeOf({ shown, block, labels, above }), block.values, render) : render();
  }

  function pageOf(shown: ShownFamily, block: SeriesBlock, above: string): Piece {
    const known = pages.get(block, shown.onlyPart);
    if (known?.above === above) return known.page;
    const page = createPage(linesOf(shown, block, escapeLabels(block), { dialect, escaping }), above);
    pages.set(block, shown.onlyPart, { above, page });
    return page;
  }

  return createFamilyEncoder({
    show: createFamilyShow(dialect.rules, escaping),
    *encode(shown) {
      const [first, ...others] = shown.family.blocks as readonly SeriesBlock[];
      const head = dialect.renderHead(headOf(shown, dialect));
      yield first === undefined ? toBytes(head) : pageOf(shown, first, head);
      for (const block of others) yield pageOf(shown, block, '');
    },
    end: toBytes(dialect.end),
  });
}

/** The lines of one block. */
interface KnownPage {
  /** What stands above them. */
  readonly above: string;
  readonly page: Piece;
}

function headOf({ family: { type, help, unit }, name, onlyPart }: ShownFamily, { types }: Dialect): Head {
  const isWhole = onlyPart === undefined;
  return { name: quoteMetricName(name), type: types[isWhole ? type : 'unknown'], help, unit: isWhole ? unit : undefined };
}

/** What the lines of a block are made of. */
interface Lines {
  readonly shown: ShownFamily;
  readonly block: SeriesBlock;
  readonly labels: readonly string[];
  readonly escaping: Escaping;
  /** Only where they are shown. */
  readonly exemplars: SeriesBlock['exemplars'];
  readonly created: Float64Array | undefined;
}

function linesOf(
  shown: ShownFamily,
  block: SeriesBlock,
  labels: readonly string[],
  { dialect, escaping }: { readonly dialect: Dialect; readonly escaping: Escaping },
): Lines {
  const isWhole = shown.onlyPart === undefined;
  const exemplars = isWhole && dialect.hasExemplars ? block.exemplars : undefined;
  const created = isWhole && dialect.createdTypes.includes(shown.family.type) ? block.created : undefined;
  return { shown, block, labels, escaping, exemplars, created };
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
