import { type Escaping, escapeName } from '../../src/exposition/escape-name.js';
import type { LabelPairs } from '../../src/model/labels.js';
import type { Draft, DraftExemplar, DraftSeries } from './families.js';
import type { ReadFamily, ReadSample } from './reading.js';

export type Kind = 'text' | 'openMetrics' | 'protobuf';

const types: Readonly<Record<Draft['type'], readonly [prometheus: string, openMetrics: string]>> = {
  counter: ['counter', 'counter'],
  gauge: ['gauge', 'gauge'],
  histogram: ['histogram', 'histogram'],
  summary: ['summary', 'summary'],
  info: ['gauge', 'info'],
  enum: ['gauge', 'stateset'],
  unknown: ['untyped', 'unknown'],
};

/** What whoever reads the exposition of families should find, said once more in another way. */
export function expectedFamilies(drafts: readonly Draft[], kind: Kind, escaping: Escaping = 'allow-utf-8'): readonly ReadFamily[] {
  return drafts.map((one) => {
    const suffix = one.type === 'counter' ? '_total' : one.type === 'info' ? '_info' : '';
    const whole = escapeName(one.name + suffix, escaping, 'metric');
    const bare = suffix === '' ? whole : whole.slice(0, -suffix.length);
    const [prometheus, openMetrics] = types[one.type];
    const samples = new Samples({ whole, bare, kind, escaping });
    for (const series of one.series) samples.add(one, series);
    const isNamedByUnit = kind !== 'text' && one.unit !== undefined && bare.endsWith(`_${one.unit}`);
    return {
      name: kind === 'openMetrics' ? bare : whole,
      type: kind === 'openMetrics' ? openMetrics : prometheus,
      help: one.help,
      ...(isNamedByUnit && { unit: one.unit }),
      samples: samples.all,
    };
  });
}

interface Context {
  /** The name as Prometheus has it, escaped. */
  readonly whole: string;
  /** The same without what its type ends in. */
  readonly bare: string;
  readonly kind: Kind;
  readonly escaping: Escaping;
}

class Samples {
  readonly all: ReadSample[] = [];
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  add(one: Draft, series: DraftSeries): void {
    const { whole, bare, kind } = this.#context;
    const labels = this.#escape(series.labels);
    if ('value' in series) this.#push(whole, labels, series.value, series.exemplar);
    else if ('buckets' in series) {
      const { buckets, exemplars, sum, count } = series;
      const all = [...buckets.map(([bound, value]) => [String(bound), value] as const), ['+Inf', count] as const];
      all.forEach(([le, value], place) => this.#push(`${whole}_bucket`, [...labels, ['le', le]], value, exemplars?.[place]));
      this.#pushTotals(labels, sum, count);
    } else if ('quantiles' in series) {
      for (const [quantile, value] of series.quantiles) this.#push(whole, [...labels, ['quantile', String(quantile)]], value);
      this.#pushTotals(labels, series.sum, series.count);
    } else if (one.type === 'enum') {
      for (const state of one.states) this.#push(whole, [...labels, [whole, state]], state === series.state ? 1 : 0);
    }
    if (series.created !== undefined && kind !== 'text') this.#push(`${bare}_created`, labels, series.created);
  }

  #pushTotals(labels: LabelPairs, sum: number, count: number): void {
    this.#push(`${this.#context.whole}_sum`, labels, sum);
    this.#push(`${this.#context.whole}_count`, labels, count);
  }

  #push(name: string, labels: LabelPairs, value: number, exemplar?: DraftExemplar): void {
    const shown = this.#context.kind === 'text' ? undefined : exemplar;
    this.all.push({
      name,
      labels: Object.fromEntries(labels),
      value,
      ...(shown && { exemplar: { ...shown, labels: Object.fromEntries(shown.labels) } }),
    });
  }

  #escape(labels: LabelPairs): LabelPairs {
    const escaped = labels.map(([name, value]) => [escapeName(name, this.#context.escaping, 'label'), value] as const);
    return new Set(escaped.map(([name]) => name)).size === labels.length
      ? escaped
      : labels.map(([name, value]) => [escapeName(name, 'values', 'label'), value] as const);
  }
}
