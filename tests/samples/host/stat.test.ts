import { parseStat } from '../../../samples/host/stat.js';

const text = 'cpu  1 2 3 4\nintr 987654 18 0 44\nctxt 1234567\nbtime 1700000000\nprocesses 4711\nprocs_running 3\nprocs_blocked 1\n';

test('each line has one figure, that of interrupts being the first', () => {
  expect(parseStat(text)).toEqual({
    bootTime: 1_700_000_000,
    contextSwitches: 1_234_567,
    forks: 4711,
    interrupts: 987_654,
    processesRunning: 3,
    processesBlocked: 1,
  });
});

test.each(['intr', 'ctxt', 'btime', 'processes', 'procs_running', 'procs_blocked'])('a missing line %s is refused', (name) => {
  expect(() => parseStat(text.replace(new RegExp(`^${name} .*$`, 'm'), ''))).toThrow(`stat: ${name}: "" is no number`);
});
