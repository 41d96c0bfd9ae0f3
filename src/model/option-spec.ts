import { isReservedShort, reservedOptionName } from './builtin-option.js';
import { type Check, type Form, quoteDeclared } from './check.js';
import { optionTypes, type OptionDeclaration, type OptionType } from './declaration.js';
import { nameOf } from './member-name.js';
import { namePatterns, quote, toKebabCase, toVariable } from './name.js';
import { suggest } from './nearest.js';
import type { OptionSpec } from './spec.js';

const shape: Readonly<Record<keyof OptionDeclaration, Form>> = {
  description: 'text',
  name: 'text',
  short: 'text',
  type: 'text',
  choices: 'choices',
  required: 'boolean',
  secret: 'boolean',
  multiple: 'boolean',
  separator: 'string',
  positional: 'boolean',
  env: 'variable',
  parse: 'function',
  schema: 'schema',
};

interface OptionMember {
  readonly member: string;
  readonly declaration: OptionDeclaration;
  /** The field's initial value. */
  readonly initial: unknown;
  /** What reflect-metadata tells of the field's type, if anything. */
  readonly designType: unknown;
  readonly envPrefix: string;
}

/** Makes the spec of an option from what its author wrote, collecting what is wrong. */
export function createOptionSpec(option: OptionMember, check: Check): OptionSpec {
  const { declaration, initial, member } = option;
  if (!check.object(declaration)) return createOptionSpec({ ...option, declaration: { description: '' } }, check.silent());
  const sound = check.shape(declaration, shape);
  if (declaration.description === undefined) {
    check.fault('INVALID_DECLARATION', 'description is missing', 'Say in a few words what the option is for');
  }
  const named = nameOf({ member, declaration, sound, convert: toKebabCase }, check);
  const name = named ?? member;
  const type = typeOf(option, sound, check);
  const spec: OptionSpec = {
    member,
    name,
    short: sound.short,
    aliases: [],
    description: sound.description ?? '',
    type: type ?? 'string',
    choices: sound.choices,
    required: sound.required ?? false,
    secret: sound.secret ?? false,
    multiple: sound.multiple ?? false,
    separator: sound.separator,
    positional: sound.positional ?? false,
    env: sound.env === false ? undefined : (sound.env ?? toVariable(option.envPrefix, name)),
    // A list without a value is an empty one.
    default: initial === undefined && sound.multiple === true && sound.required !== true ? [] : initial,
    range: undefined,
    ignoreCase: false,
    parse: sound.parse,
    schema: sound.schema,
  };
  if (named !== undefined) checkNames(spec, check);
  checkCombination(spec, sound, check);
  if (type !== undefined) checkDefault(spec, check);
  return spec;
}

function checkNames(spec: OptionSpec, check: Check): void {
  check.name(spec.name, 'option name', namePatterns.option);
  if (spec.env !== undefined) check.name(spec.env, 'variable', namePatterns.variable);
  const reserved = reservedOptionName(spec.name);
  if (reserved !== undefined) check.fault('RESERVED_NAME', `--${spec.name} ${reserved}`, 'Choose another name');
  if (spec.short === undefined) return;
  check.name(spec.short, 'short name', namePatterns.short);
  if (isReservedShort(spec.short)) check.fault('RESERVED_NAME', `-${spec.short} is a builtin option's`, 'Choose another letter, or none');
}

function checkCombination(spec: OptionSpec, { type }: Partial<OptionDeclaration>, check: Check): void {
  const choice = typeof spec.choices?.[0];
  const faults: readonly (readonly [boolean, what: string, mend: string])[] = [
    [spec.required && spec.default !== undefined, 'is required and has a default', 'Leave out one of them'],
    [spec.positional && spec.short !== undefined, 'is positional and has a short name', 'Leave out one of them'],
    [spec.positional && spec.type === 'boolean', 'is positional and boolean', 'Make it an option, or give it choices'],
    [spec.multiple && spec.type === 'boolean', 'is a list of booleans', 'Leave out multiple, or choose another type'],
    [spec.parse !== undefined && spec.choices !== undefined, 'has both choices and parse', 'Leave out one of them'],
    [type !== undefined && spec.parse !== undefined, 'has both type and parse', 'Leave out one of them'],
    [
      type !== undefined && spec.choices !== undefined && choice !== valueTypes[type],
      `has choices that are no ${String(type)}`,
      'Leave out the type',
    ],
    [spec.secret && spec.choices !== undefined, 'is secret and has choices, which the help shows', 'Leave out one of them'],
    [spec.separator !== undefined && !spec.multiple, 'has a separator but is no list', 'Add multiple: true, or leave the separator out'],
    [spec.separator === '', 'has an empty separator', 'Leave it out, or give one such as a comma'],
  ];
  for (const [wrong, what, mend] of faults) if (wrong) check.fault('INVALID_DECLARATION', what, mend);
}

