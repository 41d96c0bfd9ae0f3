import { parseCpus } from '../../../samples/host/cpu.js';
import { CpuClock } from '../../../samples/host/cpu-clock.js';

/** The seconds of each mode of the first processor after the last of the readings. */
function afterReadings(...lines: string[]): Record<string, number> {
  const clock = new CpuClock();
  const readings = lines.map((line) => clock.advance(parseCpus(line)));
  return Object.fromEntries(readings.at(-1)?.[0]?.seconds ?? []);
}

test('times that rise are taken as they are', () => {
  expect(afterReadings('cpu0 100 0 0 1000 50', 'cpu0 200 0 0 1100 60')).toMatchObject({ user: 2, idle: 11, iowait: 0.6 });
});

test('a time that falls by a little stays, while the others go on', () => {
  expect(afterReadings('cpu0 100 0 0 1000 50', 'cpu0 200 0 0 999 40')).toMatchObject({ user: 2, idle: 10, iowait: 0.5 });
});

test('a processor whose idle time falls by three seconds starts from the beginning', () => {
  expect(afterReadings('cpu0 100 0 0 1000 50', 'cpu0 1 0 0 700 2')).toMatchObject({ user: 0.01, idle: 7, iowait: 0.02 });
});

test('each processor has its own time', () => {
  const clock = new CpuClock();
  clock.advance(parseCpus('cpu0 100 0 0 0\ncpu1 200 0 0 0\n'));
  const [cpu1] = clock.advance(parseCpus('cpu1 150 0 0 0\n'));
  expect(cpu1?.seconds.get('user')).toBe(2);
});
