/** The code of one alphabet, by symbol. */
export interface Code {
  /** How many bits; 0 for symbols that do not occur. */
  readonly lengths: Uint8Array;
  /** Ready to be written: deflate has the first bit of a code lowest (RFC 1951, 3.1.1). */
  readonly bits: Uint16Array;
}

/** Creates the best code for symbols that occur so often, none longer than a limit; two symbols at least must occur. */
export function createCode(counts: readonly number[], longest: number): Code {
  let lengths = lengthsOf(counts);
  // Counts that lie closer together make codes that do, too.
  for (let step = 1; Math.max(...lengths) > longest; step++)
    lengths = lengthsOf(counts.map((count) => (count > 0 ? (count >>> step) + 1 : 0)));
  return { lengths, bits: bitsOf(lengths, longest) };
}

interface Tree {
  readonly count: number;
  readonly symbols: readonly number[];
}

/** Huffman's way: the two rarest become one, again and again. */
function lengthsOf(counts: readonly number[]): Uint8Array {
  const lengths = new Uint8Array(counts.length);
  const trees: Tree[] = counts.map((count, symbol) => ({ count, symbols: [symbol] })).filter(({ count }) => count > 0);
  // The rarest last.
  trees.sort((one, other) => other.count - one.count);
  while (trees.length > 1) {
    const [one, other] = [trees.pop()!, trees.pop()!];
    const tree = { count: one.count + other.count, symbols: [...one.symbols, ...other.symbols] };
    for (const symbol of tree.symbols) lengths[symbol]! += 1;
    trees.splice(trees.findLastIndex(({ count }) => count >= tree.count) + 1, 0, tree);
  }
  return lengths;
}

/** Gives codes of the same length in the order of their symbols (RFC 1951, 3.2.2). */
function bitsOf(lengths: Uint8Array, longest: number): Uint16Array {
  const counts = new Uint16Array(longest + 1);
  for (const length of lengths) counts[length]! += 1;
  counts[0] = 0;
  const next = new Uint16Array(longest + 1);
  for (let length = 1; length <= longest; length++) next[length] = 2 * (next[length - 1]! + counts[length - 1]!);
  return Uint16Array.from(lengths, (length) => (length === 0 ? 0 : reverse(next[length]!++, length)));
}

function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let bit = 0; bit < length; bit++) reversed |= ((code >>> bit) & 1) << (length - 1 - bit);
  return reversed;
}
