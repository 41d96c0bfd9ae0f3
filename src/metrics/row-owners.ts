import type { Totals } from './histogram-totals.js';
import type { Hidden, Owner, RowSet } from './owner.js';

/** What an owner's last publication says of a row that another owner shows. */
export interface Claim {
  readonly owner: Owner;
  readonly value: number;
  readonly totals: Totals | undefined;
}

/** The owners of the rows of one block; rows that were set outside of calls have none. */
export class RowOwners {
  /** Of each row the one that shows it: the first of those who set it. */
  readonly #owners: (Owner | undefined)[] = [];
  /** How many rows have one. */
  #count = 0;
  /** By row, of the others. Few rows are set by two. */
  readonly #claims = new Map<number, readonly Claim[]>();
  readonly #keepsStale: boolean;

  constructor(keepsStale: boolean) {
    this.#keepsStale = keepsStale;
  }

  /** Whether all rows are nobody's. */
  get isEmpty(): boolean {
    return this.#count === 0 && this.#claims.size === 0;
  }

  of(index: number): Owner | undefined {
    return this.#owners[index];
  }

  /** Makes a row an owner's. */
  set(index: number, owner: Owner): void {
    this.#give(index, owner);
  }

  /** Makes a row nobody's. */
  clear(index: number): void {
    this.#give(index, undefined);
    if (this.#claims.size > 0) this.#claims.delete(index);
  }

  claimsOf(index: number): readonly Claim[] {
    return this.#claims.get(index) ?? [];
  }

  /** Notes what an owner says of a row that another one shows. */
  claim(index: number, claim: Claim): void {
    const others = this.claimsOf(index).filter(({ owner }) => owner !== claim.owner);
    this.#claims.set(
      index,
      [...others, claim].toSorted((one, other) => one.owner.rank - other.owner.rank),
    );
  }

  /** Forgets what an owner says of a row that another one shows. */
  forget(index: number, owner: Owner): void {
    if (this.#claims.size > 0) this.#setClaims(index, this.claimsOf(index).filter((claim) => claim.owner !== owner)); // prettier-ignore
  }

  /** Takes a row from who shows it, and gives it to the next who has set it, if anybody has. */
  inherit(index: number): Claim | undefined {
    const [heir, ...others] = this.claimsOf(index);
    this.#give(index, heir?.owner);
    this.#setClaims(index, others);
    return heir;
  }

  /** The rows of an owner that are stale: all that it has not set just now. What it says of others' rows is forgotten. */
  takeStale(owner: Owner, set: RowSet | undefined): readonly number[] {
    if (this.#keepsStale) return [];
    const stale: number[] = [];
    // All rows are looked at after each call, and mostly none is stale.
    for (let index = 0; index < this.#owners.length; index++) {
      if (this.#owners[index] === owner && set?.has(index) !== true) stale.push(index);
    }
    for (const index of this.#claims.keys()) if (set?.has(index) !== true) this.forget(index, owner);
    return stale;
  }

  has(owner: Owner): boolean {
    return this.#owners.includes(owner) || [...this.#claims.values()].some((claims) => claims.some((claim) => claim.owner === owner));
  }

  /** Whether the series of a row is gone, and still there for answers under way; another one may have set it, too. */
  isGone(index: number): boolean {
    return !this.#keepsStale && this.#owners[index]?.isGone === true;
  }

  /** Who shows a row whose owner is gone; undefined where nobody does. */
  heirOf(index: number): Claim | undefined {
    return this.claimsOf(index).find(({ owner }) => !owner.isGone);
  }

  /** What an answer tells of a row instead of what its owner says, who is left out; undefined where it tells nothing. */
  substitute(index: number, hidden: Hidden): Claim | undefined {
    return this.claimsOf(index).find(({ owner }) => !this.#isLeftOut(owner, hidden));
  }

  /** Whether an answer leaves out the owner of a row. */
  isHidden(index: number, hidden: Hidden): boolean {
    const owner = this.#owners[index];
    return owner !== undefined && this.#isLeftOut(owner, hidden);
  }

  /** Whether an answer leaves out the owner of any row. */
  hasHidden(hidden: Hidden): boolean {
    return hidden.failed.size + hidden.others.size > 0 && this.#owners.some((_owner, index) => this.isHidden(index, hidden));
  }

  #give(index: number, owner: Owner | undefined): void {
    if (this.#owners[index] !== undefined) this.#count -= 1;
    if (owner !== undefined) this.#count += 1;
    this.#owners[index] = owner;
  }

  #isLeftOut(owner: Owner, { failed, others }: Hidden): boolean {
    return others.has(owner) || (!this.#keepsStale && failed.has(owner));
  }

  #setClaims(index: number, claims: readonly Claim[]): void {
    if (claims.length > 0) this.#claims.set(index, claims);
    else this.#claims.delete(index);
  }
}
