import type { Block } from './block.js';
import type { Totals } from './histogram-totals.js';
import type { Stager } from './stage.js';

/** The table, as a row sees it. */
interface Table {
  drop(row: Row): void;
}

/** One series: where its numbers are. */
export class Row {
  block: Block<Row>;
  index: number;
  /** Whether its table has it: one that was taken away may still be held by a kept child. */
  isStored = true;
  readonly #table: Table;

  constructor(table: Table, block: Block<Row>, labels: string) {
    this.#table = table;
    this.block = block;
    this.index = block.add(this, labels);
  }

  /** Sets the one number of this row: at once, or when the call is published. */
  set(value: number, call: Stager | undefined): void {
    if (call === undefined) this.block.write(this.index, value);
    else this.block.stage(this.index, value, call);
  }

  /** Adds to the one number of this row: to what the call has set where there is one, and that is a set, too. */
  add(value: number, call: Stager | undefined): void {
    const current = this.block.numberOf(this.index);
    if (call === undefined) this.block.write(this.index, current + value);
    else {
      const stage = this.block.stageOf(call);
      stage?.set(this.index, (stage.valueOf(this.index) ?? current) + value);
    }
  }

  setTotals(totals: Totals, call: Stager | undefined): void {
    if (call === undefined) this.block.writeTotals(this.index, totals);
    else this.block.stageOf(call)?.setTotals(this.index, totals);
  }

  /** Takes this series away: at once, or when the call is published. */
  remove(call?: Stager): void {
    if (call !== undefined) {
      const stage = this.block.stageOf(call);
      // What another call is about to set is not to be seen by this one.
      if (stage !== undefined && (this.block.tells(this.index) || stage.has(this.index))) stage.remove(this.index);
    } else if (this.isStored) {
      this.block.unset(this.index);
      this.dropIfUnset();
    }
  }

  /** Gives up the place of a series that nobody has set, or is about to set. */
  dropIfUnset(): void {
    if (!this.isStored || this.block.has(this.index) || this.block.keepForStages(this)) return;
    this.#table.drop(this);
  }
}
