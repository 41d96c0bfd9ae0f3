import { type Logger, silentLogger } from '../../src/log.js';
import { type Reloadable, Reloader } from '../../src/run/reloader.js';

const broken = new Error('broken');

function create(steps: string[], isRunning = () => true, log: Logger = silentLogger) {
  const reloader = new Reloader({ isRunning, log });
  reloader.observe({ ended: (isGood) => steps.push(isGood ? 'good' : 'bad') });
  const add = (name: string, failAt?: 'prepare' | 'apply'): void => reloader.addBefore(reloadable(steps, name, failAt));
  return { reloader, add };
}

function reloadable(steps: string[], name: string, failAt?: 'prepare' | 'apply'): Reloadable {
  return {
    prepare: async () => {
      steps.push(`prepare ${name}`);
      if (failAt === 'prepare') throw broken;
      return () => {
        if (failAt === 'apply') throw broken;
        steps.push(`apply ${name}`);
      };
    },
  };
}

test('everything is prepared before anything is put in force, and what was added last comes first', async () => {
  const steps: string[] = [];
  const { reloader, add } = create(steps);
  add('hooks');
  add('web');
  await reloader.reload();
  expect(steps).toEqual(['prepare web', 'prepare hooks', 'apply web', 'apply hooks', 'good']);
});

test.each<[rule: string, web: 'prepare' | 'apply' | undefined, hooks: 'prepare' | undefined, steps: readonly string[]]>([
  ['what cannot be prepared keeps the others from being asked', 'prepare', undefined, ['prepare web', 'bad']],
  ['what cannot be prepared keeps the others from being put in force', undefined, 'prepare', ['prepare web', 'prepare hooks', 'bad']],
  ['what cannot be put in force keeps those after it from it', 'apply', undefined, ['prepare web', 'prepare hooks', 'bad']],
])('%s', async (_rule, web, hooks, expected) => {
  const steps: string[] = [];
  const { reloader, add } = create(steps);
  add('hooks', hooks);
  add('web', web);
  await expect(reloader.reload()).rejects.toBe(broken);
  expect(steps).toEqual(expected);
});

test('those who observe hear of the beginning before anything is read, and of each reload once', async () => {
  const steps: string[] = [];
  const { reloader, add } = create(steps);
  reloader.observe({ began: () => steps.push('began'), ended: () => {} });
  add('hooks', 'prepare');
  const asked = [reloader.reload(), reloader.reload(), reloader.reload()];
  await Promise.allSettled(asked);
  expect(steps).toEqual(['began', 'prepare hooks', 'bad', 'began', 'prepare hooks', 'bad']);
});

test('nobody hears of a reload that is refused', async () => {
  const steps: string[] = [];
  const { reloader } = create(steps, () => false);
  reloader.observe({ began: () => steps.push('began'), ended: () => {} });
  await expect(reloader.reload()).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  expect(steps).toEqual([]);
});

test('those who ask during a reload share the one that follows it, also where the first fails', async () => {
  const steps: string[] = [];
  const { reloader, add } = create(steps);
  add('once', undefined);
  let isFirst = true;
  reloader.addBefore({
    prepare: async () => {
      if (isFirst) {
        isFirst = false;
        throw broken;
      }
      return () => {};
    },
  });
  const [first, second, third] = [reloader.reload(), reloader.reload(), reloader.reload()];
  expect(second).toBe(third);
  await expect(first).rejects.toBe(broken);
  await second;
  expect(steps).toEqual(['bad', 'prepare once', 'apply once', 'good']);
  await reloader.reload();
  expect(steps.filter((step) => step === 'good')).toHaveLength(2);
});

test('an exporter that stops meanwhile puts nothing in force', async () => {
  const steps: string[] = [];
  let isRunning = true;
  const { reloader, add } = create(steps, () => isRunning);
  add('hooks');
  const reload = reloader.reload();
  isRunning = false;
  await expect(reload).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  await expect(reloader.reload()).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  expect(steps).toEqual(['prepare hooks', 'bad']);
});

test('settled waits for the reload that is under way, and for nothing else', async () => {
  const steps: string[] = [];
  const { reloader, add } = create(steps);
  await reloader.settled();
  add('hooks', 'prepare');
  reloader.reload().catch(() => {});
  await reloader.settled();
  expect(steps).toEqual(['prepare hooks', 'bad']);
});

test('without anything to reload there is a line in the log, and those who observe hear of it', async () => {
  const lines: unknown[] = [];
  const steps: string[] = [];
  const { reloader } = create(steps, undefined, { ...silentLogger, info: (...line: unknown[]) => void lines.push(line) });
  await reloader.reload();
  expect(lines).toEqual([['nothing to reload']]);
  expect(steps).toEqual(['good']);
});
