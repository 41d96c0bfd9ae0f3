import { type LabelPairs, writeLabels } from '../../src/model/labels.js';
import type { Exemplar, MetricFamily, SeriesBlock } from '../../src/model/metric-family.js';

type FamilyType = MetricFamily['type'];

export interface DraftExemplar {
  readonly labels: LabelPairs;
  readonly value: number;
  readonly timestamp: number;
}

interface Labelled {
  readonly labels: LabelPairs;
  readonly created?: number | undefined;
}

interface NumberSeries extends Labelled {
  readonly value: number;
  readonly exemplar?: DraftExemplar | undefined;
}

interface StateSeries extends Labelled {
  readonly state: string;
}

interface HistogramSeries extends Labelled {
  /** The finite ones. */
  readonly buckets: readonly (readonly [bound: number, count: number])[];
  readonly sum: number;
  readonly count: number;
  /** By place of the bucket, the infinite one last. */
  readonly exemplars?: Readonly<Record<number, DraftExemplar>> | undefined;
}

interface SummarySeries extends Labelled {
  readonly quantiles: readonly (readonly [quantile: number, value: number])[];
  readonly sum: number;
  readonly count: number;
}

interface DraftOf<Type extends FamilyType, Series> {
  readonly type: Type;
  readonly name: string;
  readonly help: string;
  readonly unit: string | undefined;
  readonly series: readonly Series[];
}

/** A family as one would write it down: the values beside the labels. */
export type Draft =
  | DraftOf<'counter' | 'gauge' | 'unknown' | 'info', NumberSeries>
  | (DraftOf<'enum', StateSeries> & { readonly states: readonly string[] })
  | DraftOf<'histogram', HistogramSeries>
  | DraftOf<'summary', SummarySeries>;

export type DraftSeries = Draft['series'][number];

type Rest<Type extends FamilyType> =
  Extract<Draft, { readonly type: Type }> extends infer One ? Omit<One, 'type' | 'name' | 'help' | 'unit'> : never;

/** A draft with some help and without a unit, unless given. */
export function draft<Type extends FamilyType>(
  type: Type,
  name: string,
  rest: (Type extends 'counter' | 'gauge' | 'unknown' | 'info' ? { readonly series: readonly NumberSeries[] } : Rest<Type>) & {
    readonly help?: string;
    readonly unit?: string | undefined;
  },
): Draft {
  return { help: `The ${name}.`, unit: undefined, ...rest, type, name } as unknown as Draft;
}

/** Makes the family of a draft. A block ends where the next series has other points, or where it has as many series as it may. */
export function toFamily(one: Draft, blockLength = Infinity): MetricFamily {
  const blocks: DraftSeries[][] = [];
  for (const series of one.series as readonly DraftSeries[]) {
    const last = blocks.at(-1);
    const fits = last?.[0] && last.length < blockLength && String(pointsOf(last[0])) === String(pointsOf(series));
    if (last && fits) last.push(series);
    else blocks.push([series]);
  }
  const { type, name, help, unit } = one;
  const states = type === 'enum' ? { states: one.states } : {};
  return { type, name, help, unit, ...states, blocks: blocks.map((series) => toBlock(one, series)) } as unknown as MetricFamily;
}

/** Makes a family as `draft` says. */
export function family(...what: Parameters<typeof draft>): MetricFamily {
  return toFamily(draft(...what));
}

function toBlock(one: Draft, all: readonly DraftSeries[]): SeriesBlock {
  const [first] = all;
  const points = first && pointsOf(first);
  const width = points === undefined ? 1 : points.length + 2;
  const exemplars = new Map(all.flatMap((series, row) => exemplarsOf(series).map(([place, exemplar]) => [row * width + place, exemplar])));
  return {
    labels: all.map(({ labels }) => writeLabels(labels)),
    values: Float64Array.from(all.flatMap((series) => rowOf(one, series))),
    ...(points && { points }),
    ...(exemplars.size > 0 && { exemplars }),
    ...(first?.created !== undefined && { created: Float64Array.from(all, ({ created }) => created ?? NaN) }),
  };
}

