import type { ErrorPolicy } from '../../src/model/declaration.js';
import type { End } from '../../src/scrape/flight.js';
import { failureOfScrape } from '../../src/scrape/scrape-failure.js';
import { collectorSpec } from './collector-spec.js';

const told = (names: string): string => `Failed or late: ${names}. See the log of the exporter.`;

test.each<[rule: string, collectors: readonly (readonly [End, ErrorPolicy?, isKept?: boolean])[], failure: string | undefined]>([
  ['there are none', [], undefined],
  ['all succeed', [['success'], ['success']], undefined],
  ['one of two fails', [['success'], ['failure']], undefined],
  ['one of two is late', [['late'], ['success']], undefined],
  ['all fail', [['failure'], ['late']], told('c0, c1')],
  ['the only one fails', [['failure']], told('c0')],
  ['all fail, but one has kept its values', [['failure'], ['failure', 'keep', true]], undefined],
  ['all fail, and none has values to keep', [['failure'], ['failure', 'keep', false]], told('c0, c1')],
  ['one that must not fail does', [['success'], ['failure', 'fail'], ['late']], told('c1')],
  ['one that must not fail is late', [['late', 'fail'], ['success']], told('c0')],
  ['none has anything to tell', [['nothing'], ['nothing']], undefined],
  ['one that must not fail has nothing to tell', [['nothing', 'fail']], undefined],
  ['some fail and the others have nothing to tell', [['failure'], ['nothing']], undefined],
])('where %s', (_rule, collectors, failure) => {
  const outcomes = collectors.map(([end, onError = 'drop', isKept = false], place) => ({
    spec: collectorSpec({ name: `c${place}`, onError }),
    end,
    isKept,
    durationSeconds: 1,
    lastSuccess: undefined,
  }));
  expect(failureOfScrape(outcomes)).toBe(failure);
});
