import type { BlockContent } from './block-content.js';
import { Columns } from './columns.js';
import type { Totals } from './histogram-totals.js';
import type { Hidden, Owner } from './owner.js';
import type { Room } from './room.js';
import { type Claim, RowOwners } from './row-owners.js';
import type { Stage, Staged, Stager, Unset } from './stage.js';
import { Stages } from './stages.js';

/** A row, as its block sees it. */
interface BlockRow<R extends BlockRow<R>> extends Unset {
  block: Block<R>;
  index: number;
  remove(): void;
}

/** A table, as its blocks see it. */
interface Table<R> {
  readonly room: Room;
  /** Takes a row out, for good. */
  drop(row: R): void;
}

export interface BlockShape {
  readonly labelNames: readonly string[];
  /** Numbers a row. */
  readonly width: number;
  readonly hasCreated: boolean;
  /** What the series are called in messages. */
  readonly name: string;
  /** Whether series stay that the last call of their owner did not set again. */
  readonly keepsStale: boolean;
}

/**
 * Some rows of a table: few enough that a change costs little, many enough that a scrape does not count them. Knows who sets
 * what its columns hold.
 */
export class Block<R extends BlockRow<R>> extends Columns implements Staged {
  /** Counts how often rows have left their places: as long as it is the same, all are where they were. */
  departures = 0;
  readonly table: Table<R>;
  readonly #shape: BlockShape;
  readonly #rows: (R | undefined)[] = [];
  readonly #stages = new Stages();
  #owners: RowOwners | undefined;
  #rowCount = 0;

  constructor(shape: BlockShape, table: Table<R>) {
    super(shape, table.room);
    this.table = table;
    this.#shape = shape;
  }

  /** Whether all rows have been taken away. */
  get isEmpty(): boolean {
    return this.#rowCount === 0;
  }

  /** Whether most rows have been taken away, and the others can be moved. */
  get isSparse(): boolean {
    return this.#stages.isEmpty && this.#rowCount * 2 < this.size;
  }

  /** Whether the rows can be moved behind those of another block, which may have this many. */
  canFollow(block: Block<R>, rowsPerBlock: number): boolean {
    return this.#stages.isEmpty && block.size + this.#rowCount <= rowsPerBlock;
  }

  /** Undefined of a place whose row was taken away, which stays empty. */
  rowAt(index: number): R | undefined {
    return this.#rows[index];
  }

  rows(): readonly R[] {
    return this.#rows.filter((row) => row !== undefined);
  }

  /** Adds a row that is not set yet. */
  append(row: R, labelValues: readonly string[], labels?: string): number {
    this.#rows.push(row);
    this.#rowCount += 1;
    return this.addRow(labelValues, labels);
  }

  /** Takes a row away. */
  remove(index: number): void {
    this.unset(index);
    this.#rows[index] = undefined;
    this.#rowCount -= 1;
    this.departures += 1;
  }

  override unset(index: number): void {
    if (this.has(index)) this.#disown(index);
    super.unset(index);
  }