function pointsOf(series: DraftSeries): readonly number[] | undefined {
  const pairs = 'buckets' in series ? series.buckets : 'quantiles' in series ? series.quantiles : undefined;
  return pairs?.map(([point]) => point);
}

function rowOf(one: Draft, series: DraftSeries): readonly number[] {
  if ('state' in series) return [one.type === 'enum' ? one.states.indexOf(series.state) : NaN];
  if ('value' in series) return [series.value];
  const pairs = 'buckets' in series ? series.buckets : series.quantiles;
  return [...pairs.map(([, value]) => value), series.sum, series.count];
}

function exemplarsOf(series: DraftSeries): [place: number, exemplar: Exemplar][] {
  const write = (one: DraftExemplar): Exemplar => ({ ...one, labels: writeLabels(one.labels) });
  if ('value' in series && series.exemplar) return [[0, write(series.exemplar)]];
  if (!('buckets' in series)) return [];
  const { length } = series.buckets;
  // The count, behind the sum, is the infinite bucket's.
  return Object.entries(series.exemplars ?? {}).map(([place, one]) => [Number(place) < length ? Number(place) : length + 1, write(one)]);
}

export const nastyText = 'a "b" \\ c\n{d="e"} # f, }g=\\n\t\u00e9\u2028😀';

/** One family of each type, with all that is hard to write. */
export const nastyDrafts: readonly Draft[] = [
  draft('gauge', 'warmth_celsius', {
    help: nastyText,
    unit: 'celsius',
    series: [
      { labels: [], value: NaN },
      { labels: [['place', nastyText]], value: -0.1 },
      { labels: [['place', '']], value: Infinity },
      { labels: [['place', '\\']], value: -Infinity },
      { labels: [['place', '"'], ['other', '\n']], value: 1e-320 },
      { labels: [['place', ','], ['other', '=']], value: 123456789012345680000 },
      { labels: [['place', '-0']], value: -0 },
    ],
  }),
  draft('counter', 'http_requests', {
    series: [
      { labels: [['code', '200']], value: 1e21, exemplar: { labels: [['trace_id', 'abc'], ['other', '"\\\n']], value: 0.5, timestamp: 1.5 } },
      { labels: [['code', '500']], value: 2 ** 53 + 2 },
    ],
  }),
  draft('counter', 'never_counted_seconds', { unit: 'seconds', series: [] }),
  draft('histogram', 'wait_seconds', {
    unit: 'seconds',
    series: [
      {
        labels: [],
        buckets: [[0, 0], [0.005, 1], [1, 2], [1e6, 2]],
        sum: 2.5e6,
        count: 3,
        exemplars: { 1: { labels: [], value: 0.001, timestamp: 1.7e9 }, 4: { labels: [['id', '😀']], value: 1e7, timestamp: 1700000000.123 } },
        created: 1600000000.5,
      },
      { labels: [['le_', nastyText]], buckets: [], sum: 0, count: 0, created: 1600000001 },
    ],
  }),
  draft('summary', 'age', {
    series: [
      { labels: [['kind', nastyText]], quantiles: [[0.5, 4], [0.99, NaN], [1, 5]], sum: 9, count: 2, created: 1 },
      { labels: [], quantiles: [], sum: 0, count: 0, created: 2.25 },
    ],
  }),
  draft('info', 'build', { series: [{ labels: [['version', '1.2.3'], ['branch', nastyText]], value: 1 }] }),
  draft('enum', 'mode', {
    states: ['on', 'off', nastyText],
    series: [
      { labels: [], state: 'off' },
      { labels: [['lamp', '"']], state: nastyText },
    ],
  }),
  draft('unknown', 'odd_value', { help: '', series: [{ labels: [], value: 0 }] }),
]; // prettier-ignore
