/** What is measured in units that are as good as any, as prefixes make no base unit of them. */
const baseUnits = [
  'amperes', 'bytes', 'celsius', 'grams', 'hertz', 'joules', 'kelvin', 'meters', 'metres', 'pascals', 'seconds', 'volts', 'watts',
] as const; // prettier-ignore

type BaseUnit = (typeof baseUnits)[number];

const otherUnits: ReadonlyMap<string, BaseUnit> = new Map([
  ['minutes', 'seconds'],
  ['hours', 'seconds'],
  ['days', 'seconds'],
  ['weeks', 'seconds'],
  ['kelvins', 'kelvin'],
  ['fahrenheit', 'celsius'],
  ['rankine', 'celsius'],
  ['inches', 'meters'],
  ['yards', 'meters'],
  ['miles', 'meters'],
  ['bits', 'bytes'],
  ['calories', 'joules'],
  ['pounds', 'grams'],
  ['ounces', 'grams'],
]);

/** Those of SI and of binary numbers, and `mibi`, which is often meant for `mebi`. */
const prefix = /^(?:pico|nano|micro|milli|centi|deci|deca|hecto|kilo|mega|giga|tera|peta|exa|kibi|mebi|mibi|gibi|tebi|pebi|exbi)/;

const units: ReadonlyMap<string, BaseUnit> = new Map([...baseUnits.map((unit) => [unit, unit] as const), ...otherUnits]);

/** The base unit of what a word measures: `milliseconds` → `seconds`; undefined for a word that is no unit. */
export function baseUnitOf(word: string): string | undefined {
  return units.get(word) ?? units.get(word.replace(prefix, ''));
}

/** Which base unit a shortened one stands for. */
const abbreviations: readonly (readonly [shortened: readonly string[], whole: string])[] = [
  [['s', 'ms', 'us', 'ns', 'sec', 'h', 'd'], 'seconds'],
  [['b', 'kb', 'mb', 'gb', 'tb', 'pb'], 'bytes'],
  [['m'], 'seconds or meters'],
];

/** The base unit, in full, of a shortened unit; undefined for another word. */
export function wholeUnitOf(word: string): string | undefined {
  return abbreviations.find(([shortened]) => shortened.includes(word))?.[1];
}
