import { execFileSync } from 'node:child_process';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { DeflateTemplate, Scratch, ShiftTables } from '../../src/exposition/deflate-template.js';
import { formatNumber } from '../../src/exposition/number.js';

const lastBlock = Buffer.from([3, 0]);
const scratch = new Scratch();
const tables = new ShiftTables();

function textOf(texts: readonly string[], numbers: Float64Array): Buffer {
  return Buffer.from(texts.map((text, index) => text + (index < numbers.length ? formatNumber(numbers[index]!) : '')).join(''));
}

/** Makes a template with some numbers, and deflates others with it. */
function deflate(texts: readonly string[], first: Float64Array, numbers: Float64Array) {
  const template = new DeflateTemplate(
    texts.map((text) => Buffer.from(text)),
    first,
    { tables, scratch },
  );
  return template.deflate(numbers, scratch);
}

const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, -2.2250738585072014e-308));
const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\nup{host="a"} ', '\nup{host="b"} ', '# HELP up\n'));

test('whatever the numbers, what is deflated is the text', () => {
  const texts = fc.array(anyText, { minLength: 2, maxLength: 60 });
  const numbers = (count: number) => fc.array(anyNumber, { minLength: count, maxLength: count }).map((all) => Float64Array.from(all));
  fc.assert(
    fc.property(
      texts.chain((all) => fc.tuple(fc.constant(all), numbers(all.length - 1), numbers(all.length - 1))),
      ([all, first, second]) => {
        const text = textOf(all, second);
        const { bytes, length, crc } = deflate(all, first, second);
        expect(inflateRawSync(Buffer.concat([bytes, lastBlock])).equals(text)).toBe(true);
        expect([length, crc]).toEqual([text.length, crc32(text)]);
      },
    ),
    { numRuns: 300 },
  );
});

const count = 1_000;
const lines = Array.from(
  { length: count },
  (_, index) => `${index === 0 ? '' : '\n'}load{host="host-${index}.example.com",shard="${index % 16}"} `,
);
const page = [...lines, '\n'];
const numbersBy = (give: (index: number) => number): Float64Array => Float64Array.from({ length: count }, (_, index) => give(index));

test('parts can follow one another, and a reader of its own can read them', () => {
  const parts = [1, 2, 3].map((seed) => numbersBy((index) => Math.sin(seed * index)));
  const deflated = parts.map((numbers) => deflate(page, parts[0]!, numbers).bytes);
  const whole = Buffer.concat(parts.map((numbers) => textOf(page, numbers)));
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(whole), 0);
  end.writeUInt32LE(whole.length, 4);
  const member = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255]), ...deflated, lastBlock, end]);
  expect(execFileSync('gzip', ['-dc'], { input: member }).equals(whole)).toBe(true);
});

test('it is about as small as zlib makes it at level 1', () => {
  const numbers = numbersBy((index) => Math.round(1e5 * Math.sin(index)) / 100);
  const { bytes } = deflate(
    page,
    numbersBy((index) => Math.round(1e5 * Math.cos(index)) / 100),
    numbers,
  );
  expect(bytes.length).toBeLessThan(1.1 * deflateRawSync(textOf(page, numbers), { level: 1 }).length);
});
