import type { LabelPairs, MetricFamily } from '../model/metric-family.js';
import { sampleNames } from '../model/sample-name.js';
import { escapeQuoted } from './escape.js';
import { formatCanonicalNumber, formatNumber } from './number.js';
import type { Page } from './page.js';

type FamilyType = MetricFamily['type'];

/** Writes the lines of a family's samples, those of one series together; with a name, only the samples that have it. */
export function writeSamples(family: MetricFamily, page: Page, only?: string): void {
  eachSample(family, (name, labels, value) => {
    if (only === undefined || only === name) page.add(renderSample(name, labels, value));
  });
}

/** Takes one sample; labels are rendered, without braces. */
type Visit = (name: string, labels: string, value: number) => void;

type Walk<Type extends FamilyType> = (family: Extract<MetricFamily, { readonly type: Type }>, visit: Visit) => void;

const walks: { readonly [Type in FamilyType]: Walk<Type> } = {
  counter: walkNumbers,
  gauge: walkNumbers,
  unknown: walkNumbers,
  info: walkNumbers,
  enum: ({ name, states, series }, visit) => {
    for (const { labels, state } of series) {
      const own = renderLabels(labels);
      for (const one of states) visit(name, withLabel(own, name, escapeQuoted(one)), one === state ? 1 : 0);
    }
  },
  histogram: ({ name, series }, visit) => {
    const canonical = canonicalNumbers();
    for (const { labels, buckets, sum, count } of series) {
      const own = renderLabels(labels);
      for (const [bound, value] of buckets) visit(`${name}_bucket`, withLabel(own, 'le', canonical(bound)), value);
      visit(`${name}_sum`, own, sum);
      visit(`${name}_count`, own, count);
    }
  },
  summary: ({ name, series }, visit) => {
    const canonical = canonicalNumbers();
    for (const { labels, quantiles, sum, count } of series) {
      const own = renderLabels(labels);
      for (const [quantile, value] of quantiles) visit(name, withLabel(own, 'quantile', canonical(quantile)), value);
      visit(`${name}_sum`, own, sum);
      visit(`${name}_count`, own, count);
    }
  },
};

function walkNumbers(family: Extract<MetricFamily, { readonly type: 'counter' | 'gauge' | 'unknown' | 'info' }>, visit: Visit): void {
  const [name = family.name] = sampleNames(family);
  for (const { labels, value } of family.series) visit(name, renderLabels(labels), value);
}

function eachSample(family: MetricFamily, visit: Visit): void {
  // The table says that each family meets the walk of its type; the compiler cannot follow.
  (walks[family.type] as (family: MetricFamily, visit: Visit) => void)(family, visit);
}

function renderSample(name: string, labels: string, value: number): string {
  return labels === '' ? `${name} ${formatNumber(value)}\n` : `${name}{${labels}} ${formatNumber(value)}\n`;
}

function renderLabels(labels: LabelPairs): string {
  let text = '';
  for (const [name, value] of labels) text = withLabel(text, name, escapeQuoted(value));
  return text;
}

function withLabel(labels: string, name: string, escapedValue: string): string {
  return labels === '' ? `${name}="${escapedValue}"` : `${labels},${name}="${escapedValue}"`;
}

/** Remembers what it has written, since all series of a family mostly have the same bounds. */
function canonicalNumbers(): (value: number) => string {
  const texts = new Map<number, string>();
  return (value) => {
    let text = texts.get(value);
    if (text === undefined) texts.set(value, (text = formatCanonicalNumber(value)));
    return text;
  };
}
