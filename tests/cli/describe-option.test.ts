import { describeOption } from '../../src/cli/describe-option.js';
import { Check } from '../../src/model/check.js';
import type { OptionDeclaration } from '../../src/model/declaration.js';
import { createOptionSpec } from '../../src/model/option-spec.js';

const describeDefault = (declaration: Partial<OptionDeclaration>, initial: unknown): string => {
  const option = {
    member: 'item',
    declaration: { description: 'an item', env: false as const, ...declaration },
    initial,
    designType: undefined,
    envPrefix: 'X',
  };
  return describeOption(createOptionSpec(option, new Check([], 'X.item')));
};

test.each<[initial: unknown, declaration: Partial<OptionDeclaration>, text: string]>([
  ['Berlin', {}, 'an item  [default: Berlin]'],
  ['', {}, 'an item  [default: ""]'],
  [5, {}, 'an item  [default: 5]'],
  [90_000, { type: 'duration' }, 'an item  [default: 1m30s]'],
  [true, {}, 'an item  [default: true]'],
  [['a', 'b'], { type: 'string', multiple: true }, 'an item  [default: a, b]'],
  [[], { type: 'string', multiple: true }, 'an item'],
  [/^lo$/, { parse: (text) => new RegExp(text) }, 'an item  [default: ^lo$]'],
  [new URL('http://localhost/x'), { parse: (text) => new URL(text) }, 'an item  [default: http://localhost/x]'],
  [12n, { parse: BigInt }, 'an item  [default: 12]'],
  [{ a: 1 }, { parse: JSON.parse }, 'an item'],
  [undefined, { type: 'string', required: true }, 'an item  [required]'],
  ['hunter2', { secret: true }, 'an item'],
])('a default of %p is shown as its operator would write it', (initial, declaration, text) => {
  expect(describeDefault(declaration, initial)).toBe(text);
});
