import { LifeCycle } from '../../src/run/life-cycle.js';

function create(steps: string[], hooks: Partial<Record<string, () => Promise<void>>> = {}) {
  return new LifeCycle({
    runHooks: async (kind) => {
      steps.push(kind);
      await hooks[kind]?.();
    },
    onStarted: () => void steps.push('started'),
    drain: async () => void steps.push('drain'),
    graceMilliseconds: 5,
  });
}

test('each stage once and in order', async () => {
  const steps: string[] = [];
  const lifeCycle = create(steps);
  await lifeCycle.start();
  expect([lifeCycle.isRunning, lifeCycle.isStopping]).toEqual([true, false]);
  await lifeCycle.stop();
  expect([lifeCycle.isRunning, lifeCycle.isStopping]).toEqual([false, true]);
  expect(await lifeCycle.stopped).toEqual({ startFailure: undefined });
  expect(steps).toEqual(['configure', 'startup', 'started', 'drain', 'shutdown']);
});

test('a hook that waits for the stop, or for nothing that comes, does not hold the stop for ever', async () => {
  const steps: string[] = [];
  const lifeCycle: LifeCycle = create(steps, { startup: () => lifeCycle.stop() });
  const started = lifeCycle.start();
  expect(await lifeCycle.stopped).toEqual({ startFailure: undefined });
  await expect(started).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  expect(steps).toEqual(['configure', 'startup', 'drain', 'shutdown']);
});

test('what is closed at a stop is closed before the shutdown hooks run, and at once when the stop has begun', async () => {
  const steps: string[] = [];
  const lifeCycle = create(steps);
  await lifeCycle.start();
  lifeCycle.onStop(async () => void steps.push('closed'));
  await lifeCycle.stop();
  lifeCycle.onStop(async () => void steps.push('closed late'));
  expect(steps).toEqual(['configure', 'startup', 'started', 'closed', 'drain', 'shutdown', 'closed late']);
});

test('the end tells what failed at the start and at the stop', async () => {
  const [first, second] = [new Error('startup'), new Error('shutdown')];
  const lifeCycle = create([], { startup: () => Promise.reject(first), shutdown: () => Promise.reject(second) });
  await expect(lifeCycle.start()).rejects.toBe(first);
  expect(await lifeCycle.stopped).toEqual({ startFailure: { error: first }, stopFailure: { error: second } });
});
