import { ScrapeError } from '../errors.js';
import type { LabelPairs } from '../model/metric-family.js';
import { namePatterns, quote } from '../model/name.js';
import { describeValue } from './check-value.js';
import { Registry } from './prom-client.js';

/** prom-client's registry, which else tells its default labels to nobody and does not check them. */
export class OwnRegistry extends Registry {
  #defaultLabels: LabelPairs = [];

  get defaultLabels(): LabelPairs {
    return this.#defaultLabels;
  }

  override setDefaultLabels(labels: object): void {
    this.#defaultLabels = Object.entries(labels).map(checkDefaultLabel);
    super.setDefaultLabels(Object.fromEntries(this.#defaultLabels));
  }

  override clear(): void {
    super.clear();
    this.#defaultLabels = [];
  }
}

const reservedNames = ['le', 'quantile'];

function checkDefaultLabel([name, value]: readonly [string, unknown]): readonly [string, string] {
  const fault = (what: string, mend: string): ScrapeError =>
    new ScrapeError({ code: 'INVALID_LABELS', where: 'registry.setDefaultLabels', what, mend });
  const { pattern, rule } = namePatterns.label;
  if (!pattern.test(name)) throw fault(`label ${quote(name)} is not allowed`, rule);
  if (reservedNames.includes(name)) throw fault(`label ${quote(name)} is made by histograms and summaries`, 'Choose another name');
  if (typeof value === 'string' || typeof value === 'number') return [name, String(value)];
  throw fault(`label ${quote(name)} is ${describeValue(value)}`, 'Give a string or a number');
}
