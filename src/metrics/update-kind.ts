import { invalidUpdate } from './check-value.js';

type Kind = 'counted' | 'mirrored';

/** Keeps one metric from being both counted here and mirrored from elsewhere: neither would be true. */
export class UpdateKind {
  readonly #where: string;
  readonly #calls: Readonly<Record<Kind, string>>;
  #kind: Kind | undefined;

  constructor(where: string, calls: Readonly<Record<Kind, string>>) {
    this.#where = where;
    this.#calls = calls;
  }

  get isMirrored(): boolean {
    return this.#kind === 'mirrored';
  }

  /** Checks that all updates are of this kind. */
  check(kind: Kind): void {
    if (this.#kind === kind) return;
    if (this.#kind === undefined) this.#kind = kind;
    else throw invalidUpdate(this.#where, 'is counted and mirrored', `Use ${this.#calls.counted} only, or ${this.#calls.mirrored} only`);
  }
}
