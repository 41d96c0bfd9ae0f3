import { escapeQuoted } from '../model/labels.js';
import type { MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { withoutSuffix } from '../model/name.js';
import { escapings } from './escape-name.js';
import { canHoldTotals } from './fit.js';
import type { Format } from './format.js';
import { createTextEncoder, type Dialect, type Head } from './text-encoder.js';

const createdTypes: readonly MetricFamily['type'][] = ['counter', 'histogram', 'summary'];

/** What the samples of a type end in, and its family does not. */
const ownSuffixes: ReadonlyMap<MetricFamily['type'], string> = new Map([
  ['counter', 'total'],
  ['info', 'info'],
]);

const dialect: Dialect = {
  rules: {
    headName: (name, type) => {
      const suffix = ownSuffixes.get(type);
      return suffix === undefined ? name : withoutSuffix(name, suffix);
    },
    // OpenMetrics 1.0, Suffixes: a name that a type could use is taken, whether it is used or not.
    reservedNames: (name, type) => (createdTypes.includes(type) ? [`${name}_created`] : []),
    canHold,
  },
  types: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    summary: 'summary',
    info: 'info',
    enum: 'stateset',
    unknown: 'unknown',
  },
  renderHead,
  hasExemplars: true,
  createdTypes,
  end: '# EOF\n',
};

/** OpenMetrics 1.0.0. */
export const openMetrics100: Format = {
  mediaType: 'application/openmetrics-text',
  parameters: { version: '1.0.0' },
  escapings,
  contentType: (escaping) => `application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=${escaping}`,
  createEncoder: (escaping) => createTextEncoder(dialect, escaping),
};

/** The draft that Prometheus spoke before: the same for all that stands in these metrics. */
export const openMetrics001: Format = {
  mediaType: 'application/openmetrics-text',
  parameters: { version: '0.0.1' },
  escapings: escapings.filter((escaping) => escaping !== 'allow-utf-8'),
  contentType: () => 'application/openmetrics-text; version=0.0.1; charset=utf-8',
  createEncoder: (escaping) => createTextEncoder(dialect, escaping),
};

/** OpenMetrics 1.0, Metric Types: what adds up is neither negative nor NaN, and what is counted is whole. */
function canHold({ type }: MetricFamily, block: SeriesBlock): boolean {
  if (type === 'counter') return block.values.every((value) => value >= 0);
  if (type === 'info') return block.values.every((value) => value === 1);
  return canHoldTotals(type, block, { allowNegative: false });
}

function renderHead({ name, type, unit, help }: Head): string {
  const unitLine = unit !== undefined && endsInUnit(name, unit) ? `# UNIT ${name} ${unit}\n` : '';
  return `# TYPE ${name} ${type}\n${unitLine}# HELP ${name} ${escapeQuoted(help)}\n`;
}

function endsInUnit(name: string, unit: string): boolean {
  return name.endsWith(`_${unit}`) || name.endsWith(`_${unit}"`);
}
