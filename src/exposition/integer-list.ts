/** Integers of 32 bits, in room that grows and is used again. */
export class IntegerList {
  #room = new Int32Array(4_096);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  at(place: number): number {
    return this.#room[place]!;
  }

  clear(): void {
    this.#length = 0;
  }

  push(integer: number): void {
    if (this.#length === this.#room.length) this.#grow();
    this.#room[this.#length++] = integer;
  }

  toArray(): Int32Array {
    return this.#room.slice(0, this.#length);
  }

  #grow(): void {
    const full = this.#room;
    this.#room = new Int32Array(2 * full.length);
    this.#room.set(full);
  }
}
