import { inflateRawSync } from 'node:zlib';
import { type Outline, Page, type Piece, type Shape } from '../../src/exposition/piece.js';
import { Templates } from '../../src/exposition/templates.js';

/** A shape of one line, which counts how often it is described. */
function createShape({ texts = ['up ', '\n'], places = [0] }: Partial<Outline> = {}): Shape & { described: number } {
  return {
    expectedLength: 5,
    described: 0,
    describe() {
      this.described += 1;
      return { texts, places };
    },
  };
}

const page = (shape: Shape, ...values: number[]): Page =>
  new Page(
    () => shape,
    Float64Array.from(values),
    () => ({ text: 'not to be rendered', isAscii: true }),
  );
const inflate = (templates: Templates, pieces: readonly Piece[]): string | undefined => {
  const deflated = templates.deflate(pieces);
  return deflated && inflateRawSync(Buffer.concat([deflated.bytes, Buffer.from([3, 0])])).toString();
};

test('the second time that a shape comes there is a template, which is made once', () => {
  const templates = new Templates();
  const shape = createShape();
  expect(inflate(templates, [page(shape, 1)])).toBeUndefined();
  expect(shape.described).toBe(0);
  expect([2, 3.5, NaN].map((value) => inflate(templates, [page(shape, value)]))).toEqual(['up 2\n', 'up 3.5\n', 'up NaN\n']);
  expect(shape.described).toBe(1);
});

test('pieces follow one another, bytes among them, each with its own numbers', () => {
  const templates = new Templates();
  const [one, other] = [createShape(), createShape({ texts: ['a ', '\nb ', '\n'], places: [1, 0] })];
  const end = Buffer.from('# “EOF”\n');
  const pieces = (value: number): readonly Piece[] => [page(one, value), page(other, value + 1, value + 2), end];
  templates.deflate(pieces(1));
  expect(inflate(templates, pieces(7))).toBe('up 7\na 9\nb 8\n# “EOF”\n');
});

test('other shapes in between, or in another order, have none', () => {
  const templates = new Templates();
  const [one, other] = [createShape(), createShape()];
  for (const pieces of [[page(one, 1)], [page(one, 1), page(other, 1)], [page(other, 1), page(one, 1)]] as const) {
    expect(templates.deflate(pieces)).toBeUndefined();
  }
  expect(inflate(templates, [page(one, 3)])).toBe('up 3\n');
});

test('there is none where there are no numbers, nor for very long texts', () => {
  const templates = new Templates();
  const long = createShape({ texts: [`up{a="${'x'.repeat(10_000)}"} `, '\n'] });
  for (const pieces of [[Buffer.from('a\n')], [page(long, 1)]] as const) {
    expect([1, 2, 3].map(() => templates.deflate(pieces))).toEqual([undefined, undefined, undefined]);
  }
});

test('lists that begin alike and come in turn keep their templates', () => {
  const templates = new Templates();
  const [one, other] = [createShape(), createShape()];
  const lists = [[one], [one, other]] as const;
  for (let round = 0; round < 4; round++) for (const list of lists) templates.deflate(list.map((shape) => page(shape, round)));
  expect([one.described, other.described]).toEqual([2, 1]);
  expect(inflate(templates, [page(one, 9), page(other, 8)])).toBe('up 9\nup 8\n');
});