/** What the choices of a type are in JavaScript. */
const valueTypes: Readonly<Partial<Record<OptionType, string>>> = {
  string: 'string',
  path: 'string',
  integer: 'number',
  number: 'number',
  duration: 'number',
};

/** What was declared, else what the compiler noted, else the type of the default; never a guess. */
function typeOf(
  { declaration, designType, initial }: OptionMember,
  sound: Partial<OptionDeclaration>,
  check: Check,
): OptionType | undefined {
  // One that has the wrong form was told already, and says nothing of the type.
  const isToldWrong = typeKeys.some((key) => declaration[key] !== undefined && sound[key] === undefined);
  if (isToldWrong) return undefined;
  const { type, choices, parse, schema } = sound;
  if (type !== undefined) {
    if ((optionTypes as readonly unknown[]).includes(type)) return type;
    check.fault('UNKNOWN_TYPE', `unknown option type ${quote(type)}`, suggest(type, optionTypes));
    return undefined;
  }
  if (choices !== undefined) return typeof choices[0] === 'number' ? 'number' : 'string';
  if (parse !== undefined || schema !== undefined) return 'string';
  // Without a default only some compilers would know, and no difference between them may show.
  const noted = initial === undefined && sound.required !== true ? undefined : designType;
  const known =
    typesByClass.find(([constructor]) => constructor === noted)?.[1] ?? typesByTypeof[typeof initial as keyof typeof typesByTypeof];
  if (known !== undefined && sound.multiple !== true) return known;
  check.fault('UNTYPED_OPTION', 'its type cannot be told', `Add type: one of ${optionTypes.join(', ')}; or choices, parse or schema`);
  return undefined;
}

/** What tells the type, without a look at the field. */
const typeKeys = ['type', 'choices', 'parse', 'schema', 'multiple'] as const;

const typesByClass = [
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
] as const;

const typesByTypeof = { string: 'string', number: 'number', boolean: 'boolean' } as const;

function checkDefault(spec: OptionSpec, check: Check): void {
  const { default: initial, multiple } = spec;
  if (initial === undefined || initial === null) return;
  const fault = (mend: string): void => {
    check.fault('INVALID_DEFAULT', `the default ${spec.secret ? '' : `${quoteDeclared(initial)} `}does not fit`, mend);
  };
  if (multiple !== Array.isArray(initial) && spec.schema === undefined && (multiple || spec.parse === undefined)) {
    fault(multiple ? 'Make it a list' : 'Add multiple: true, or give a single value');
    return;
  }
  if (spec.parse !== undefined || spec.schema !== undefined) return;
  const { is, words } = defaultsByType[spec.type];
  for (const one of multiple ? (initial as readonly unknown[]) : [initial]) {
    if (spec.choices !== undefined && !spec.choices.includes(one as string)) fault(`Use one of ${spec.choices.join(', ')}`);
    else if (spec.choices === undefined && !is(one)) fault(`Give ${words}`);
  }
}

const isFinite = (value: unknown): boolean => Number.isFinite(value);
const isString = (value: unknown): boolean => typeof value === 'string';

const defaultsByType: Readonly<Record<OptionType, { is: (value: unknown) => boolean; words: string }>> = {
  string: { is: isString, words: 'a string' },
  integer: { is: Number.isSafeInteger, words: 'a whole number' },
  number: { is: isFinite, words: 'a number' },
  boolean: { is: (value) => typeof value === 'boolean', words: 'true or false' },
  path: { is: isString, words: 'a path' },
  duration: { is: (value) => isFinite(value) && Number(value) >= 0, words: 'milliseconds' },
  yaml: { is: () => true, words: 'any value' },
};
