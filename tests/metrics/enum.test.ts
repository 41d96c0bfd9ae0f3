import { Enum } from '../../src/metrics/enum.js';
import { seriesOf } from './series-of.js';
import { failureOf, specOf } from './spec-of.js';

const states = ['on', 'off'];
const plain = () => new Enum(specOf({ name: 'power', type: 'enum', states }));
const labelled = () => new Enum(specOf({ name: 'power', type: 'enum', states, labels: ['device'] }));

test('an enum is in one of its states', () => {
  const power = plain();
  expect(power.states).toEqual(states);
  expect(power.takeFamily()).toMatchObject({ name: 'power', type: 'enum', states, blocks: [] });
  power.state('off');
  expect(seriesOf(power.takeFamily())).toEqual([{ labels: [], state: 'off' }]);
  power.state({}, 'on');
  expect(seriesOf(power.takeFamily())).toEqual([{ labels: [], state: 'on' }]);
  const devices = labelled();
  devices.state({ device: 1 }, 'on');
  devices.state({ device: 2 }, 'off');
  devices.state({ device: '1' }, 'off');
  devices.remove(2);
  expect(seriesOf(devices.takeFamily())).toEqual([{ labels: [['device', '1']], state: 'off' }]);
});

test.each<[() => unknown, string]>([
  [() => plain().state('broken'), 'unknown state "broken". Use one of on, off.'],
  [() => plain().state(), 'unknown state undefined. Use one of on, off.'],
  [() => plain().state(1), 'unknown state 1. Use one of on, off.'],
  [() => labelled().state({ device: 1 }, 'broken'), 'unknown state "broken". Use one of on, off.'],
])('a state that is not declared is refused (%#)', (update, message) => {
  expect(failureOf(update)).toBe(`ScrapeError INVALID_UPDATE power: ${message}`);
});

test.each<[() => unknown]>([[() => labelled().state('on')], [() => labelled().state({}, 'on')], [() => plain().state({ a: 1 }, 'on')]])(
  'wrong labels are refused (%#)',
  (update) => {
    expect(failureOf(update)).toMatch(/^ScrapeError INVALID_(?:LABELS|UPDATE) power: /);
  },
);

test('an enum refuses what gauges have', () => {
  expect(failureOf(() => plain().set())).toBe(
    'ScrapeError INVALID_UPDATE power: a metric of type enum does not have set(). Use state(labels, state), without the labels if there are none.',
  );
});
