import type { ParsedSample, ParsedType } from './parsed-family.js';

/** One line of an exposition; undefined where it says nothing. */
export type ParsedLine =
  | { readonly kind: 'HELP' | 'TYPE' | 'UNIT'; readonly name: string; readonly text: string }
  | { readonly kind: 'sample'; readonly sample: ParsedSample }
  | { readonly kind: 'EOF' }
  | undefined;

/** How one format writes its lines, and which sample names its types have. */
export interface Grammar {
  /** What a sample name adds to the family's. */
  readonly suffixes: Readonly<Partial<Record<ParsedType, readonly string[]>>>;
  /** The type of a family that tells none. */
  readonly unknownType: ParsedType;
  /** Throws an Error that says what is wrong with the line. */
  parseLine(line: string): ParsedLine;
}

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const labelName = '[a-zA-Z_][a-zA-Z0-9_]*';
const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
const braces = '\\{((?:[^"{}]|"(?:[^"\\\\]|\\\\.)*")*)\\}';
const decimal = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const numberPattern = new RegExp(`^(?:(${decimal})|(nan)|([+-]?)inf(?:inity)?)$`, 'i');

const common = { gauge: [''], histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] };
// Tokens may stand apart as far as they like, and commas after the last label do no harm.
const textLabels = new RegExp(`[ \\t]*(${labelName})[ \\t]*=[ \\t]*${quoted}[ \\t]*(?:,[ \\t]*|$)`, 'gsy');
const textMetadata = new RegExp(`^[ \\t]*#[ \\t]*(HELP|TYPE)[ \\t]+(${metricName})(?:[ \\t](.*))?$`, 's');
const textSample = new RegExp(`^[ \\t]*(${metricName})(?:[ \\t]*${braces}[ \\t]*|[ \\t]+)([^ \\t]+)(?:[ \\t]+-?\\d+)?[ \\t]*$`, 's');

/** Prometheus' text format 0.0.4. */
export const textGrammar: Grammar = {
  suffixes: { ...common, counter: [''], untyped: [''] },
  unknownType: 'untyped',
  parseLine: (line) => {
    if (/^[ \t]*(?:#(?![ \t]*(?:HELP|TYPE)(?![^ \t]))|$)/.test(line)) return undefined;
    const metadata = textMetadata.exec(line);
    if (!metadata) return parseSample(textSample.exec(line), (labels) => parseLabels(labels, textLabels, unescapeText));
    const [, kind, name = '', text = ''] = metadata;
    if (kind === 'TYPE') return { kind, name, text: text.trim() };
    return { kind: 'HELP', name, text: unescapeTextHelp(text) };
  },
};

const openMetricsLabels = new RegExp(`(${labelName})=${quoted}(?:,(?!$)|$)`, 'gsy');
const exemplar = ` # ${braces} (?:${decimal})(?: ${decimal})?`;
const openMetricsSample = new RegExp(`^(${metricName})(?:${braces})? ([^ ]+)(?: ${decimal})?(?:${exemplar})?$`, 's');
const openMetricsMetadata = new RegExp(`^# (HELP|TYPE|UNIT) (${metricName}) (.*)$`, 's');

/** OpenMetrics 1.0. */
export const openMetricsGrammar: Grammar = {
  suffixes: {
    ...common,
    counter: ['_total', '_created'],
    histogram: [...common.histogram, '_created'],
    summary: [...common.summary, '_created'],
    gaugehistogram: ['_bucket', '_gsum', '_gcount'],
    info: ['_info'],
    stateset: [''],
    unknown: [''],
  },
  unknownType: 'unknown',
  parseLine: (line) => {
    if (line === '# EOF') return { kind: 'EOF' };
    const metadata = openMetricsMetadata.exec(line);
    if (!metadata) return parseSample(openMetricsSample.exec(line), (labels) => parseLabels(labels, openMetricsLabels, unescapeLenient));
    const [, kind, name = '', text = ''] = metadata;
    return { kind: kind as 'HELP' | 'TYPE' | 'UNIT', name, text: kind === 'HELP' ? unescapeLenient(text) : text };
  },
};

function parseSample(match: RegExpExecArray | null, labelsOf: (text: string) => Readonly<Record<string, string>>): ParsedLine {
  const [, name, labels = '', value] = match ?? [];
  if (name === undefined || value === undefined) throw new Error('is neither a sample nor metadata');
  return { kind: 'sample', sample: { name, labels: labelsOf(labels), value: parseNumber(value) } };
}

/** Reads a number as samples and `le` labels have it. */
export function parseNumber(text: string): number {
  const [match, finite, nan, sign] = numberPattern.exec(text) ?? [];
  if (match === undefined) throw new Error(`${JSON.stringify(text)} is no number`);
  if (finite !== undefined) return Number(finite);
  if (nan !== undefined) return NaN;
  return sign === '-' ? -Infinity : Infinity;
}

function parseLabels(text: string, pattern: RegExp, unescape: (text: string) => string): Readonly<Record<string, string>> {
  const labels = new Map<string, string>();
  let length = 0;
  for (const [whole, name = '', value = ''] of text.matchAll(pattern)) {
    if (labels.has(name)) throw new Error(`label ${name} stands twice`);
    labels.set(name, unescape(value));
    length += whole.length;
  }
  if (length < text.trimEnd().length) throw new Error(`labels are wrong from ${JSON.stringify(text.slice(length))} on`);
  return Object.fromEntries(labels);
}

const escaped: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\"': '"' };

/** OpenMetrics 1.0, Escaping: what is no escape sequence stands for itself. */
function unescapeLenient(text: string): string {
  return text.replace(/\\./gs, (sequence) => escaped[sequence] ?? sequence);
}

function unescapeText(text: string): string {
  return text.replace(/\\.?/gs, (sequence) => escaped[sequence] ?? fail(sequence));
}

function unescapeTextHelp(text: string): string {
  return text.replace(/\\.?/gs, (sequence) => (sequence === '\\"' ? fail(sequence) : (escaped[sequence] ?? fail(sequence))));
}

function fail(sequence: string): never {
  throw new Error(`${sequence} is no escape sequence`);
}
