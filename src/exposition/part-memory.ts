/** Remembers what was made of objects, or of one part of them; it forgets with them. */
export class PartMemory<Value> {
  readonly #ofAll = new WeakMap<object, Value>();
  readonly #ofParts: WeakMap<object, Value>[] = [];

  get(from: object, part: number | undefined): Value | undefined {
    return this.#of(part).get(from);
  }

  set(from: object, part: number | undefined, value: Value): void {
    this.#of(part).set(from, value);
  }

  #of(part: number | undefined): WeakMap<object, Value> {
    return part === undefined ? this.#ofAll : (this.#ofParts[part] ??= new WeakMap());
  }
}
