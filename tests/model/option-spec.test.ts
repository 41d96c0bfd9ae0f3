import { optionFaults } from './declared.js';

const good = { description: 'd' };
const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;
const cyclicList: unknown[] = [];
cyclicList.push(cyclicList);
const choicesRule = 'Give a list of strings or a list of numbers, not empty';

test.each<[object, string]>([
  [{ ...good, choices: 5 }, `INVALID_DECLARATION choices is 5. ${choicesRule}`],
  [{ ...good, choices: [NaN] }, `INVALID_DECLARATION choices is [NaN]. ${choicesRule}`],
  [{ ...good, choices: cyclicList }, `INVALID_DECLARATION choices is [an object]. ${choicesRule}`],
  [{ ...good, type: 5 }, 'INVALID_DECLARATION type is 5. Give a text that is not empty'],
  [{ ...good, type: 'toString' }, 'UNKNOWN_TYPE unknown option type "toString". Use one of string, integer, number, boolean, path, duration, yaml'],
  [{ ...good, parse: 'x' }, 'INVALID_DECLARATION parse is "x". Give a function'],
  [{ ...good, schema: 5 }, 'INVALID_DECLARATION schema is 5. Give a Standard Schema, such as one made by zod or valibot'],
  [{ ...good, multiple: 'yes' }, 'INVALID_DECLARATION multiple is "yes". Give true or false'],
  [{ ...good, short: {} }, 'INVALID_DECLARATION short is {}. Give a text that is not empty'],
  [{ ...good, name: 5 }, 'INVALID_DECLARATION name is 5. Give a text that is not empty'],
  [{ ...good, env: {} }, 'INVALID_DECLARATION env is {}. Give the name of a variable, or false for none'],
  [{}, 'INVALID_DECLARATION description is missing. Say in a few words what the option is for'],
  [{ description: 5 }, 'INVALID_DECLARATION description is 5. Give a text that is not empty'],
])('one mistake of an option is told once, whatever JavaScript gives (%#)', (declaration, fault) => {
  expect(optionFaults(declaration)).toEqual([fault]);
}); // prettier-ignore

test('keys that every object inherits are unknown', () => {
  expect(optionFaults({ ...good, toString: 1 })).toEqual([expect.stringMatching(/^UNKNOWN_KEY unknown key "toString"\. /)]);
});

test.each([[undefined, 'undefined'], ['city', '"city"'], [5, '5'], [NaN, 'NaN']])('a declaration that is no object is one mistake (%#)', (declaration, quoted) => {
  expect(optionFaults(declaration, 5)).toEqual([`INVALID_DECLARATION declaration is ${quoted}. Give an object`]);
}); // prettier-ignore

test.each<[object, unknown, string]>([
  [{ type: 'number' }, NaN, 'the default NaN does not fit. Give a number'],
  [{ type: 'number' }, -Infinity, 'the default -Infinity does not fit. Give a number'],
  [{ type: 'integer', multiple: true }, [1, NaN], 'the default [1,NaN] does not fit. Give a whole number'],
  [{ type: 'integer' }, cyclic, 'the default an object does not fit. Give a whole number'],
  [{ type: 'integer' }, cyclicList, 'the default [an object] does not fit. Add multiple: true, or give a single value'],
  [{ type: 'number', secret: true }, NaN, 'the default does not fit. Give a number'],
])('a default that does not fit is shown as it is (%#)', (declaration, initial, message) => {
  expect(optionFaults({ ...good, ...declaration }, initial)).toEqual([`INVALID_DEFAULT ${message}`]);
});

test.each(['größe', '都市', '$'])('of the member %p no name is made', (member) => {
  expect(optionFaults(good, 'x', member)).toEqual(['INVALID_NAME name cannot be made of the member. Give a name']);
  expect(optionFaults({ ...good, name: 'size' }, 'x', member)).toEqual([]);
});
