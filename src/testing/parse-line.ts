import { type LabelSyntax, openMetricsLabels, patterns, textLabels } from './parse-labels.js';
import type { ParsedExemplar, ParsedSample, ParsedType } from './parsed-family.js';

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

const { metricName, quotedName, braces } = patterns;
const decimal = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const numberPattern = new RegExp(`^(?:(${decimal})|(nan)|([+-]?)inf(?:inity)?)$`, 'i');

const common = { gauge: [''], histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] };
// Tokens may stand apart as far as they like.
const textMetadata = new RegExp(`^[ \\t]*#[ \\t]*(HELP|TYPE)[ \\t]+(?:(${metricName})|${quotedName})(?:[ \\t](.*))?$`, 's');
const textSample = new RegExp(`^[ \\t]*(${metricName})?(?:[ \\t]*${braces}[ \\t]*|[ \\t]+)([^ \\t]+)(?:[ \\t]+-?\\d+)?[ \\t]*$`, 's');

/** Prometheus' text formats 0.0.4 and 1.0.0, which has quoted names besides. */
export const textGrammar: Grammar = {
  suffixes: { ...common, counter: [''], untyped: [''] },
  unknownType: 'untyped',
  parseLine: (line) => {
    if (/^[ \t]*(?:#(?![ \t]*(?:HELP|TYPE)(?![^ \t]))|$)/.test(line)) return undefined;
    const metadata = textMetadata.exec(line);
    if (!metadata) return parseSample(textSample.exec(line), textLabels);
    const [, kind, plain, quoted = '', text = ''] = metadata;
    const name = plain ?? textLabels.unescape(quoted);
    if (kind === 'TYPE') return { kind, name, text: text.trim() };
    return { kind: 'HELP', name, text: textLabels.unescapeHelp(text) };
  },
};

const exemplar = ` # ${braces} ([^ ]+)(?: (${decimal}))?`;
const openMetricsSample = new RegExp(`^(${metricName})?(?:${braces})? ([^ ]+)(?: ${decimal})?(?:${exemplar})?$`, 's');
const openMetricsMetadata = new RegExp(`^# (HELP|TYPE|UNIT) (?:(${metricName})|${quotedName}) (.*)$`, 's');

/** OpenMetrics 1.0, with quoted names besides. */
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
    if (!metadata) return parseSample(openMetricsSample.exec(line), openMetricsLabels);
    const [, kind, plain, quoted = '', text = ''] = metadata;
    const name = plain ?? openMetricsLabels.unescape(quoted);
    return { kind: kind as 'HELP' | 'TYPE' | 'UNIT', name, text: kind === 'HELP' ? openMetricsLabels.unescapeHelp(text) : text };
  },
};

function parseSample(match: RegExpExecArray | null, syntax: LabelSyntax): ParsedLine {
  const [, plain, inBraces = '', value, exemplarLabels, exemplarValue = '', exemplarTime] = match ?? [];
  const { name, rest } = plain === undefined ? syntax.takeName(inBraces) : { name: plain, rest: inBraces };
  if (name === undefined || value === undefined) throw new Error('is neither a sample nor metadata');
  const sample: ParsedSample = { name, labels: syntax.parse(rest), value: parseNumber(value) };
  if (exemplarLabels === undefined) return { kind: 'sample', sample };
  const timestamp = exemplarTime === undefined ? undefined : Number(exemplarTime);
  const known: ParsedExemplar = { labels: syntax.parse(exemplarLabels), value: parseNumber(exemplarValue) };
  return { kind: 'sample', sample: { ...sample, exemplar: timestamp === undefined ? known : { ...known, timestamp } } };
}

/** Reads a number as samples and `le` labels have it. */
export function parseNumber(text: string): number {
  const [match, finite, nan, sign] = numberPattern.exec(text) ?? [];
  if (match === undefined) throw new Error(`${JSON.stringify(text)} is no number`);
  if (finite !== undefined) return Number(finite);
  if (nan !== undefined) return NaN;
  return sign === '-' ? -Infinity : Infinity;
}
