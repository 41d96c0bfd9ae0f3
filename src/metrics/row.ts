import type { Block } from './block.js';
import type { Totals } from './histogram-totals.js';
import type { Stager } from './stage.js';

/** One series: where its numbers are. */
export class Row {
  block: Block<Row>;
  /** -1 once its table has taken it out, so that no record has its labels: what records do when they are read may remove it. */
  index: number;

  constructor(block: Block<Row>, labelValues: readonly string[]) {
    this.block = block;
    this.index = block.append(this, labelValues);
  }

  /** Whether its table has it: one that was taken away may still be held by who has found it. */
  get isStored(): boolean {
    return this.index >= 0;
  }

  labelValue(place: number): string {
    return this.block.labelValue(this.index, place);
  }

  /** Sets the one number of this row: at once, or when the call is published. */
  set(value: number, call: Stager | undefined): void {
    this.block.set(this.index, value, call);
  }

  add(value: number, call: Stager | undefined): void {
    this.block.add(this.index, value, call);
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
    this.block.table.drop(this);
  }
}
