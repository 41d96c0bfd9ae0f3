import { isReservedMetric } from './builtin-metric.js';
import { isReservedVariable } from './builtin-option.js';
import type { Check } from './check.js';
import { metricTypes } from './declaration.js';
import { familyName } from './metric-spec.js';
import { quote, toVariable, withUnderscores } from './name.js';
import { suggest } from './nearest.js';
import { takenNames } from './sample-name.js';
import type { CollectorSpec, ExporterSpec, MetricSpec, OptionSpec } from './spec.js';

/** Finds names that two options would share, the variables of builtin ones included. */
export function checkOptions(options: readonly OptionSpec[], envPrefix: string, check: Check): void {
  const at = (option: OptionSpec): Check => check.at(`${check.where}.${option.member}`);
  const seen = new Map<string, OptionSpec>();
  for (const option of options) {
    // An option that has a builtin's name was told so already.
    if (option.env === undefined || option.env === toVariable(envPrefix, option.name)) continue;
    if (isReservedVariable(option.env, envPrefix)) {
      at(option).fault('RESERVED_NAME', `${option.env} is kept for a builtin option`, 'Choose another variable');
    }
  }
  for (const option of options) {
    const spellings = [
      ...(option.positional ? [option.name] : [`--${option.name}`, ...(option.type === 'boolean' ? [`--no-${option.name}`] : [])]),
      ...(option.short === undefined ? [] : [`-${option.short}`]),
      ...(option.env === undefined ? [] : [option.env]),
      ...(option.env !== undefined && option.secret ? [`${option.env}_FILE`] : []),
    ];
    for (const spelling of spellings) {
      const other = seen.get(spelling);
      if (other && other !== option) at(option).fault('DUPLICATE_NAME', `${spelling} belongs to ${other.member} too`, 'Rename one of them');
      seen.set(spelling, option);
    }
  }
  const positional = options.filter((option) => option.positional);
  positional.forEach((option, index) => {
    const next = positional[index + 1];
    if (!next) return;
    const fault = (what: string, mend: string): void => at(option).fault('INVALID_DECLARATION', what, mend);
    if (option.multiple) fault('is a positional list but not the last positional', 'Declare it last');
    else if (!option.required && next.required)
      fault(`is optional but ${next.member} after it is required`, 'Declare the required one first');
  });
}

/** Finds names that two metrics would take, in whatever format. */
export function checkMetrics(
  metrics: readonly MetricSpec[],
  exporter: Pick<ExporterSpec, 'name' | 'namespace'>,
  check: Check,
  existing: readonly MetricSpec[] = [],
): void {
  /** By how they are escaped: names that are one to some scrapers are one. */
  const seen = new Map<string, readonly [name: string, metric: MetricSpec]>();
  const declared = new Map<string, MetricSpec>();
  for (const metric of [...existing, ...metrics]) {
    const at = metric.member === undefined ? check.at(`${check.where}: ${metric.name}`) : check.at(`${check.where}.${metric.member}`);
    // An unknown type is told elsewhere.
    const names = metricTypes.includes(metric.type) ? takenNames({ name: familyName(metric), type: metric.type }) : [];
    if (!existing.includes(metric) && isReservedMetric(withUnderscores(metric.exportedName), exporter)) {
      at.fault('RESERVED_NAME', `${metric.exportedName} is kept for metrics about the exporter itself`, 'Choose another name');
    }
    const clash = names.find((name) => seen.has(withUnderscores(name)));
    const [name, other] = (clash !== undefined && seen.get(withUnderscores(clash))) || [undefined, declared.get(metric.name)];
    if (other) {
      const owner = other.member ?? other.name;
      const what =
        name === clash
          ? `${clash ?? metric.name} belongs to ${owner} too`
          : `${clash} and ${name} of ${owner} are one where names are escaped`;
      at.fault('DUPLICATE_NAME', what, 'Rename one of them');
    }
    for (const taken of names) seen.set(withUnderscores(taken), [taken, metric]);
    declared.set(metric.name, metric);
  }
}

/** Finds names that two collectors share, and collectors that wait for one that does not come before them. */
export function checkCollectors(collectors: readonly CollectorSpec[], check: Check): void {
  collectors.forEach(({ name, member, after }, index) => {
    const at = member === undefined ? check : check.at(`${check.where}.${member}`);
    const before = collectors.slice(0, index).map((candidate) => candidate.name);
    const missing = after.find((awaited) => !before.includes(awaited));
    if (missing !== undefined) {
      at.fault('INVALID_DECLARATION', `after names ${quote(missing)}, which is no collector declared before`, suggest(missing, before));
    }
    // Both are called alike by the environment.
    const spelt = toOptionWords(name);
    if (spelt === 'disable-defaults') at.fault('RESERVED_NAME', `collector ${name} has the name of an option`, 'Choose another name');
    const other = collectors.find((candidate) => toOptionWords(candidate.name) === spelt);
    if (other === undefined || other === collectors[index]) return;
    const what = other.name === name ? `collector ${name} is there already` : `collector ${other.name} has the same variable as ${name}`;
    at.fault('DUPLICATE_NAME', what, 'Give one of them another name');
  });
}

function toOptionWords(collector: string): string {
  return collector.replaceAll('_', '-');
}
