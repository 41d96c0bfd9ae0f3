import { ClosedGauge } from './closed-gauge.js';

/** Facts about something, as labels of a series whose value is 1. */
export class Info extends ClosedGauge {
  protected override readonly call = 'info(labels)';

  info(labels?: unknown): void {
    this.write(labels, 1);
  }
}
