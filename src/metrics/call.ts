import { AsyncLocalStorage, executionAsyncId, executionAsyncResource } from 'node:async_hooks';
import type { Owner } from './owner.js';
import type { Stage, Staged, Stager, Unset } from './stage.js';

/** What one run of an update handler sets: staged as it goes, published all at once or not at all. */
export class Call implements Stager {
  readonly owner: Owner;
  readonly #scope: CallScope;
  readonly #onDropped: () => void;
  readonly #stages = new Map<Staged, Stage>();
  /** Those that nobody had set before. */
  readonly #newRows: Unset[] = [];
  #isOpen = true;
  #hasDropped = false;

  constructor(scope: CallScope, owner: Owner, onDropped: () => void) {
    this.owner = owner;
    this.#scope = scope;
    this.#onDropped = onDropped;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Runs a function so that what it sets, also later and in what it starts, belongs to this call. */
  run<T>(update: () => T): T {
    return this.#scope.enter(this, update);
  }

  /** Makes all that was set visible, removes what the owner had set before and not again, and drops what is set from now on. */
  publish(): void {
    if (!this.#isOpen) return;
    // First, since it makes room where that is limited.
    this.owner.removeStale(this.#stages);
    for (const [block, stage] of this.#stages) block.publish(stage, this.owner);
    this.#close();
  }

  /** Forgets all that was set, and drops what is set from now on. */
  discard(): void {
    if (this.#isOpen) this.#close();
  }

  stageOf(block: Staged): Stage | undefined {
    if (!this.#isOpen) {
      this.#drop();
      return undefined;
    }
    let stage = this.#stages.get(block);
    if (stage === undefined) this.#stages.set(block, (stage = block.openStage(this)));
    return stage;
  }

  addRow(row: Unset): void {
    if (this.#isOpen) {
      this.#newRows.push(row);
      return;
    }
    row.dropIfUnset();
    this.#drop();
  }

  #close(): void {
    this.#isOpen = false;
    for (const [block, stage] of this.#stages) block.closeStage(stage);
    this.#stages.clear();
    for (const row of this.#newRows) row.dropIfUnset();
    this.#newRows.length = 0;
  }

  /** Tells once that something was set too late. */
  #drop(): void {
    if (!this.#hasDropped) this.#onDropped();
    this.#hasDropped = true;
  }
}

/** Knows which call the running code belongs to. */
export class CallScope {
  /** Whose series are gone, but for answers under way that tell them: left out where nothing else is said. */
  readonly gone = { failed: new Set<Owner>(), others: new Set<Owner>() };
  readonly #storage = new AsyncLocalStorage<Call>();
  #hasCalls = false;
  /** Whether all that runs under one id belongs to the same call. */
  #areIdsSure = false;
  /** Under which id the storage was asked last, and what it said; NaN for none. */
  #lastId = NaN;
  #last: Call | undefined;

  /** Undefined outside of calls. A method, since it is inlined more readily than a getter. */
  current(): Call | undefined {
    if (!this.#hasCalls) return undefined;
    // Asking the storage costs more than all the rest of an update.
    return executionAsyncId() === this.#lastId ? this.#last : this.#ask();
  }

  #ask(): Call | undefined {
    this.#last = this.#storage.getStore();
    this.#lastId = this.#areIdsSure ? executionAsyncId() : NaN;
    return this.#last;
  }

  /** Gives up what Node does for each promise of the process as long as this is in use. */
  close(): void {
    this.#storage.disable();
    this.#hasCalls = false;
  }

  open(owner: Owner, onDropped: () => void): Call {
    return new Call(this, owner, onDropped);
  }

  enter<T>(call: Call, update: () => T): T {
    const enter = (): T => {
      // For good: what a call has started may outlive it.
      if (!this.#hasCalls) this.#areIdsSure = isKeptByResource(call);
      this.#hasCalls = true;
      return update();
    };
    // The id stays the same here.
    this.#lastId = NaN;
    try {
      return this.#storage.run(call, enter);
    } finally {
      this.#lastId = NaN;
    }
  }
}

/**
 * Whether the storage keeps what it is given with the resource that runs, which has one id for good: so does Node up to 22.
 * Later ones keep it elsewhere, and then one id may stand for many.
 */
function isKeptByResource(given: unknown): boolean {
  const resource = executionAsyncResource() as Readonly<Record<symbol, unknown>>;
  return Object.getOwnPropertySymbols(resource).some((key) => resource[key] === given);
}
