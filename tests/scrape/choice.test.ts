import { faultOfChoice, isChosen } from '../../src/scrape/choice.js';

const candidates = [
  { name: 'cpu', isEnabled: true },
  { name: 'memory', isEnabled: true },
  { name: 'slow', isEnabled: false },
];

test.each([
  ['nothing', {}, undefined],
  ['one', { collect: ['cpu'] }, undefined],
  ['one twice', { collect: ['cpu', 'cpu'] }, undefined],
  ['all left out', { exclude: ['cpu', 'memory'] }, undefined],
  ['both', { collect: ['cpu'], exclude: ['memory'] }, 'collect[] and exclude[] are given together. Give one of them.'],
  ['an unknown one', { collect: ['cpu', 'memry'] }, 'collect[]: there is no collector "memry". Did you mean memory?'],
  ['an unknown one left out', { exclude: ['x'] }, 'exclude[]: there is no collector "x". Use one of cpu, memory.'],
  ['a disabled one', { collect: ['slow'] }, 'collect[]: collector "slow" is disabled. Choose another one, or enable it.'],
  ['an empty name', { collect: [''] }, 'collect[]: there is no collector "". Use one of cpu, memory.'],
])('the fault of choosing %s', (_what, choice, fault) => {
  expect(faultOfChoice(choice, candidates)).toBe(fault);
});

test('where there are no collectors, none can be chosen', () => {
  expect(faultOfChoice({ collect: ['x'] }, [])).toContain('there is no collector "x"');
});

test('a collector is chosen by name, unless it is disabled', () => {
  const chosen = (choice: object) => candidates.filter((one) => isChosen(one, choice)).map(({ name }) => name);
  expect(chosen({})).toEqual(['cpu', 'memory']);
  expect(chosen({ collect: ['memory'] })).toEqual(['memory']);
  expect(chosen({ exclude: ['memory'] })).toEqual(['cpu']);
});
