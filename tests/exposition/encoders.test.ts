import { formats } from '../../src/exposition/formats.js';
import { bytesOf, type Piece } from '../../src/exposition/piece.js';
import type { MetricFamily, SeriesBlock } from '../../src/model/metric-family.js';
import { draft, family, nastyDrafts, toFamily } from './families.js';
import { encode, joinPieces, kindOf, nameOf, read } from './read-formats.js';
import { seriesOf } from './reading.js';

const series = (count: number, value = 1) =>
  Array.from({ length: count }, (_, index) => ({ labels: [['i', String(index)]] as const, value }));

/** A gauge with three blocks. */
const before = toFamily(draft('gauge', 'x', { series: series(6) }), 2);
/** A copy with another value in the block at a place. */
function change(one: MetricFamily, at: number): MetricFamily {
  const blocks = (one.blocks as readonly SeriesBlock[]).map((block, place) =>
    place === at ? { ...block, values: block.values.map((value) => value + 1) } : block,
  );
  return { ...one, blocks } as MetricFamily;
}

describe.each(formats.map((format) => [nameOf(format), format] as const))('%s', (_name, format) => {
  const encoder = () => {
    const one = format.createEncoder('dots');
    return (families: readonly MetricFamily[]): readonly Piece[] => [...one.encode(families)].filter((piece) => bytesOf(piece).length > 0);
  };
  const isSame = (one: readonly Piece[], other: readonly Piece[]): readonly boolean[] => other.map((piece, place) => piece === one[place]);

  test('what has not changed is the same piece, also in parts and without series', () => {
    const pieces = encoder();
    const parts = family('histogram', 'p', { series: [{ labels: [], buckets: [[1, 0.5]], sum: NaN, count: 1 }] });
    const families = [before, parts, family('gauge', 'e', { series: [] }), ...nastyDrafts.map((one) => toFamily(one))];
    const first = pieces(families);
    expect(first.length).toBeGreaterThan(families.length);
    expect(isSame(first, pieces([...families]))).toEqual(first.map(() => true));
  });

  test('what has changed is a new piece, and only that', () => {
    const pieces = encoder();
    const first = pieces([before]);
    for (const at of [0, 1, 2]) {
      const after = change(before, at);
      const second = pieces([after]);
      // Protobuf's head stands alone, and text's is part of the first block.
      const heads = kindOf(format) === 'protobuf' ? 1 : 0;
      expect(isSame(first, second).slice(heads, heads + 3)).toEqual([0, 1, 2].map((place) => place !== at));
      expect(joinPieces(second)).toEqual(encode(format, [after], 'dots'));
    }
  });

  test('a head that has changed is written anew', () => {
    const pieces = encoder();
    pieces([before]);
    const after = { ...before, help: 'Another one.' };
    expect(joinPieces(pieces([after]))).toEqual(encode(format, [after], 'dots'));
  });

  test('a family that loses its type, and gets it back, is written anew', () => {
    const pieces = encoder();
    const [x, clash] = [
      family('histogram', 'x', { series: [{ labels: [], buckets: [], sum: 1, count: 1 }] }),
      family('gauge', 'x', { series: series(1) }),
    ];
    for (const families of [[x], [x, clash], [x], [x, clash]]) {
      expect(joinPieces(pieces(families))).toEqual(encode(format, families, 'dots'));
    }
  });

  test('how series are put into blocks does not show', () => {
    const bytes = [1, 2, 3, Infinity].map((length) => encode(format, nastyDrafts.map((one) => toFamily(one, length)))); // prettier-ignore
    for (const other of bytes) expect(other).toEqual(bytes[0]);
  });

  test('who encodes other families in between does no harm', () => {
    const one = format.createEncoder('underscores');
    const families = nastyDrafts.map((one) => toFamily(one, 1));
    const pieces: Buffer[] = [];
    for (const piece of one.encode(families)) {
      pieces.push(bytesOf(piece));
      for (const other of one.encode(families.slice(-2))) expect(bytesOf(other)).toBeInstanceOf(Buffer);
    }
    expect(Buffer.concat(pieces)).toEqual(encode(format, families));
  });

  test('a large family is encoded block by block', () => {
    const blocks = 20;
    const one = toFamily(draft('gauge', 'x', { series: series(blocks) }), 1);
    // Reading a block's labels shows when it is encoded.
    let begun = 0;
    const watched = (one.blocks as readonly SeriesBlock[]).map(({ labels, values }) => ({
      labels: new Proxy(labels, {
        get: (target, key, receiver) => (key === 'length' && begun++, Reflect.get(target, key, receiver)) as unknown,
      }),
      values,
    }));
    const perPiece: number[] = [];
    for (const piece of format.createEncoder('underscores').encode([{ ...one, blocks: watched } as MetricFamily])) {
      bytesOf(piece);
      perPiece.push(begun);
      begun = 0;
    }
    const least = Math.min(...perPiece.filter((count) => count > 0));
    expect(perPiece.filter((count) => count > 0)).toEqual(Array(blocks).fill(least));
  });

  test('ten thousand labels in one series are all there', () => {
    const labels = Array.from({ length: 10_000 }, (_, index) => [`label_${index}`, `ä"\\\n${index}`] as const);
    const [one] = read(format, encode(format, [family('gauge', 'x', { series: [{ labels, value: 1 }] })]));
    expect(one?.samples[0]?.labels).toEqual(Object.fromEntries(labels));
  });

  test('long names and help are whole', () => {
    const [name, help] = ['n'.repeat(100_000), '\\"\n😀'.repeat(20_000)];
    const [one] = read(format, encode(format, [family('gauge', name, { help, series: [] })]));
    expect(one?.name === name && one.help === help).toBe(true);
  });

  test.each([5e-324, 2 ** -1074 * 3, 0.1, 1 / 3, 2 ** 53, 2 ** 53 + 2, 2 ** 64, 1e21, Number.MAX_VALUE, -0, 0, NaN, Infinity, -Infinity])(
    'the value %d is exact',
    (value) => {
      const [one] = read(format, encode(format, [family('gauge', 'x', { series: [{ labels: [], value }] })]));
      expect(one?.samples[0]?.value).toBe(value);
    },
  );

  test('an empty label value and half a character', () => {
    const labels = [
      ['empty', ''],
      ['half', 'a\ud800b'],
    ] as const;
    const [one] = read(format, encode(format, [family('gauge', 'x', { series: [{ labels, value: 1 }] })]));
    expect(one?.samples[0]?.labels).toEqual({ empty: '', half: 'a\ufffdb' });
  });
});

test('every format says the same series, in each escaping', () => {
  const families = nastyDrafts.map((one) =>
    toFamily({ ...one, series: one.series.map((each) => ({ ...each, created: undefined })) } as typeof one),
  );
  for (const escaping of ['underscores', 'dots', 'values'] as const) {
    const [first, ...others] = formats.map((format) => seriesOf(read(format, encode(format, families, escaping))));
    expect(first?.length).toBeGreaterThan(30);
    for (const other of others) expect(other).toEqual(first);
  }
});
