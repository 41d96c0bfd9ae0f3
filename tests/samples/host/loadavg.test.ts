import { parseLoadavg } from '../../../samples/host/loadavg.js';

test('the first three figures are the averages', () => {
  expect(parseLoadavg('0.42 1.50 2.25 3/412 20417\n')).toEqual({ load1: 0.42, load5: 1.5, load15: 2.25 });
});

test.each([
  ['', 'loadavg: "" is no number'],
  ['0.42 1.50', 'loadavg: "" is no number'],
  ['0.42 often 2.25', 'loadavg: "often" is no number'],
])('%j is refused', (text, message) => {
  expect(() => parseLoadavg(text)).toThrow(message);
});
