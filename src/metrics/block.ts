import type { Exemplar } from '../model/metric-family.js';
import { type BlockContent, copyAll, copyRows, exemplarsOf, withClaims } from './block-content.js';
import type { Totals } from './histogram-totals.js';
import type { Hidden, Owner } from './owner.js';
import { Room } from './room.js';
import { type Claim, RowOwners } from './row-owners.js';
import { grown, type Stage, type Staged, type Stager, type Unset } from './stage.js';
import { Stages } from './stages.js';

/** A row, as its block sees it. */
interface BlockRow<R extends BlockRow<R>> extends Unset {
  block: Block<R>;
  index: number;
  remove(): void;
}

export interface BlockShape {
  /** Numbers a row. */
  readonly width: number;
  readonly hasCreated: boolean;
  /** What the series are called in messages. */
  readonly name: string;
  /** Whether series stay that the last call of their owner did not set again. */
  readonly keepsStale: boolean;
}

/** Some rows of a table: few enough that a change costs little, many enough that a scrape does not count them. */
export class Block<R extends BlockRow<R>> implements Staged {
  /** All numbers, row by row; whoever changes them calls `touch`. */
  values: Float64Array;
  /** Counts how often rows have left their places: as long as it is the same, all are where they were. */
  departures = 0;
  readonly #shape: BlockShape;
  /** That of all blocks of a table. */
  readonly #room: Room;
  readonly #rows: (R | undefined)[] = [];
  readonly #labels: string[] = [];
  readonly #exemplars = new Map<number, Exemplar>();
  readonly #stages = new Stages();
  #isSet = new Uint8Array(4);
  #created: Float64Array | undefined;
  #totals: (Totals | undefined)[] | undefined;
  #owners: RowOwners | undefined;
  #setCount = 0;
  #rowCount = 0;
  /** Of the rows that are set, as long as these are the same. */
  #shownLabels: readonly string[] | undefined;
  #content: BlockContent | undefined;

  constructor(shape: BlockShape, room = new Room()) {
    this.#shape = shape;
    this.#room = room;
    this.values = new Float64Array(4 * shape.width);
    if (shape.hasCreated) this.#created = new Float64Array(4);
  }

  /** Numbers a row. */
  get width(): number {
    return this.#shape.width;
  }

