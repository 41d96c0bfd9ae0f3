/** Creates a test of whether all texts of a list are ASCII only, which remembers what it has found. */
export function createAsciiTest(): (texts: readonly string[]) => boolean {
  const known = new WeakMap<readonly string[], boolean>();
  return (texts) => {
    let result = known.get(texts);
    if (result === undefined) known.set(texts, (result = texts.every(isAscii)));
    return result;
  };
}

export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** Text that is to be written. */
export interface Text {
  readonly text: string;
  /** Whether it is known to be ASCII only, which costs less to write. */
  readonly isAscii: boolean;
}

export function writeText({ text, isAscii }: Text): Buffer {
  return isAscii ? writeAscii(text) : Buffer.from(text);
}

export function toBytes(text: string): Buffer {
  return writeText({ text, isAscii: isAscii(text) });
}

const pooledLength = 2_048;

/** Writes what is known to be ASCII only. */
export function writeAscii(text: string): Buffer {
  // Node's pool is for what does not last, or is short.
  const bytes = text.length < pooledLength ? Buffer.allocUnsafe(text.length) : Buffer.allocUnsafeSlow(text.length);
  bytes.write(text, 'latin1');
  return bytes;
}
