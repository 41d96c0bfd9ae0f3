import { type Grammar, openMetricsGrammar, parseNumber, textGrammar } from './parse-line.js';
import type { ParsedFamily, ParsedSample, ParsedType } from './parsed-family.js';

/**
 * Parses what an exporter answers: Prometheus' text formats, or OpenMetrics, which ends with `# EOF`. Names may be quoted,
 * as those of other alphabets are; they are told without quotes.
 *
 * It is strict, as a test wants it: it throws an Error with the line's number for what a scraper could not read, for a
 * series or a family that stands twice, and for samples and exemplars that do not fit the type of their family.
 *
 * @example
 * const [family] = parseMetrics('# TYPE requests_total counter\nrequests_total 5\n');
 * assert.equal(family?.samples[0]?.value, 5);
 */
export function parseMetrics(text: string): readonly ParsedFamily[] {
  const isOpenMetrics = /(?:^|\n)# EOF(?:\n|$)/.test(text);
  const lines = text.split('\n');
  const last = lines.pop();
  if (last !== '' && last !== '# EOF') throw new Error(`line ${lines.length + 1}: does not end with a newline: ${last}`);
  if (last !== '') lines.push(last);
  const parser = new Parser(isOpenMetrics ? openMetricsGrammar : textGrammar);
  lines.forEach((line, index) => {
    try {
      parser.take(line);
    } catch (error) {
      throw new Error(`line ${index + 1}: ${(error as Error).message}: ${line}`);
    }
  });
  return parser.families;
}

interface Draft {
  readonly name: string;
  type?: ParsedType;
  help?: string;
  unit?: string;
  readonly samples: ParsedSample[];
}

/** Puts lines together to families. */
class Parser {
  readonly #grammar: Grammar;
  readonly #drafts: Draft[] = [];
  readonly #series = new Set<string>();
  #hasEnded = false;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
  }

  get families(): readonly ParsedFamily[] {
    return this.#drafts.map(({ name, type = this.#grammar.unknownType, help = '', unit, samples }) =>
      unit === undefined ? { name, type, help, samples } : { name, type, help, unit, samples },
    );
  }

  take(line: string): void {
    if (this.#hasEnded) throw new Error('stands after # EOF');
    const parsed = this.#grammar.parseLine(line);
    if (parsed?.kind === 'EOF') this.#hasEnded = true;
    else if (parsed?.kind === 'sample') this.#takeSample(parsed.sample);
    else if (parsed) this.#takeMetadata(parsed.kind, parsed.name, parsed.text);
  }

  #takeMetadata(kind: 'HELP' | 'TYPE' | 'UNIT', name: string, text: string): void {
    const draft = this.#draft(name, (candidate) => candidate.name === name);
    if (draft.samples.length > 0) throw new Error(`${kind} of ${name} stands after its samples`);
    const key = kind.toLowerCase() as 'help' | 'type' | 'unit';
    if (draft[key] !== undefined) throw new Error(`${kind} of ${name} stands twice`);
    if (kind === 'TYPE' && !Object.hasOwn(this.#grammar.suffixes, text)) throw new Error(`${JSON.stringify(text)} is no type`);
    if (kind === 'UNIT' && text !== '' && !name.endsWith(`_${text}`)) throw new Error(`${name} does not end in its unit`);
    if (kind !== 'UNIT' || text !== '') Object.assign(draft, { [key]: text });
  }

  #takeSample(sample: ParsedSample): void {
    const draft = this.#draft(sample.name, (candidate) => this.#sampleNames(candidate).includes(sample.name));
    checkSample(draft, sample);
    checkExemplar(draft, sample);
    const series = seriesKey(sample);
    if (this.#series.has(series)) throw new Error('the series stands twice');
    this.#series.add(series);
    draft.samples.push(sample);
  }

  /** The family that a line belongs to: the last one, or a new one. */
  #draft(name: string, owns: (draft: Draft) => boolean): Draft {
    const last = this.#drafts.at(-1);
    if (last && owns(last)) return last;
    const isTaken = this.#drafts.some((draft) => draft.name === name || this.#sampleNames(draft).includes(name));
    if (isTaken) throw new Error(`${name} stands in two places`);
    const draft: Draft = { name, samples: [] };
    this.#drafts.push(draft);
    return draft;
  }

  #sampleNames({ name, type = this.#grammar.unknownType }: Draft): readonly string[] {
    return (this.#grammar.suffixes[type] ?? []).map((suffix) => name + suffix);
  }
}

/** Tells series apart, whatever the order of their labels. */
export function seriesKey({ name, labels }: Pick<ParsedSample, 'name' | 'labels'>): string {
  return JSON.stringify([name, Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}

/** In code points, names and values together (OpenMetrics 1.0, Exemplars). */
const mostExemplarCharacters = 128;

function checkExemplar({ name, type }: Draft, sample: ParsedSample): void {
  if (sample.exemplar === undefined) return;
  const isBucket = sample.name === `${name}_bucket` && (type === 'histogram' || type === 'gaugehistogram');
  const isTotal = sample.name === `${name}_total` && type === 'counter';
  if (!isBucket && !isTotal) throw new Error('an exemplar stands behind neither a counter nor a bucket');
  const length = Array.from(Object.entries(sample.exemplar.labels).flat().join('')).length;
  if (length > mostExemplarCharacters) throw new Error(`the labels of the exemplar have ${length} characters`);
}

function checkSample({ name, type }: Draft, sample: ParsedSample): void {
  if (sample.name === `${name}_bucket` && (type === 'histogram' || type === 'gaugehistogram')) checkNumberLabel(sample, 'le');
  if (sample.name === name && type === 'summary') checkNumberLabel(sample, 'quantile');
  if (type === 'stateset' && !Object.hasOwn(sample.labels, name)) throw new Error(`a state has no label ${name}`);
  if (type === 'stateset' && sample.value !== 0 && sample.value !== 1) throw new Error('a state is neither 0 nor 1');
  if (type === 'info' && sample.value !== 1) throw new Error('an info is not 1');
}

function checkNumberLabel({ labels }: ParsedSample, label: 'le' | 'quantile'): void {
  const text = labels[label];
  if (text === undefined) throw new Error(`the label ${label} is missing`);
  if (Number.isNaN(parseNumber(text))) throw new Error(`the label ${label} is NaN`);
}
