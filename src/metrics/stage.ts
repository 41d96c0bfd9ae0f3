import type { Totals } from './histogram-totals.js';
import type { Owner } from './owner.js';

/** What a call did with a row: nothing, set it, removed it. */
const marks = { none: 0, set: 1, removed: 2 } as const;

/** A call, as a block sees it. */
export interface Stager {
  /** Whose call it is. */
  readonly owner: Owner;
  /** The stage of a block; undefined once the call has ended. */
  stageOf(block: Staged): Stage | undefined;
  /** Takes care of a row that is not set yet. */
  addRow(row: Unset): void;
}

/** A block, as a call sees it. */
export interface Staged {
  openStage(stager: Stager): Stage;
  /** Makes what was staged visible, as the owner's. */
  publish(stage: Stage, owner: Owner): void;
  closeStage(stage: Stage): void;
}

/** A row that may have been created for nothing. */
export interface Unset {
  dropIfUnset(): void;
}

/** What one call sets in one block, until it is published; used again by later calls. */
export class Stage {
  /** Undefined while it is not in use. */
  #call: Stager | undefined;
  #marks = new Uint8Array(0);
  #values = new Float64Array(0);
  #totals: (Totals | undefined)[] | undefined;

  get call(): Stager | undefined {
    return this.#call;
  }

  /** @param size how many rows the block has at this moment */
  open(call: Stager, size: number): void {
    this.#call = call;
    if (size > this.#marks.length) this.#grow(size);
  }

  close(): void {
    this.#call = undefined;
    this.#marks.fill(marks.none);
    this.#totals = undefined;
  }

  set(index: number, value: number): void {
    if (index >= this.#marks.length) this.#grow(2 * (index + 1));
    this.#marks[index] = marks.set;
    this.#values[index] = value;
  }

  setTotals(index: number, totals: Totals): void {
    this.set(index, 0);
    this.#totals ??= [];
    this.#totals[index] = totals;
  }

  remove(index: number): void {
    this.set(index, 0);
    this.#marks[index] = marks.removed;
  }

  /** Whether this call has set the row and not removed it again. */
  has(index: number): boolean {
    return this.#marks[index] === marks.set;
  }

  /** The value that this call has set; 0 of what it has removed, undefined of what it left alone. */
  valueOf(index: number): number | undefined {
    return this.#marks[index] === undefined || this.#marks[index] === marks.none ? undefined : this.#values[index];
  }

  /** Tells what was done, row by row. */
  forEach(set: (index: number, value: number, totals: Totals | undefined) => void, remove: (index: number) => void): void {
    for (let index = 0; index < this.#marks.length; index++) {
      const mark = this.#marks[index];
      if (mark === marks.set) set(index, this.#values[index] ?? 0, this.#totals?.[index]);
      else if (mark === marks.removed) remove(index);
    }
  }

  #grow(size: number): void {
    this.#marks = grown(this.#marks, new Uint8Array(size));
    this.#values = grown(this.#values, new Float64Array(size));
  }
}

/** Copies an array into a longer one. */
export function grown<A extends Uint8Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
