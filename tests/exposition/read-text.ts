import { type ReadExemplar, type ReadFamily, type ReadSample, seriesKey } from './reading.js';

const quoted = '"(?:[^"\\\\\\n]|\\\\[\\\\n"])*"';
const metricName = `(?:[a-zA-Z_:][a-zA-Z0-9_:]*|${quoted})`;
const label = `(?:[a-zA-Z_][a-zA-Z0-9_]*|${quoted})=${quoted}`;
const braces = `\\{(?:${label}(?:,${label})*)?\\}`;
const decimal = '(?:-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?|NaN|[+-]Inf)';

const headPattern = new RegExp(`^# (HELP|TYPE|UNIT) (${metricName}) (.*)$`, 's');
const samplePattern = new RegExp(
  `^(?:([a-zA-Z_:][a-zA-Z0-9_:]*)(${braces})?|\\{(${quoted})(?:,(${label}(?:,${label})*))?\\}) (${decimal})(?: # (${braces}) (${decimal}) (${decimal}))?$`,
  's',
);
const labelPattern = new RegExp(`(${quoted}|[a-zA-Z_][a-zA-Z0-9_]*)=(${quoted})`, 'gs');

/** What the samples of a type have behind the family's name; exemplars stand behind buckets and counters only. */
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: ['', '_total', '_created'],
  histogram: ['_bucket', '_sum', '_count', '_created'],
  summary: ['', '_sum', '_count', '_created'],
  info: ['_info'],
};

/**
 * Reads what the text formats write, with quoted names: text 1.0.0, or OpenMetrics, which ends with `# EOF`. It is as strict as a
 * reader can be: blanks, heads and escapes have one form, and no series stands twice.
 */
export function readText(text: string): readonly ReadFamily[] {
  const isOpenMetrics = text.endsWith('# EOF\n');
  const body = isOpenMetrics ? text.slice(0, -'# EOF\n'.length) : text;
  if (body !== '' && !body.endsWith('\n')) throw new Error('does not end with a newline');
  const families: Mutable[] = [];
  const seen = new Set<string>();
  for (const line of body.split('\n').slice(0, -1)) {
    if (line.startsWith('#')) takeHead(line, families, isOpenMetrics);
    else takeSample(line, families, seen);
  }
  if (new Set(families.map(({ name }) => name)).size < families.length) throw new Error('a family stands twice');
  return families;
}

type Mutable = { -readonly [Key in keyof ReadFamily]: ReadFamily[Key] } & { samples: ReadSample[] };

function takeHead(line: string, families: Mutable[], isOpenMetrics: boolean): void {
  const [, kind, rawName, text = ''] = headPattern.exec(line) ?? [];
  if (kind === undefined || rawName === undefined) throw new Error(`no head: ${line}`);
  const name = unquote(rawName);
  if (kind === (isOpenMetrics ? 'TYPE' : 'HELP')) families.push({ name, type: '', help: '', samples: [] });
  const last = families.at(-1);
  if (last?.name !== name || last.samples.length > 0) throw new Error(`stands apart from its family: ${line}`);
  if (kind === 'TYPE') last.type = text;
  else if (kind === 'UNIT') last.unit = text;
  else last.help = isOpenMetrics ? unescape(text) : unescape(text.replaceAll('"', '\\"'));
}

function takeSample(line: string, families: readonly Mutable[], seen: Set<string>): void {
  const [, plain, outer, inQuotes, inner = '', value = '', exemplarLabels, exemplarValue = '', exemplarTime = ''] =
    samplePattern.exec(line) ?? [];
  const name = plain ?? (inQuotes === undefined ? undefined : unquote(inQuotes));
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const last = families.at(-1);
  const isOwn = last && (suffixes[last.type] ?? ['']).some((suffix) => last.name + suffix === name);
  if (!isOwn) throw new Error(`does not belong to the family ${last?.name}: ${line}`);
  const labels = readLabels(outer ?? inner);
  const key = seriesKey({ name, labels });
  if (seen.has(key)) throw new Error(`the series stands twice: ${line}`);
  seen.add(key);
  const exemplar: ReadExemplar | undefined =
    exemplarLabels === undefined
      ? undefined
      : { labels: readLabels(exemplarLabels), value: readNumber(exemplarValue), timestamp: readNumber(exemplarTime) };
  last.samples.push({ name, labels, value: readNumber(value), ...(exemplar && { exemplar }) });
}

function readLabels(text: string): Readonly<Record<string, string>> {
  const pairs = Array.from(text.matchAll(labelPattern), ([, name = '', value = '']) => [unquote(name), unquote(value)] as const);
  const labels = Object.fromEntries(pairs);
  if (Object.keys(labels).length < pairs.length) throw new Error(`a label stands twice: ${text}`);
  return labels;
}

function readNumber(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}

function unquote(text: string): string {
  return text.startsWith('"') ? unescape(text.slice(1, -1)) : text;
}

function unescape(text: string): string {
  return text.replace(/\\(.?)/gs, (sequence, character: string) => {
    if (!['\\', 'n', '"'].includes(character)) throw new Error(`no escape: ${sequence}`);
    return character === 'n' ? '\n' : character;
  });
}
