import { escapeQuoted } from '../model/labels.js';
import type { Exemplar, MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { createLabelEscape, escapeExemplarLabels } from './escape-labels.js';
import { type Escaping, isClassic } from './escape-name.js';
import type { Encoder } from './format.js';
import { formatNumber } from './number.js';
import { createPieceMemory } from './piece-memory.js';
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
  const show = createFamilyShow(dialect.rules, escaping);
  const escapeLabels = createLabelEscape(escaping);
  const remember = createPieceMemory();
  const end = toBytes(dialect.end);

  return {
    *encode(families) {
      for (const shown of show(families)) {
        const { family, onlyPart } = shown;
        const head = dialect.renderHead(headOf(shown, dialect));
        const [first, ...others] = family.blocks as readonly SeriesBlock[];
        const page = (block: SeriesBlock, above: string): Buffer =>
          remember({ from: block, part: onlyPart, state: above }, () =>
            toBytes(above + renderLines({ shown, block, labels: escapeLabels(block), dialect, escaping })),
          );
        yield first === undefined ? remember({ from: family, part: onlyPart, state: head }, () => toBytes(head)) : page(first, head);
        for (const block of others) yield page(block, '');
      }
      if (end.length > 0) yield end;
    },
  };
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

const pooledLength = 2_048;

/** Texts are mostly of ASCII only, and then written faster by a name that says so. */
function toBytes(text: string): Buffer {
  const length = Buffer.byteLength(text);
  // Node's pool is for what does not last, or is short.
  const bytes = length < pooledLength ? Buffer.allocUnsafe(length) : Buffer.allocUnsafeSlow(length);
  bytes.write(text, length === text.length ? 'latin1' : 'utf8');
  return bytes;
}
