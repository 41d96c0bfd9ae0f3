import type { MetricSpec } from '../model/spec.js';
import type { CallScope } from './call.js';
import { describeValue, invalidUpdate, isObject } from './check-value.js';
import { ClosedGauge } from './closed-gauge.js';
import type { SeriesLimit } from './room.js';

/** One of several states; the number below is the place of the state in the list. */
export class Enum extends ClosedGauge {
  readonly states: readonly string[];
  protected override readonly call = 'state(labels, state), without the labels if there are none';

  constructor(spec: MetricSpec, scope?: CallScope, limit?: SeriesLimit) {
    super(spec, scope, limit);
    this.states = spec.states ?? [];
  }

  state(first?: unknown, second?: unknown): void {
    const hasLabels = this.spec.labels.length > 0 || isObject(first);
    this.write(hasLabels ? first : {}, this.#place(hasLabels ? second : first));
  }

  #place(state: unknown): number {
    const place = this.states.indexOf(state as string);
    if (place >= 0) return place;
    throw invalidUpdate(this.spec.exportedName, `unknown state ${describeValue(state)}`, `Use one of ${this.states.join(', ')}`);
  }
}