  /** How many rows there have been. */
  get size(): number {
    return this.#rows.length;
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

  rows(): readonly R[] {
    return this.#rows.filter((row) => row !== undefined);
  }

  labelsOf(index: number): string {
    return this.#labels[index] ?? '';
  }

  has(index: number): boolean {
    return this.#isSet[index] === 1;
  }

  /** Adds a row that is not set yet. */
  add(row: R, labels: string): number {
    const index = this.#rows.push(row) - 1;
    this.#labels.push(labels);
    this.#rowCount += 1;
    if (index >= this.#isSet.length) this.#grow(this.#isSet.length * 2);
    return index;
  }

  /** Takes a row away; its place stays empty. */
  remove(index: number): void {
    this.unset(index);
    this.#rows[index] = undefined;
    this.#rowCount -= 1;
    this.departures += 1;
  }

  /** Makes a row be shown; tells whether it is, since there may be no room for it. */
  markSet(index: number): boolean {
    if (this.#isSet[index] === 1) return true;
    if (!this.#room.take()) return false;
    this.#show(index);
    return true;
  }

  /** @param created in seconds since the epoch; default: now */
  #show(index: number, created?: number): void {
    this.#isSet[index] = 1;
    if (this.#created) this.#created[index] = created ?? Date.now() / 1_000;
    this.#setCount += 1;
    this.#shownLabels = undefined;
    this.#content = undefined;
  }

  /** Makes a row be shown no longer. */
  unset(index: number): void {
    if (this.#isSet[index] !== 1) return;
    this.#room.free();
    this.#isSet[index] = 0;
    this.#numbersOf(index).fill(0);
    if (this.#totals) this.#totals[index] = undefined;
    this.#owners?.clear(index);
    for (const [offset] of this.#exemplarsOf(index)) this.#exemplars.delete(index * this.width + offset);
    this.#setCount -= 1;
    this.#shownLabels = undefined;
    this.#content = undefined;
  }

  /** Whether a row is set, and not gone for all but answers under way. */
  tells(index: number): boolean {
    return this.has(index) && !(this.#owners?.isGone(index) && this.#owners.heirOf(index) === undefined);
  }

  /** The number that is told of a row that has one; 0 where none is. */
  numberOf(index: number): number {
    return this.#owners?.isGone(index) ? (this.#owners.heirOf(index)?.value ?? 0) : (this.values[index] ?? 0);
  }

  /** Sets the number of a row that has one, for good. */
  write(index: number, value: number): void {
    this.#owners?.clear(index);
    this.#put(index, value);
  }

  #put(index: number, value: number): void {
    if (this.#isSet[index] !== 1) {
      if (!this.markSet(index)) return;
    } else if (areSame(this.values[index]!, value)) return;
    this.values[index] = value;
    this.#content = undefined;
  }

  #putEither(index: number, value: number, totals: Totals | undefined): void {
    if (totals === undefined) this.#put(index, value);
    else this.#putTotals(index, totals);
  }

  /** Makes a call set the number of a row that has one. */
  stage(index: number, value: number, call: Stager): void {
    this.#stages.of(call, this)?.set(index, value);
  }

  /** What a call sets in this block; undefined where the call has ended. */
  stageOf(call: Stager): Stage | undefined {
    return this.#stages.of(call, this);
  }

  writeTotals(index: number, totals: Totals): void {
    this.#owners?.clear(index);
    this.#putTotals(index, totals);
  }

  #putTotals(index: number, totals: Totals): void {
    if (!this.markSet(index)) return;
    this.#totals ??= [];
    this.#totals[index] = totals;
    this.#content = undefined;
  }

  writeExemplar(place: number, exemplar: Exemplar): void {
    this.#exemplars.set(place, exemplar);
    this.#content = undefined;
  }

  /** Says that values have changed. */
  touch(): void {
    this.#content = undefined;
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
        if (this.#rows[index] === undefined || !(this.has(index) || this.#room.admits())) return;
        if (this.#owners?.of(index) === owner || this.#claim(index, { owner, value, totals })) this.#putEither(index, value, totals);
      },
      (index) => this.#withdraw(index, owner),
    );
  }

  removeStale(owner: Owner, set?: Stage): void {
    for (const index of this.#owners?.takeStale(owner, set) ?? []) this.#handOn(index);
    if (this.#owners?.has(owner) !== true) owner.estate.delete(this);
  }

  /** Takes all that is set, but what an answer leaves out; the same object as long as nothing changes. */
  take(hidden?: Hidden): BlockContent {
    if (hidden !== undefined && this.#owners?.hasHidden(hidden)) return this.#takeContent(hidden);
    this.#content ??= this.#takeContent();
    return this.#content;
  }

  /** Moves all rows behind those of another block; none of them may be about to be set. */
  moveTo(block: Block<R>): void {
    const isAlone = block.size === 0;
    for (const row of this.rows()) {
      const from = row.index;
      const to = block.add(row, this.labelsOf(from));
      block.values.set(this.#numbersOf(from), to * this.width);
      // It keeps the room that it has.
      if (this.has(from)) block.#show(to, this.#created?.[from] ?? 0);
      const totals = this.#totals?.[from];
      if (totals) block.writeTotals(to, totals);
      const owner = this.#owners?.of(from);
      if (owner) block.#claim(to, { owner, value: 0, totals: undefined });
      for (const claim of this.#owners?.claimsOf(from) ?? []) block.#claim(to, claim);
      for (const [offset, exemplar] of this.#exemplarsOf(from)) block.writeExemplar(to * this.width + offset, exemplar);
      row.block = block;
      row.index = to;
      this.#rows[from] = undefined;
    }
    this.#rowCount = 0;
    this.departures += 1;
    this.#owners = undefined;
    if (isAlone) {
      // Nothing has changed for those who read.
      block.#content = this.#content;
      block.#shownLabels = this.#shownLabels;
    }
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
      owners.claim(index, { owner: other, value: this.values[index] ?? 0, totals: this.#totals?.[index] });
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
    else this.#putEither(index, heir.value, heir.totals);
  }

  #takeContent(hidden?: Hidden): BlockContent {
    const isWhole = this.#setCount === this.size && hidden === undefined;
    const isShown = (index: number): boolean =>
      this.has(index) && !(hidden && this.#owners?.isHidden(index, hidden) && !this.#owners.substitute(index, hidden));
    const rows = isWhole ? undefined : [...this.#rows.keys()].filter(isShown);
    const labels = (!hidden && this.#shownLabels) || (rows?.map((index) => this.labelsOf(index)) ?? this.#labels.slice());
    if (!hidden) this.#shownLabels = labels;
    const parts = {
      labels,
      width: this.width,
      values: this.values,
      totals: this.#totals,
      exemplars: this.#exemplars,
      created: this.#created,
    };
    if (rows === undefined) return copyAll(parts);
    const claims =
      hidden && rows.map((index) => (this.#owners?.isHidden(index, hidden) ? this.#owners.substitute(index, hidden) : undefined));
    return withClaims(copyRows(parts, rows), claims);
  }

  #numbersOf(index: number): Float64Array {
    return this.values.subarray(index * this.width, (index + 1) * this.width);
  }

  /** By place in the row. */
  #exemplarsOf(index: number): readonly (readonly [number, Exemplar])[] {
    return exemplarsOf(this.#exemplars, index, this.width);
  }

  #grow(capacity: number): void {
    this.#isSet = grown(this.#isSet, new Uint8Array(capacity));
    this.values = grown(this.values, new Float64Array(capacity * this.width));
    if (this.#created) this.#created = grown(this.#created, new Float64Array(capacity));
  }
}

/** As Object.is, which costs many times more where numbers may be anything. */
function areSame(one: number, other: number): boolean {
  return one === other ? one !== 0 || 1 / one === 1 / other : one !== one && other !== other;
}
