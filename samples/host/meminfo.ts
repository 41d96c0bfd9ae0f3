/** One line of `/proc/meminfo`. */
export interface MemoryField {
  /** As the kernel writes it: `Active(anon)`. */
  readonly field: string;
  /** As in a metric's name, with the unit where there is one: `Active_anon_bytes`, `HugePages_Total`. */
  readonly name: string;
  /** In bytes, or a plain number. */
  readonly value: number;
}

/** Parses `/proc/meminfo`, whose fields differ from kernel to kernel. */
export function parseMeminfo(text: string): readonly MemoryField[] {
  return text.trimEnd().split('\n').map(parseLine);
}

function parseLine(line: string): MemoryField {
  const [, field, figure, unit] = /^(\S+):\s+(\d+)(?: (kB))?$/.exec(line) ?? [];
  if (field === undefined) throw new Error(`meminfo: ${JSON.stringify(line)} is no field`);
  const value = Number(figure);
  const name = field.replace(/\((.*)\)/, '_$1');
  return unit === undefined ? { field, name, value } : { field, name: `${name}_bytes`, value: value * 1024 };
}
