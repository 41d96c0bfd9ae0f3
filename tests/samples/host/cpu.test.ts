import { parseCpus } from '../../../samples/host/cpu.js';

test('ticks become seconds by mode, and the sum of all processors is left out', () => {
  const [cpu0, cpu1, ...others] = parseCpus(
    'cpu  3000 40 900 160000 700 5 60 7 20 2\ncpu0 1000 10 400 80000 300 5 20 7 20 2\ncpu1 0 0 0 1 0 0 0 0 0 0\nintr 1\n',
  );
  expect(cpu0?.cpu).toBe('0');
  expect(Object.fromEntries(cpu0?.seconds ?? [])).toEqual({
    user: 10,
    nice: 0.1,
    system: 4,
    idle: 800,
    iowait: 3,
    irq: 0.05,
    softirq: 0.2,
    steal: 0.07,
  });
  expect(Object.fromEntries(cpu0?.guestSeconds ?? [])).toEqual({ user: 0.2, nice: 0.02 });
  expect(cpu1?.cpu).toBe('1');
  expect(others).toEqual([]);
});

test('a processor that is off leaves a gap in the numbers', () => {
  expect(parseCpus('cpu0 1 1 1 1\ncpu12 1 1 1 1\n').map(({ cpu }) => cpu)).toEqual(['0', '12']);
});

test('columns that an old kernel does not have count as 0', () => {
  const [cpu] = parseCpus('cpu0 100 0 0 0\n');
  expect(cpu?.seconds.get('steal')).toBe(0);
  expect(cpu?.guestSeconds.get('user')).toBe(0);
});

test('a figure that is no number is refused', () => {
  expect(() => parseCpus('cpu0 100 x 0 0\n')).toThrow('stat: cpu0: "x" is no number');
});
