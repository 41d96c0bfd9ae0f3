import { LifeCycle } from '../../src/run/life-cycle.js';

function create(steps: string[], hooks: Partial<Record<string, () => Promise<void>>> = {}) {
  return new LifeCycle({
    runHooks: async (kind) => {
      steps.push(kind);
      await hooks[kind]?.();
    },
    onStarted: () => void steps.push('started'),
    drain: async () => steps.push('drain') > 0,
    timeoutMilliseconds: 5,
    onStartLeft: () => void steps.push('start left'),
  });
}

test('each stage once and in order', async () => {
  const steps: string[] = [];
  const lifeCycle = create(steps);
  await lifeCycle.start();
  expect([lifeCycle.isRunning, lifeCycle.isStopping]).toEqual([true, false]);
  await lifeCycle.stop();
  expect([lifeCycle.isRunning, lifeCycle.isStopping]).toEqual([false, true]);
  expect(await lifeCycle.stopped).toEqual({ startFailure: undefined, isClean: true });
  expect(steps).toEqual(['configure', 'startup', 'started', 'drain', 'shutdown']);
});

test('a hook that waits for the stop, or for nothing that comes, does not hold the stop for ever', async () => {
  const steps: string[] = [];
  const lifeCycle: LifeCycle = create(steps, { startup: () => lifeCycle.stop() });
  const started = lifeCycle.start();
  expect(await lifeCycle.stopped).toEqual({ startFailure: undefined, isClean: false });
  await expect(started).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  expect(steps).toEqual(['configure', 'startup', 'start left', 'drain', 'shutdown']);
});

test('what is closed at a stop is closed before the shutdown hooks run, and at once when the stop has begun', async () => {
  const steps: string[] = [];
  const lifeCycle = create(steps);
  await lifeCycle.start();
  lifeCycle.onStop(async () => steps.push('closed') > 0);
  await lifeCycle.stop();
  lifeCycle.onStop(async () => steps.push('closed late') > 0);
  expect(steps).toEqual(['configure', 'startup', 'started', 'closed', 'drain', 'shutdown', 'closed late']);
});

test('what is closed at a stop is closed at once, also while a hook is still running, and finds that the stop has begun', async () => {
  const steps: string[] = [];
  let end: () => void = () => {};
  const hook = new Promise<void>((resolve) => (end = resolve));
  let began: () => void = () => {};
  const begun = new Promise<void>((resolve) => (began = resolve));
  const lifeCycle = create(steps, {
    startup: () => {
      began();
      return hook;
    },
  });
  lifeCycle.onStop(async () => {
    steps.push(lifeCycle.isStopping ? 'closed' : 'closed too early');
    end();
    return true;
  });
  const started = lifeCycle.start();
  await begun;
  await lifeCycle.stop();
  await expect(started).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  expect(await lifeCycle.stopped).toEqual({ startFailure: undefined, isClean: true });
  expect(steps).toEqual(['configure', 'startup', 'closed', 'drain', 'shutdown']);
});

test('the end tells what failed at the start and at the stop', async () => {
  const [first, second] = [new Error('startup'), new Error('shutdown')];
  const lifeCycle = create([], { startup: () => Promise.reject(first), shutdown: () => Promise.reject(second) });
  await expect(lifeCycle.start()).rejects.toBe(first);
  expect(await lifeCycle.stopped).toEqual({ startFailure: { error: first }, stopFailure: { error: second }, isClean: true });
});

test('an end is not clean where something had to be cut off', async () => {
  const lifeCycle = create([]);
  await lifeCycle.start();
  lifeCycle.onStop(() => Promise.resolve(false));
  await lifeCycle.stop();
  expect(await lifeCycle.stopped).toEqual({ startFailure: undefined, isClean: false });
});
