import { escapeQuoted } from '../model/labels.js';
import type { Exemplar, MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { createAsciiTest, isAscii, toBytes, writeAscii } from './bytes.js';
import { createFamilyEncoder } from './encode-families.js';
import { createLabelEscape, escapeExemplarLabels } from './escape-labels.js';
import { type Escaping, isClassic } from './escape-name.js';
import type { Encoder } from './format.js';
import { formatNumber } from './number.js';
import { PartMemory } from './part-memory.js';
import { type SampleVisitor, walkSamples } from './sample.js';
import { createFamilyShow, type FamilyRules, type ShownFamily } from './show-families.js';

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
  const pages = new PartMemory<Page>();

  function pageOf(shown: ShownFamily, block: SeriesBlock, above: string): Buffer {
    const known = pages.get(block, shown.onlyPart);
    if (known?.above === above) return known.bytes;
    const labels = escapeLabels(block);
    const text = above + renderLines({ shown, block, labels, dialect, escaping });
    const isPlain = block.exemplars === undefined && shown.family.type !== 'enum' && isAscii(above + shown.sampleNames.join(''));
    const bytes = isPlain && areAscii(labels) ? writeAscii(text) : toBytes(text);
    pages.set(block, shown.onlyPart, { above, bytes });
    return bytes;
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
interface Page {
  /** What stands above them. */
  readonly above: string;
  readonly bytes: Buffer;
}

function headOf({ family: { type, help, unit }, name, onlyPart }: ShownFamily, { types }: Dialect): Head {
  const isWhole = onlyPart === undefined;
  return { name: quoteMetricName(name), type: types[isWhole ? type : 'unknown'], help, unit: isWhole ? unit : undefined };
}

interface Lines {
  readonly shown: ShownFamily;
  readonly block: SeriesBlock;
  readonly labels: readonly string[];
  readonly dialect: Dialect;
  readonly escaping: Escaping;
}

function renderLines({ shown, block, labels, dialect, escaping }: Lines): string {
  const starts = shown.sampleNames.map(createStart);
  const { onlyPart } = shown;
  const exemplars = dialect.hasExemplars && onlyPart === undefined ? block.exemplars : undefined;
  const created = dialect.createdTypes.includes(shown.family.type) && onlyPart === undefined ? block.created : undefined;
  let text = '';
  const visitor: SampleVisitor = {
    visit(part, ownLabels, value, place) {
      if (onlyPart !== undefined && onlyPart !== part) return;
      const start = starts[part]!;
      text += ownLabels === '' ? start.bare : start.open + ownLabels + '} ';
      text += formatNumber(value);
      const exemplar = exemplars?.get(place);
      if (exemplar !== undefined) text += renderExemplar(exemplar, escaping);
      text += '\n';
    },
  };
  if (created !== undefined) {
    const start = createStart(`${shown.name}_created`);
    visitor.endSeries = (row, own) => {
      text += `${own === '' ? start.bare : `${start.open}${own}} `}${formatNumber(created[row]!)}\n`;
    };
  }
  walkSamples(shown, block, labels, visitor);
  return text;
}

/** What a line begins with, before its labels; a name that must be quoted stands among them. */
function createStart(name: string): { readonly open: string; readonly bare: string } {
  const quoted = quoteMetricName(name);
  return quoted === name ? { open: `${name}{`, bare: `${name} ` } : { open: `{${quoted},`, bare: `{${quoted}} ` };
}

function renderExemplar({ labels, value, timestamp }: Exemplar, escaping: Escaping): string {
  return ` # {${escapeExemplarLabels(labels, escaping)}} ${formatNumber(value)} ${formatNumber(timestamp)}`;
}

/** Metric names may have colons, other than label names. */
function quoteMetricName(name: string): string {
  return isClassic(name, 'metric') ? name : `"${escapeQuoted(name)}"`;
}
