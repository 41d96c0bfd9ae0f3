/** What is found: something that knows its label values. */
interface Leaf {
  /** Only branches have some; to ask for these costs less than to ask for the class. */
  readonly children?: undefined;
  /** @param place that of the label among the label names */
  labelValue(place: number): string;
}

/** Tells leaves apart by the first label in which any of them differ; never of one leaf only. */
class Branch<T> {
  /** That of the label among the label names. */
  readonly place: number;
  readonly children = new Map<string | undefined, Branch<T> | T>();

  constructor(place: number) {
    this.place = place;
  }
}

/** Finds something by its label values, label by label: joined keys could collide, and cost more. */
export class LabelTree<T extends Leaf> {
  readonly #names: readonly string[];
  #root: Branch<T> | T | undefined;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Looks up the values of a record, which has to have all labels and no others; undefined where that is not so, too. */
  find(record: Readonly<Record<string, unknown>>): T | undefined {
    let node = this.#root;
    while (node?.children !== undefined) node = node.children.get(textOf(record[this.#names[node.place]!]));
    return node !== undefined && this.isOf(node, record) ? node : undefined;
  }

  /** Whether a record has the labels of a leaf and no others. */
  isOf(leaf: T, record: Readonly<Record<string, unknown>>): boolean {
    const names = this.#names;
    let place = 0;
    // Mostly the labels stand in the order of their declaration, and what a loop over them reads costs least.
    for (const name in record) {
      if (name !== names[place]) return this.#isOfInAnyOrder(leaf, record);
      if (textOf(record[name]) !== leaf.labelValue(place)) return false;
      place += 1;
    }
    return place === names.length;
  }

  /** Looks up values in the order of the label names. */
  get(values: readonly string[]): T | undefined {
    let node = this.#root;
    while (node?.children !== undefined) node = node.children.get(values[node.place]);
    return node !== undefined && firstDifference(node, values) === -1 ? node : undefined;
  }

  /** Adds something whose values are not there yet. */
  add(leaf: T, values: readonly string[]): void {
    let near = this.#root;
    // Where nothing goes on as the values do, all that is there has the same labels so far.
    while (near?.children !== undefined) near = near.children.get(values[near.place]) ?? first(near.children.values());
    if (near === undefined) {
      this.#root = leaf;
      return;
    }
    const place = firstDifference(near, values);
    let above: Branch<T> | undefined;
    let node = this.#root!;
    while (node.children !== undefined && node.place < place) {
      above = node;
      node = node.children.get(values[node.place])!;
    }
    if (node.children !== undefined && node.place === place) node.children.set(values[place], leaf);
    else {
      const branch = new Branch<T>(place);
      branch.children.set(near.labelValue(place), node).set(values[place], leaf);
      this.#put(above, values, branch);
    }
  }

  /** Removes what has these values. */
  delete(values: readonly string[]): void {
    let [above, over]: (Branch<T> | undefined)[] = [];
    let node = this.#root;
    while (node?.children !== undefined) {
      [above, over] = [over, node];
      node = node.children.get(values[node.place]);
    }
    if (node === undefined || firstDifference(node, values) !== -1) return;
    if (over === undefined) this.#root = undefined;
    else {
      over.children.delete(values[over.place]);
      if (over.children.size === 1) this.#put(above, values, first(over.children.values()));
    }
  }

  #isOfInAnyOrder(leaf: T, record: Readonly<Record<string, unknown>>): boolean {
    let count = 0;
    for (const _ in record) count += 1;
    return count === this.#names.length && this.#names.every((name, place) => textOf(record[name]) === leaf.labelValue(place));
  }

  /** Puts a node where the values lead to from the one above it, if there is one. */
  #put(above: Branch<T> | undefined, values: readonly string[], node: Branch<T> | T): void {
    if (above === undefined) this.#root = node;
    else above.children.set(values[above.place], node);
  }
}

/** The text of a label value, undefined of what is none. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** The first label of which a leaf has another value; -1 for none. */
function firstDifference(leaf: Leaf, values: readonly string[]): number {
  return values.findIndex((value, place) => value !== leaf.labelValue(place));
}

function first<T>(values: Iterable<T>): T {
  for (const value of values) return value;
  throw new Error('There is none.');
}
