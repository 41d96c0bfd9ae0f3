const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
]);

/** `true`, `yes`, `on`, `1` and their opposites in any case → boolean; undefined for anything else. */
export function parseBoolean(text: string): boolean | undefined {
  return booleans.get(text.toLowerCase());
}

/** What is wrong with any other text, and what to write instead. */
export const noBoolean = { what: 'is neither true nor false', mend: `Give one of ${[...booleans.keys()].join(', ')}` } as const;
