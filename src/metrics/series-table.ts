import { Block, type BlockShape } from './block.js';
import type { BlockContent } from './block-content.js';
import type { Call } from './call.js';
import { LabelTree } from './label-tree.js';
import type { Hidden } from './owner.js';
import { Room, type SeriesLimit } from './room.js';
import { Row } from './row.js';

/** So many lines are rendered in well under a millisecond, and compressed well. */
const linesPerBlock = 1_024;
const fewestRowsPerBlock = 16;

interface TableShape extends BlockShape {
  /** Default: none. */
  readonly limit?: SeriesLimit | undefined;
}

/** The series of one metric: found by their label values, kept in blocks in the order of their creation. */
export class SeriesTable {
  readonly #shape: TableShape;
  readonly #rowsPerBlock: number;
  readonly #index: LabelTree<Row>;
  readonly room: Room;
  #blocks: Block<Row>[] = [];
  /** What was found last by a record. */
  #last: Row | undefined;
  /** How far behind it the next one may stand; undefined where there is no saying. */
  #step: number | undefined;
  /** The only row of a metric without labels. */
  #only: Row | undefined;
  /** How many rows there are, those included that calls are about to set. */
  #size = 0;

  constructor(shape: TableShape) {
    this.#shape = shape;
    this.#rowsPerBlock = Math.max(fewestRowsPerBlock, Math.floor(linesPerBlock / shape.width));
    this.#index = new LabelTree(shape.labelNames);
    this.room = new Room(shape.limit);
  }

  /** Returns the series with the labels of a record, which has been set before; undefined if there is none, or another fault. */
  find(record: Readonly<Record<string, unknown>>): Row | undefined {
    if (this.#shape.labelNames.length === 0) return undefined;
    const likely = this.#likely();
    if (likely !== undefined && this.#index.isOf(likely, record)) return (this.#last = likely);
    const row = this.#index.find(record);
    if (row !== undefined) this.#note(row);
    return row;
  }

  /** Returns the series with these values, in the order of the label names. */
  get(values: readonly string[]): Row | undefined {
    return values.length === 0 ? this.#only : this.#index.get(values);
  }

  /**
   * Returns the series with these values; creates it if there is none, not yet set. Undefined where there is no room for it, and
   * where the call that it is created for has ended.
   */
  obtain(values: readonly string[], call: Call | undefined): Row | undefined {
    const known = this.get(values);
    if (known !== undefined) return known;
    // What a call sets shows when it is published, and what it did not set again has made room by then.
    if (!this.room.admits(call && this.#size - this.room.taken)) return undefined;
    const row = new Row(this.#blockWithRoom(), values);
    if (values.length === 0) this.#only = row;
    else this.#index.add(row, values);
    this.#size += 1;
    call?.addRow(row);
    return row.isStored ? row : undefined;
  }

  /** Takes a row out, for good. */
  drop(row: Row): void {
    this.#size -= 1;
    if (row === this.#only) this.#only = undefined;
    else this.#index.delete(row.block.labelValuesOf(row.index));
    row.block.remove(row.index);
    row.index = -1;
  }

  rows(): readonly Row[] {
    return this.#blocks.flatMap((block) => block.rows());
  }

  /** What all blocks hold, in the order of the creation of their series. */
  take(hidden?: Hidden): readonly BlockContent[] {
    if (this.#blocks.some((block) => block.isEmpty || block.isSparse)) this.#tidy();
    return this.#blocks.map((block) => block.take(hidden)).filter(({ labels }) => labels.length > 0);
  }

  /** Whoever sets all series goes from one to the next, and whoever counts comes back to the same. */
  #likely(): Row | undefined {
    return this.#step === undefined ? undefined : this.#last?.block.rowAt(this.#last.index + this.#step);
  }

  #note(row: Row): void {
    const last = this.#last;
    const step = last === undefined ? 1 : row.index - last.index;
    this.#step = step === 0 || step === 1 ? step : undefined;
    this.#last = row;
  }

  #blockWithRoom(): Block<Row> {
    // Here too, since there may be no scrapes.
    if (this.#isFull()) this.#tidy();
    if (this.#isFull()) this.#blocks.push(new Block<Row>(this.#shape, this));
    return this.#blocks.at(-1)!;
  }

  #isFull(): boolean {
    return (this.#blocks.at(-1)?.size ?? Infinity) >= this.#rowsPerBlock;
  }

  /** Gives the room of series that are gone to others. */
  #tidy(): void {
    const kept: Block<Row>[] = [];
    for (const block of this.#blocks) {
      if (block.isEmpty) continue;
      const last = kept.at(-1);
      if (last !== undefined && block.canFollow(last, this.#rowsPerBlock)) block.moveTo(last);
      else if (block.isSparse) {
        const dense = new Block<Row>(this.#shape, this);
        block.moveTo(dense);
        kept.push(dense);
      } else kept.push(block);
    }
    this.#blocks = kept;
  }
}
