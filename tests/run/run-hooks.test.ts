import { ConfigError, ExitExporter, messageOf } from '../../src/errors.js';
import { silentLogger } from '../../src/log.js';
import type { HookKind } from '../../src/model/declaration.js';
import { runHooks } from '../../src/run/run-hooks.js';

const broken = new Error('broken');

/** Runs three hooks, the second of which may fail or hang. */
async function run(kind: HookKind, second: () => unknown, isStopping = () => false) {
  const called: string[] = [];
  const lines: unknown[] = [];
  const error = (fields: object | string, message?: string): void => void lines.push([message, fields]);
  const call = (member: string): unknown => {
    called.push(member);
    return member === 'second' ? second() : undefined;
  };
  const failure: unknown = await runHooks({
    className: 'C',
    kind,
    members: ['first', 'second', 'third'],
    call,
    isStopping,
    log: { ...silentLogger, error },
    shutdownMilliseconds: 5,
  }).catch((thrown: unknown) => thrown);
  return { called, lines, failure };
}

const fail = (error: unknown) => () => {
  throw error;
};

test.each<[kind: HookKind, called: readonly string[]]>([
  ['configure', ['first', 'second']],
  ['startup', ['first', 'second']],
  ['reload', ['first', 'second']],
  ['shutdown', ['third', 'second', 'first']],
])('a %s hook that fails is logged, and which others run', async (kind, called) => {
  const lines = [[`${kind} hook failed`, { hook: 'second', error: 'broken' }]];
  expect(await run(kind, fail(broken))).toEqual({ called, lines, failure: broken });
  expect(await run(kind, () => Promise.reject(broken))).toEqual({ called, lines, failure: broken });
});

test.each<[kind: HookKind, isLogged: boolean]>([
  ['configure', false],
  ['startup', false],
  ['reload', true],
  ['shutdown', true],
])('what a %s hook says to the operator is printed later or logged: %p', async (kind, isLogged) => {
  for (const error of [new ConfigError('a.yml: is empty.'), new ExitExporter(3, 'enough')]) {
    const { lines, failure } = await run(kind, fail(error));
    expect([failure, lines]).toEqual([error, isLogged ? [[`${kind} hook failed`, { hook: 'second', error: messageOf(error) }]] : []]);
  }
});

test.each<[kind: HookKind, called: number]>([
  ['configure', 3],
  ['startup', 0],
  ['reload', 0],
  ['shutdown', 3],
])('of %s hooks, %i run when the exporter stops', async (kind, called) => {
  expect(
    (
      await run(
        kind,
        () => {},
        () => true,
      )
    ).called,
  ).toHaveLength(called);
});

test('a shutdown hook that never ends is left behind with one line, and the others run', async () => {
  const { called, lines, failure } = await run('shutdown', () => new Promise(() => {}));
  expect(called).toEqual(['third', 'second', 'first']);
  expect(failure).toMatchObject({ code: 'STUCK_HOOK' });
  const error = 'C.second: has not ended within 1 s, and is left behind. Let it end sooner, or give it more time by --shutdown-timeout.';
  expect(lines).toEqual([['shutdown hook failed', { hook: 'second', error }]]);
});
