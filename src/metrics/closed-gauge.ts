import { invalidUpdate } from './check-value.js';
import { Gauge } from './gauge.js';

/** A gauge to prom-client only: its numbers mean something else, so that nobody may set them from outside. */
export abstract class ClosedGauge extends Gauge {
  /** What is to be called instead. */
  protected abstract readonly call: string;

  /** Sets the number that stands for what was said. */
  protected write(labels: unknown, value: number): void {
    super.set(labels, value);
  }

  override set(): never {
    return this.#refuse('set');
  }

  override inc(): never {
    return this.#refuse('inc');
  }

  override dec(): never {
    return this.#refuse('dec');
  }

  override setToCurrentTime(): never {
    return this.#refuse('setToCurrentTime');
  }

  override startTimer(): never {
    return this.#refuse('startTimer');
  }

  override labels(): never {
    return this.#refuse('labels');
  }

  #refuse(method: string): never {
    throw invalidUpdate(this.spec.exportedName, `a metric of type ${this.spec.type} does not have ${method}()`, `Use ${this.call}`);
  }
}
