import type { LabelPairs } from '../model/labels.js';
import type { AnyMetric } from '../model/metric.js';
import type { MetricFamily } from '../model/metric-family.js';
import type { Hidden } from './owner.js';

/** A metric of ours, which can be read without prom-client. */
export interface OwnMetric extends Pick<AnyMetric, 'name' | 'help' | 'labels' | 'remove' | 'reset'> {
  /**
   * Takes all series as they are when this is called, even where the answer comes later.
   *
   * @param defaults added to the labels of each series that does not have them itself
   * @param hidden whose series are left out; what is counted is nobody's
   */
  takeFamily(defaults?: LabelPairs, hidden?: Hidden): MetricFamily | Promise<MetricFamily>;
}
