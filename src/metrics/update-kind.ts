import type { MetricSpec } from '../model/spec.js';
import { invalidUpdate } from './check-value.js';

type Kind = 'counted' | 'mirrored';

/** Keeps one metric from being both counted here and mirrored from elsewhere: neither would be true. */
export class UpdateKind {
  readonly #where: string;
  readonly #calls: Readonly<Record<Kind, string>>;
  readonly #onMirrored: () => void;
  #kind: Kind | undefined;

  /** @param onMirrored hears of the first update that mirrors, where this was not declared */
  constructor(
    { exportedName, mirrored }: Pick<MetricSpec, 'exportedName' | 'mirrored'>,
    calls: Readonly<Record<Kind, string>>,
    onMirrored: () => void,
  ) {
    this.#where = exportedName;
    if (mirrored) this.#kind = 'mirrored';
    this.#calls = calls;
    this.#onMirrored = onMirrored;
  }

  get isMirrored(): boolean {
    return this.#kind === 'mirrored';
  }

  /** Checks that all updates are of this kind. */
  check(kind: Kind): void {
    if (this.#kind === kind) return;
    if (this.#kind === undefined) {
      this.#kind = kind;
      if (kind === 'mirrored') this.#onMirrored();
    } else throw invalidUpdate(this.#where, 'is counted and mirrored', `Use ${this.#calls.counted} only, or ${this.#calls.mirrored} only`);
  }
}
