import { collectorFaults } from './declared.js';

test.each<[unknown, string]>([
  [undefined, 'INVALID_DECLARATION declaration is undefined. Give an object'],
  ['disk', 'INVALID_DECLARATION declaration is "disk". Give an object'],
  [{ valueOf: 1 }, 'UNKNOWN_KEY unknown key "valueOf". Use one of name, timeout, enabled, onError, maxAge, cache, every, cron, after'],
  [{ name: 5 }, 'INVALID_DECLARATION name is 5. Give a text that is not empty'],
  [{ timeout: NaN }, 'INVALID_DECLARATION timeout is NaN. Give milliseconds or a text such as 30s'],
  [{ timeout: {} }, 'INVALID_DECLARATION timeout is {}. Give milliseconds or a text such as 30s'],
  [{ timeout: 'soon' }, 'INVALID_DECLARATION timeout is "soon". Give milliseconds or a text such as 30s'],
  [{ cache: 'x' }, 'INVALID_DECLARATION cache is "x". Give milliseconds or a text such as 30s'],
  [{ every: 0 }, 'INVALID_DECLARATION every is 0. Give milliseconds or a text such as 30s'],
  [{ every: '30s', cache: '5m' }, 'INVALID_DECLARATION cache and every are given together. Give one of them'],
  [{ cron: 5 }, 'INVALID_DECLARATION cron is 5. Give a text that is not empty'],
  [{ cron: 'hourly' }, 'INVALID_DECLARATION cron is "hourly", which is no pattern of cron. Give a pattern such as 0 * * * *'],
  [{ cron: '0 0 30 2 *' }, 'INVALID_DECLARATION cron is "0 0 30 2 *", which never comes round. Give a pattern such as 0 * * * *'],
  [{ after: 'a' }, 'INVALID_DECLARATION after is "a". Give a list of texts'],
  [
    { every: '1s', after: ['a'] },
    'INVALID_DECLARATION after is given together with every. Leave one of them out: what calls by itself waits for nobody',
  ],
  [{ enabled: 1 }, 'INVALID_DECLARATION enabled is 1. Give true or false'],
  [{ enabled: false }, 'INVALID_DECLARATION is disabled and has no name. Add a name, so that operators can turn it on'],
  [{ onError: 'kep' }, 'INVALID_DECLARATION onError is "kep". Did you mean keep?'],
  [{ onError: 'retry' }, 'INVALID_DECLARATION onError is "retry". Use one of drop, keep, fail'],
  [{ onError: 5 }, 'INVALID_DECLARATION onError is 5. Give a text that is not empty'],
  [{ onError: 'keep', maxAge: 'old' }, 'INVALID_DECLARATION maxAge is "old". Give milliseconds or a text such as 30s'],
  [{ onError: 'keep', maxAge: -1 }, 'INVALID_DECLARATION maxAge is -1. Give milliseconds or a text such as 30s'],
  [{ maxAge: '5m' }, "INVALID_DECLARATION maxAge is given without onError: keep. Add onError: 'keep', or leave it out"],
])('one mistake of a collector is told once, whatever JavaScript gives (%#)', (declaration, fault) => {
  expect(collectorFaults(declaration)).toEqual([fault]);
});

test('of a member with other letters no name is made', () => {
  expect(collectorFaults({}, 'prüfe')).toEqual(['INVALID_NAME name cannot be made of the member. Give a name']);
  expect(collectorFaults({ name: 'check' }, 'prüfe')).toEqual([]);
});

test('a collector added at run time cannot be disabled, since nothing can enable it', () => {
  expect(collectorFaults({ name: 'x', enabled: false }, null)).toEqual([
    'INVALID_DECLARATION is disabled for good. Leave enabled out: no option can turn it on',
  ]);
});

test('a collector without member and name is told', () => {
  expect(collectorFaults({}, null)).toEqual(['INVALID_NAME name is missing. Give a name']);
});
