import { writeLabels } from '../model/labels.js';
import type { Exemplar } from '../model/metric-family.js';
import { type BlockContent, copyAll, copyRows, exemplarsOf, withClaims } from './block-content.js';
import type { Totals } from './histogram-totals.js';
import type { Room } from './room.js';
import type { Claim } from './row-owners.js';
import { grown } from './stage.js';

interface ColumnsShape {
  readonly labelNames: readonly string[];
  /** Numbers a row. */
  readonly width: number;
  readonly hasCreated: boolean;
}

/** Rows that an answer leaves out, unless somebody else has something to say of them. */
interface LeftOut {
  has(index: number): boolean;
  substitute(index: number): Claim | undefined;
}

/** What rows hold, column by column, and what is told of them. */
export class Columns {
  /** All numbers, row by row; whoever changes them calls `touch`. */
  values: Float64Array;
  /** Numbers a row. */
  readonly width: number;
  /** That of all blocks of a table. */
  protected readonly room: Room;
  readonly #labelNames: readonly string[];
  /** Row by row; those of rows that were taken away stay. */
  readonly #labelValues: string[] = [];
  /** As `writeLabels` writes them. */
  readonly #labels: string[] = [];
  readonly #exemplars = new Map<number, Exemplar>();
  #isSet = new Uint8Array(4);
  #created: Float64Array | undefined;
  #totals: (Totals | undefined)[] | undefined;
  #setCount = 0;
  /** Of the rows that are set, as long as these are the same. */
  #shownLabels: readonly string[] | undefined;
  #content: BlockContent | undefined;

  constructor({ labelNames, width, hasCreated }: ColumnsShape, room: Room) {
    this.#labelNames = labelNames;
    this.width = width;
    this.room = room;
    this.values = new Float64Array(4 * width);
    if (hasCreated) this.#created = new Float64Array(4);
  }

  /** How many rows there have been. */
  get size(): number {
    return this.#labels.length;
  }

  labelsOf(index: number): string {
    return this.#labels[index] ?? '';
  }

  /** @param place that of the label among the label names */
  labelValue(index: number, place: number): string {
    return this.#labelValues[index * this.#labelNames.length + place]!;
  }

  labelValuesOf(index: number): readonly string[] {
    const { length } = this.#labelNames;
    return this.#labelValues.slice(index * length, (index + 1) * length);
  }

  has(index: number): boolean {
    return this.#isSet[index] === 1;
  }

  /** Makes a row be shown; tells whether it is, since there may be no room for it. */
  markSet(index: number): boolean {
    if (this.#isSet[index] === 1) return true;
    if (!this.room.take()) return false;
    this.#show(index);
    return true;
  }

  /** Makes a row be shown no longer. */
  unset(index: number): void {
    if (this.#isSet[index] !== 1) return;
    this.room.free();
    this.#isSet[index] = 0;
    this.#numbersOf(index).fill(0);
    if (this.#totals) this.#totals[index] = undefined;
    for (const [offset] of this.#exemplarsOf(index)) this.#exemplars.delete(index * this.width + offset);
    this.#setCount -= 1;
    this.#shownLabels = undefined;
    this.#content = undefined;
  }

  writeExemplar(place: number, exemplar: Exemplar): void {
    this.#exemplars.set(place, exemplar);
    this.#content = undefined;
  }

  /** Changes the one number of a row that is shown. */
  overwrite(index: number, value: number): void {
    if (areSame(this.values[index]!, value)) return;
    this.values[index] = value;
    this.#content = undefined;
  }

  /** Says that values have changed. */
  touch(): void {
    this.#content = undefined;
  }

  /** Adds a row that is not set yet. */
  protected addRow(labelValues: readonly string[], labels = this.#write(labelValues)): number {
    const index = this.#labels.push(labels) - 1;
    this.#labelValues.push(...labelValues);
    if (index >= this.#isSet.length) this.#grow(this.#isSet.length * 2);
    return index;
  }

  protected totalsOf(index: number): Totals | undefined {
    return this.#totals?.[index];
  }

  protected put(index: number, value: number): void {
    if (this.markSet(index)) this.overwrite(index, value);
  }

  protected putTotals(index: number, totals: Totals): void {
    if (!this.markSet(index)) return;
    this.#totals ??= [];
    this.#totals[index] = totals;
    this.#content = undefined;
  }

  protected putEither(index: number, value: number, totals: Totals | undefined): void {
    if (totals === undefined) this.put(index, value);
    else this.putTotals(index, totals);
  }

  /** Copies a row into one of others that is not set yet; it keeps the room that it has. */
  protected copyRow(from: number, others: Columns, to: number): void {
    others.values.set(this.#numbersOf(from), to * this.width);
    if (this.has(from)) others.#show(to, this.#created?.[from] ?? 0);
    const totals = this.totalsOf(from);
    if (totals) others.putTotals(to, totals);
    for (const [offset, exemplar] of this.#exemplarsOf(from)) others.writeExemplar(to * this.width + offset, exemplar);
  }

  /** Lets others tell what these have told, where they hold the same. */
  protected passContent(others: Columns): void {
    others.#content = this.#content;
    others.#shownLabels = this.#shownLabels;
  }

  /** Takes all that is set; the same object as long as nothing changes. */
  protected takeAll(): BlockContent {
    this.#content ??= this.#copy();
    return this.#content;
  }

  /** Takes what is set, but what is left out. */
  protected takeWithout(leftOut: LeftOut): BlockContent {
    const rows = this.#setRows().filter((index) => !leftOut.has(index) || leftOut.substitute(index) !== undefined);
    const claims = rows.map((index) => (leftOut.has(index) ? leftOut.substitute(index) : undefined));
    return withClaims(copyRows(this.#parts(rows.map((index) => this.labelsOf(index))), rows), claims);
  }

  #write(labelValues: readonly string[]): string {
    return writeLabels(this.#labelNames.map((name, place) => [name, labelValues[place] ?? '']));
  }

  #copy(): BlockContent {
    const rows = this.#setCount === this.size ? undefined : this.#setRows();
    this.#shownLabels ??= rows?.map((index) => this.labelsOf(index)) ?? this.#labels.slice();
    const parts = this.#parts(this.#shownLabels);
    return rows === undefined ? copyAll(parts) : copyRows(parts, rows);
  }

  #setRows(): readonly number[] {
    return [...this.#labels.keys()].filter((index) => this.has(index));
  }

  #parts(labels: readonly string[]) {
    const { width, values } = this;
    return { labels, width, values, totals: this.#totals, exemplars: this.#exemplars, created: this.#created };
  }

  /** @param created in seconds since the epoch; default: now */
  #show(index: number, created?: number): void {
    this.#isSet[index] = 1;
    if (this.#created) this.#created[index] = created ?? Date.now() / 1_000;
    this.#setCount += 1;
    this.#shownLabels = undefined;
    this.#content = undefined;
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
