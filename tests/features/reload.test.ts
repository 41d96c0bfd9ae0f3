import { ConfigError, createExporter, Exporter, OnReload, type Reload } from '../../src/index.js';
import type { Logger } from '../../src/log.js';
import { startTestExporter } from '../../src/testing/index.js';

type Line = Readonly<Record<string, unknown>>;

/** Keeps what is logged at info and above. */
function keepLog(): { readonly log: Logger; readonly lines: Line[] } {
  const lines: Line[] = [];
  const keep =
    (level: string) =>
    (...[first, second]: readonly [object | string, string?]): void =>
      void lines.push(typeof first === 'string' ? { level, msg: first } : { level, ...first, msg: second });
  return { log: { debug: () => {}, info: keep('info'), warn: keep('warn'), error: keep('error') }, lines };
}

/** A class that says what it does, and may be told to fail somewhere. */
function createClass(steps: string[], failure: { at?: string; error?: unknown } = {}) {
  const step = (name: string): void => {
    steps.push(name);
    if (name === failure.at) throw failure.error;
  };
  @Exporter({ name: 'farm-exporter', description: 'Reads files.' })
  class Base {
    @OnReload() async read({ commit, exporter, signal }: Reload) {
      step(`read of ${exporter.spec.name}`);
      commit(() => step('commit'));
      await Promise.resolve(signal);
    }
  }
  @Exporter({ override: {} })
  class Derived extends Base {
    @OnReload() readMore({ commit }: Reload) {
      step('read more');
      commit(() => step('commit more'));
    }
  }
  return Derived;
}

const all = ['read of farm-exporter', 'read more', 'commit', 'commit more'];

test('hooks of base classes run first; what they commit runs when all have run', async () => {
  const steps: string[] = [];
  const { log, lines } = keepLog();
  await using running = await startTestExporter(createClass(steps), { log });
  expect(steps).toEqual([]);
  await running.exporter.reload();
  expect(steps).toEqual(all);
  await running.exporter.reload();
  expect(steps).toEqual([...all, ...all]);
  expect(lines).toEqual([
    { level: 'info', msg: 'reloaded' },
    { level: 'info', msg: 'reloaded' },
  ]);
});

test.each<[rule: string, error: unknown, told: string]>([
  ['an error', new TypeError('broken'), 'broken'],
  ['a ConfigError', new ConfigError('targets.yml: is empty. Add a target.'), 'targets.yml: is empty. Add a target.'],
  ['a text', 'broken', 'broken'],
])('a hook that throws %s fails the reload with one line, commits nothing, and the next one works', async (_rule, error, told) => {
  const steps: string[] = [];
  const failure: { at?: string; error: unknown } = { at: 'read more', error };
  const { log, lines } = keepLog();
  await using running = await startTestExporter(createClass(steps, failure), { log });
  await expect(running.exporter.reload()).rejects.toBe(error);
  expect(steps).toEqual(['read of farm-exporter', 'read more']);
  expect(lines).toEqual([{ level: 'error', msg: 'reload hook failed', hook: 'readMore', error: told }]);
  expect(await valuesOf(running)).toEqual([0, true]);
  delete failure.at;
  await running.exporter.reload();
  expect(await valuesOf(running)).toEqual([1, true]);
});

test('a commit that throws does not keep the others from running, and fails the reload', async () => {
  const steps: string[] = [];
  const error = new Error('broken');
  const { log, lines } = keepLog();
  await using running = await startTestExporter(createClass(steps, { at: 'commit', error }), { log });
  await expect(running.exporter.reload()).rejects.toBe(error);
  expect(steps).toEqual(all);
  expect(lines).toEqual([{ level: 'error', msg: 'reload could not be put in force', error: 'broken' }]);
});

test('a reload before the start and after the stop is refused', async () => {
  const exporter = createExporter(createClass([]));
  await expect(exporter.reload()).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  await exporter.start();
  await exporter.reload();
  await exporter.stop();
  await expect(exporter.reload()).rejects.toMatchObject({ code: 'NOT_RUNNING' });
});

test('a stop aborts the signal of a reload, which then puts nothing in force', async () => {
  const steps: string[] = [];
  @Exporter({ name: 'farm-exporter', description: 'Reads files.' })
  class Slow {
    @OnReload() async read({ signal, commit }: Reload) {
      steps.push('begins');
      commit(() => steps.push('commit'));
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      steps.push('aborted');
    }
  }
  const { exporter } = await startTestExporter(Slow);
  const reload = exporter.reload();
  await exporter.stop();
  await expect(reload).rejects.toMatchObject({ code: 'NOT_RUNNING' });
  expect(steps).toEqual(['begins', 'aborted']);
});

@Exporter({ name: 'bare-exporter', description: 'Has nothing to reload.' })
class Bare {}

test('what has nothing to reload tells nothing about it', async () => {
  const { log, lines } = keepLog();
  await using running = await startTestExporter(Bare, { log });
  await running.exporter.reload();
  expect(lines).toEqual([{ level: 'info', msg: 'nothing to reload' }]);
  expect((await running.scrape()).text).not.toContain('reload');
});

test('instances of one class tell of their own reloads', async () => {
  const failure: { at?: string; error: unknown } = { error: new Error('broken') };
  await using one = await startTestExporter(createClass([], failure));
  await using other = await startTestExporter(createClass([]));
  failure.at = 'read more';
  await expect(one.exporter.reload()).rejects.toThrow('broken');
  expect([await valuesOf(one), await valuesOf(other)]).toEqual([
    [0, true],
    [1, true],
  ]);
});

describe('POST /-/reload', () => {
  const ask = async (url: string | undefined, method: string) => {
    const response = await fetch(`${url ?? ''}-/reload`, { method });
    return [response.status, response.headers.get('allow'), await response.text()];
  };

  test('reloads where the lifecycle is enabled, by POST and PUT', async () => {
    const steps: string[] = [];
    const failure: { at?: string; error: unknown } = { error: new Error('the password is 12345') };
    await using running = await startTestExporter(createClass(steps, failure), { listen: true, options: { webEnableLifecycle: true } });
    expect(await ask(running.url, 'POST')).toEqual([200, null, 'Reloaded.\n']);
    expect(await ask(running.url, 'PUT')).toEqual([200, null, 'Reloaded.\n']);
    expect(steps).toEqual([...all, ...all]);
    failure.at = 'read more';
    expect(await ask(running.url, 'POST')).toEqual([
      500,
      null,
      'The reload failed, and everything is as it was. The log of the exporter tells why.\n',
    ]);
    expect(await ask(running.url, 'GET')).toEqual([405, 'POST, PUT', 'Method Not Allowed']);
  });

  test('is refused where it is not, and other methods are in any case', async () => {
    const steps: string[] = [];
    await using running = await startTestExporter(createClass(steps), { listen: true });
    expect(await ask(running.url, 'POST')).toEqual([403, null, 'Lifecycle API is not enabled.\n']);
    expect(await ask(running.url, 'PUT')).toEqual([403, null, 'Lifecycle API is not enabled.\n']);
    expect(await ask(running.url, 'DELETE')).toEqual([405, 'POST, PUT', 'Method Not Allowed']);
    expect(steps).toEqual([]);
  });
});

async function valuesOf({ scrape }: Pick<Awaited<ReturnType<typeof startTestExporter>>, 'scrape'>) {
  const { value } = await scrape();
  const timestamp = value('farm_exporter_config_last_reload_success_timestamp_seconds') ?? 0;
  return [value('farm_exporter_config_last_reload_successful'), timestamp > 1_700_000_000];
}
