const firstCapacity = 16_384;

/** Writes protobuf's wire format to bytes that grow. Fields have numbers below 16, whose tags take one byte. */
export class WireWriter {
  #bytes = Buffer.allocUnsafeSlow(firstCapacity);
  #view = viewOf(this.#bytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  double(field: number, value: number): void {
    this.#reserve(9);
    this.#bytes[this.#length] = (field << 3) | 1;
    this.#view.setFloat64(this.#length + 1, value, true);
    this.#length += 9;
  }

  /** Takes a whole number from 0; one above 2^53 is as exact as it is. */
  integer(field: number, value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = field << 3;
    this.varint(value);
  }

  text(field: number, text: string): void {
    const length = Buffer.byteLength(text);
    this.#reserve(1);
    this.#bytes[this.#length++] = (field << 3) | 2;
    this.varint(length);
    this.#reserve(length);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Begins a message inside of the one being written; what it returns goes to `end`. */
  begin(field: number): number {
    this.#reserve(2);
    this.#bytes[this.#length++] = (field << 3) | 2;
    // Where the length will stand: most need one byte.
    return this.#length++;
  }

  end(start: number): void {
    const length = this.#length - start - 1;
    if (length > 0x7f) {
      const more = varintLength(length) - 1;
      this.#reserve(more);
      this.#bytes.copyWithin(start + 1 + more, start + 1, this.#length);
    }
    this.#length = start;
    this.varint(length);
    this.#length += length;
  }

  /** Takes fields that are written already. */
  fields(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    const target = this.#bytes;
    const shift = this.#length - start;
    // For as few bytes as labels have, a loop is faster than a copy by the engine.
    for (let place = start; place < end; place++) target[place + shift] = bytes[place]!;
    this.#length += end - start;
  }

  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    // Both are exact, however large the number: its lower bits are zeros then.
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
    this.#bytes[this.#length++] = rest;
  }

  /** Returns what is written meanwhile, and forgets it. */
  collect(write: () => void): Buffer {
    this.#length = 0;
    write();
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #reserve(length: number): void {
    const needed = this.#length + length;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(2 * needed);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
    this.#view = viewOf(grown);
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 0x80)) length++;
  return length;
}
