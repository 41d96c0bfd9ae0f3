import { parseGoDuration } from '../../../src/config/web-config/go-duration.js';

test.each<[text: string, nanoseconds: number]>([
  ['1s', 1e9],
  ['500ms', 5e8],
  ['1h30m', 5_400e9],
  ['1.5s', 15e8],
  ['.5s', 5e8],
  ['1.s', 1e9],
  ['10us', 1e4],
  ['10µs', 1e4],
  ['10μs', 1e4],
  ['7ns', 7],
  ['1m1ms', 60_001e6],
  ['1s1s', 2e9],
  ['-1s', -1e9],
  ['+1s', 1e9],
  ['0', 0],
  ['-0', 0],
  ['0s', 0],
])('%s is a duration', (text, nanoseconds) => {
  expect(parseGoDuration(text)).toBe(nanoseconds);
});

test.each(['', '1', '1.5', 's', '.s', '1d', '1 s', ' 1s', '1s ', '1S', '1e3s', '--1s', '1h-30m', '3000000h', '1,5s', '٣s'])(
  '%j is no duration',
  (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  },
);
