import fc from 'fast-check';
import protobuf from 'protobufjs';
import { WireWriter } from '../../src/exposition/wire.js';

test.each([
  [0, '00'],
  [1, '01'],
  [127, '7f'],
  [128, '8001'],
  [300, 'ac02'],
  [2 ** 32, '8080808010'],
  [2 ** 53 - 1, 'ffffffffffffff0f'],
  [2 ** 63, '80808080808080808001'],
  [2 ** 64 - 2048, '80f0ffffffffffffff01'],
])('%d is a varint of its bytes', (value, hex) => {
  const writer = new WireWriter();
  expect(writer.collect(() => writer.varint(value)).toString('hex')).toBe(hex);
});

test('fields are those that another library reads', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 20_000 }));
  const writer = new WireWriter();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 15 }), fc.maxSafeNat(), fc.double(), text, (field, integer, double, string) => {
      const bytes = writer.collect(() => {
        const start = writer.begin(field);
        writer.integer(field, integer);
        writer.double(field, double);
        writer.text(field, string);
        writer.end(start);
      });
      const reader = protobuf.Reader.create(bytes);
      expect([reader.uint32(), reader.uint32()]).toEqual([(field << 3) | 2, bytes.length - reader.pos]);
      expect([reader.uint32(), Number(reader.uint64())]).toEqual([field << 3, integer]);
      expect([reader.uint32(), reader.double()]).toEqual([(field << 3) | 1, double]);
      expect([reader.uint32(), reader.string()]).toEqual([(field << 3) | 2, string]);
      expect(reader.pos).toBe(bytes.length);
    }),
  );
});

test('messages in messages have the lengths of what is in them, however long', () => {
  const writer = new WireWriter();
  for (const length of [0, 1, 123, 124, 125, 126, 127, 128, 16_379, 16_380, 16_381, 16_384, 70_000]) {
    const bytes = writer.collect(() => {
      const outer = writer.begin(1);
      const inner = writer.begin(2);
      writer.fields(Buffer.alloc(length, 7), 0, length);
      writer.end(inner);
      writer.end(outer);
    });
    const reader = protobuf.Reader.create(bytes);
    expect([reader.uint32(), reader.uint32()]).toEqual([0x0a, bytes.length - reader.pos]);
    expect([reader.uint32(), reader.bytes().length]).toEqual([0x12, length]);
    expect(reader.pos).toBe(bytes.length);
  }
});

test('what was taken is not written over', () => {
  const writer = new WireWriter();
  const first = writer.collect(() => writer.text(1, 'one'));
  writer.collect(() => writer.text(1, 'two'));
  expect(first.toString('latin1')).toBe('\n\u0003one');
});
