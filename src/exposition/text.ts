import type { MetricFamily } from '../model/metric-family.js';
import { sampleNames } from '../model/sample-name.js';
import { type Dialect, writeFamilies } from './dialect.js';
import type { Encoder } from './encoder.js';
import { escapeLine } from './escape.js';

const dialect: Dialect = {
  types: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    summary: 'summary',
    // Prometheus loses the whole scrape to a type that it does not know.
    info: 'gauge',
    enum: 'gauge',
    unknown: 'untyped',
  },
  name: shownName,
  reservedNames: () => [],
  canHold: () => true,
  renderHead: ({ name, type, help }) => `# HELP ${name} ${escapeLine(help)}\n# TYPE ${name} ${type}\n`,
};

/** Prometheus' text format 0.0.4. */
export const textEncoder: Encoder = {
  mediaType: 'text/plain',
  version: '0.0.4',
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  encode: (families) => writeFamilies(families, dialect).toBuffer(),
};

/** That of the samples, where they all have one. */
function shownName(family: MetricFamily): string {
  const [only = family.name, ...others] = sampleNames(family);
  return others.length === 0 ? only : family.name;
}