  /** Whether a row is set, and not gone for all but answers under way. */
  tells(index: number): boolean {
    return this.has(index) && !(this.#owners?.isGone(index) && this.#owners.heirOf(index) === undefined);
  }

  /** Sets the number of a row that has one: at once, or when the call is published. */
  set(index: number, value: number, call: Stager | undefined): void {
    if (call === undefined) this.write(index, value);
    else this.stageOf(call)?.set(index, value);
  }

  /** Adds to the number of a row that has one: to what the call has set where there is one, and that is a set, too. */
  add(index: number, value: number, call: Stager | undefined): void {
    if (call === undefined) this.write(index, this.#numberOf(index) + value);
    else {
      const stage = this.stageOf(call);
      stage?.set(index, (stage.valueOf(index) ?? this.#numberOf(index)) + value);
    }
  }

  /** Whether a row is shown, and all are nobody's, so that nothing else has to be known of it to overwrite it. */
  isPlain(index: number): boolean {
    return this.#owners === undefined && this.has(index);
  }

  /** Sets the number of a row that has one, for good. */
  write(index: number, value: number): void {
    if (this.#owners !== undefined) this.#disown(index);
    this.put(index, value);
  }

  writeTotals(index: number, totals: Totals): void {
    this.#disown(index);
    this.putTotals(index, totals);
  }

  /** What a call sets in this block; undefined where the call has ended. */
  stageOf(call: Stager): Stage | undefined {
    return this.#stages.of(call, this);
  }

  openStage(call: Stager): Stage {
    return this.#stages.open(call, this.size);
  }

  closeStage(stage: Stage): void {
    this.#stages.close(stage);
  }

  /** Whether calls that run are about to set or to remove a row; they then see to it themselves. */
  keepForStages(row: R): boolean {
    const calls = this.#stages.callsThatTouch(row.index);
    for (const call of calls) call.addRow(row);
    return calls.length > 0;
  }

  publish(stage: Stage, owner: Owner): void {
    stage.forEach(
      (index, value, totals) => {
        if (this.#rows[index] === undefined || !(this.has(index) || this.room.admits())) return;
        if (this.#owners?.of(index) === owner || this.#claim(index, { owner, value, totals })) this.putEither(index, value, totals);
      },
      (index) => this.#withdraw(index, owner),
    );
  }

  removeStale(owner: Owner, set?: Stage): void {
    for (const index of this.#owners?.takeStale(owner, set) ?? []) this.#handOn(index);
    if (this.#owners?.has(owner) !== true) owner.estate.delete(this);
  }

  /** What is told of a row; 0 where nothing is. */
  #numberOf(index: number): number {
    return this.#owners?.isGone(index) ? (this.#owners.heirOf(index)?.value ?? 0) : (this.values[index] ?? 0);
  }

  /** Takes all that is set, but what an answer leaves out; the same object as long as nothing changes. */
  take(hidden?: Hidden): BlockContent {
    const owners = this.#owners;
    if (hidden === undefined || owners?.hasHidden(hidden) !== true) return this.takeAll();
    return this.takeWithout({
      has: (index) => owners.isHidden(index, hidden),
      substitute: (index) => owners.substitute(index, hidden),
    });
  }

  /** Moves all rows behind those of another block; none of them may be about to be set. */
  moveTo(block: Block<R>): void {
    const isAlone = block.size === 0;
    for (const row of this.rows()) {
      const from = row.index;
      const to = block.append(row, this.labelValuesOf(from), this.labelsOf(from));
      this.copyRow(from, block, to);
      const owner = this.#owners?.of(from);
      if (owner) block.#claim(to, { owner, value: 0, totals: undefined });
      for (const claim of this.#owners?.claimsOf(from) ?? []) block.#claim(to, claim);
      row.block = block;
      row.index = to;
      this.#rows[from] = undefined;
    }
    this.#rowCount = 0;
    this.departures += 1;
    this.#owners = undefined;
    // Nothing has changed for those who read.
    if (isAlone) this.passContent(block);
  }

  /** Makes a row nobody's. */
  #disown(index: number): void {
    this.#owners?.clear(index);
    if (this.#owners?.isEmpty) this.#owners = undefined;
  }

  /** Makes a row an owner's, unless another one has it that goes before; what the other says is noted. */
  #claim(index: number, claim: Claim): boolean {
    const { owner } = claim;
    const owners = (this.#owners ??= new RowOwners(this.#shape.keepsStale));
    const other = owners.of(index);
    owner.add(this, this.#shape.name);
    if (other !== undefined) {
      owner.contest(`${this.#shape.name}{${this.labelsOf(index)}}`, other);
      if (other.rank < owner.rank) {
        owners.claim(index, claim);
        return false;
      }
      owners.claim(index, { owner: other, value: this.values[index] ?? 0, totals: this.totalsOf(index) });
    }
    owners.set(index, owner);
    return true;
  }

  /** Removes a series that an owner has removed, unless it is another one's. */
  #withdraw(index: number, owner: Owner): void {
    const shown = this.#owners?.of(index) ?? owner;
    if (shown === owner) this.#handOn(index);
    else this.#owners?.forget(index, owner);
  }

  /** Gives a row to the next who has set it; removes it where there is none. */
  #handOn(index: number): void {
    const heir = this.#owners?.inherit(index);
    if (heir === undefined) this.#rows[index]?.remove();
    else this.putEither(index, heir.value, heir.totals);
  }
}
