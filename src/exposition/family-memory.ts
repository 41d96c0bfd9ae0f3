import type { Piece } from './piece.js';
import type { ShownFamily } from './show-families.js';

interface Made {
  readonly shown: ShownFamily;
  readonly pieces: readonly Piece[];
}

/** After so many bodies in which a family was not, its pieces are given up. */
const mostTurns = 64;

/**
 * Remembers the pieces of each family as it was told last. By name, since what weak maps hold outlives many short collections
 * of garbage, and makes them longer.
 */
export class FamilyMemory {
  #recent = new Map<string, Made>();
  #older: ReadonlyMap<string, Made> = new Map();
  #turns = 0;

  /** Says that another body begins. */
  turn(): void {
    this.#turns += 1;
    if (this.#turns < mostTurns) return;
    this.#turns = 0;
    this.#older = this.#recent;
    this.#recent = new Map();
  }

  /** Undefined for what has changed. */
  get(shown: ShownFamily): readonly Piece[] | undefined {
    let made = this.#recent.get(shown.name);
    if (made === undefined) {
      made = this.#older.get(shown.name);
      if (made !== undefined) this.#recent.set(shown.name, made);
    }
    return made?.shown.family === shown.family && made.shown.onlyPart === shown.onlyPart ? made.pieces : undefined;
  }

  set(shown: ShownFamily, pieces: readonly Piece[]): void {
    this.#recent.set(shown.name, { shown, pieces });
  }
}
