import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hashSync } from '@node-rs/bcrypt';
import { loadWebConfig } from '../../src/config/load-web-config.js';
import { silentLogger } from '../../src/log.js';
import type { WebConfig } from '../../src/model/web-config.js';
import { WebConfiguration } from '../../src/run/web-configuration.js';
import { until } from '../until.js';

const tls = (name: string): string => join(__dirname, '../fixtures/tls', name);
const hash = hashSync('password', { cost: 4 });
const secured = `tls_server_config:\n  cert_file: cert.pem\n  key_file: key.pem\n`;
const withUser = (user: string): string => `${secured}basic_auth_users:\n  ${user}: ${hash}\n`;

const folders: string[] = [];
const followed: WebConfiguration[] = [];
afterEach(() => {
  for (const configuration of followed.splice(0)) configuration.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Terms {
  readonly refuse?: (web: WebConfig) => void;
  readonly intervalMilliseconds?: number;
}

/** A configuration in a folder of its own, looked after every few milliseconds. */
function create(text = withUser('ada'), { refuse = () => {}, intervalMilliseconds = 10 }: Terms = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'expositor-web-'));
  folders.push(folder);
  const path = (name: string): string => join(folder, name);
  const write = (name: string, content: string): void => writeFileSync(path(name), content);
  copyFileSync(tls('server.pem'), path('cert.pem'));
  copyFileSync(tls('server-key.pem'), path('key.pem'));
  write('web.yml', text);
  const configuration = new WebConfiguration(() => loadWebConfig({ webConfigFile: path('web.yml') }));
  const applied: WebConfig[] = [];
  const lines: string[] = [];
  const ends: boolean[] = [];
  const log = {
    ...silentLogger,
    info: (message: unknown) => void lines.push(String(message)),
    error: (fields: object | string, message?: string) => void lines.push(`${message}: ${(fields as { error: string }).error}`),
  };
  followed.push(configuration);
  configuration.follow({
    apply: (web) => {
      refuse(web);
      applied.push(web);
    },
    log,
    onEnd: (isGood) => void ends.push(isGood),
    intervalMilliseconds,
  });
  const users = (): readonly string[] => [...(applied.at(-1) ?? configuration.web).users.keys()];
  return { folder, path, write, configuration, applied, lines, ends, users };
}

const reloaded = 'web configuration reloaded';

test('a change of the file is put in force, and told once', async () => {
  const { write, lines, ends, users } = create();
  write('web.yml', withUser('bob'));
  await until(() => ends.length > 0);
  await wait(60);
  expect([users(), lines, ends]).toEqual([['bob'], [reloaded], [true]]);
});

test('a change between the first reading and the first look is found', async () => {
  const { path, configuration } = create();
  configuration.stop();
  writeFileSync(path('web.yml'), withUser('bob'));
  const applied: WebConfig[] = [];
  configuration.follow({ apply: (web) => applied.push(web), log: silentLogger, onEnd: () => {}, intervalMilliseconds: 10 });
  await until(() => applied.length > 0);
  expect([...configuration.web.users.keys()]).toEqual(['bob']);
});

type Harness = ReturnType<typeof create>;

test.each<[rule: string, harm: (harness: Harness) => void, told: RegExp]>([
  ['a file with a mistake', ({ write }) => write('web.yml', 'basic_auth_user: 5\n'), /web\.yml.*basic_auth_user/],
  ['a file that is deleted', ({ path }) => rmSync(path('web.yml')), /web\.yml/],
  [
    'a directory instead of the file',
    ({ path }) => {
      rmSync(path('web.yml'));
      mkdirSync(path('web.yml'));
    },
    /web\.yml/,
  ],
  ['a file that is cut off within a word', ({ path }) => truncateSync(path('web.yml'), 7), /web\.yml/],
  ['a file that is cut off to nothing', ({ path }) => truncateSync(path('web.yml'), 0), /takes away TLS and passwords/],
  ['a file that is cut off before its users', ({ write }) => write('web.yml', secured), /takes away passwords/],
  ['a key that does not match', ({ path }) => copyFileSync(tls('other-key.pem'), path('key.pem')), /key\.pem/],
  ['a certificate that is none', ({ write }) => write('cert.pem', 'none'), /cert\.pem/],
  ['a key that is deleted', ({ path }) => rmSync(path('key.pem')), /key\.pem/],
])('%s changes nothing, is told once, and its mend is found', async (_rule, harm, told) => {
  const harness = create();
  const { path, write, configuration, applied, lines, ends } = harness;
  harm(harness);
  await until(() => lines.length > 0);
  await wait(80);
  expect(lines).toEqual([expect.stringMatching(told)]);
  expect(lines[0]).toMatch(/^web configuration not reloaded: /);
  expect([applied, ends, [...configuration.web.users.keys()]]).toEqual([[], [false], ['ada']]);
  copyFileSync(tls('server.pem'), path('cert.pem'));
  copyFileSync(tls('server-key.pem'), path('key.pem'));
  rmSync(path('web.yml'), { recursive: true, force: true });
  write('web.yml', withUser('bob'));
  await until(() => ends.at(-1) === true);
  expect(lines.at(-1)).toBe(reloaded);
  expect([applied.length, configuration.web.users.has('bob')]).toEqual([1, true]);
});

test('each other mistake is told, and the same one not again', async () => {
  const { write, lines } = create();
  for (const [count, text] of ['wrong: 1\n', 'wrong: 1\n#\n', 'wrong: 1\nother: 2\n', 'wrong: 1\n'].entries()) {
    write('web.yml', text);
    await (count === 1 ? wait(80) : until(() => lines.length >= (count === 0 ? 1 : count)));
  }
  expect(lines).toHaveLength(3);
});

test('a rotation that is two renames says nothing of the mismatch between them', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
  const { path, applied, lines } = create(secured, { intervalMilliseconds: 300 });
  for (const [name, from] of [
    ['cert.pem', 'client.pem'],
    ['key.pem', 'client-key.pem'],
  ] as const)
    copyFileSync(tls(from), path(`${name}.new`));
  renameSync(path('cert.pem.new'), path('cert.pem'));
  await jest.advanceTimersByTimeAsync(300);
  // Beside the watch, the doubt about what it has found.
  await until(() => jest.getTimerCount() === 2);
  renameSync(path('key.pem.new'), path('key.pem'));
  await jest.advanceTimersByTimeAsync(300);
  await until(() => applied.length > 0);
  expect(applied.at(-1)?.tls?.cert.toString()).toContain('BEGIN CERTIFICATE');
  await jest.advanceTimersByTimeAsync(700);
  jest.useRealTimers();
  expect(lines.every((line) => line === reloaded)).toBe(true);
});

test('what the server cannot use is told, and not in force', async () => {
  const { write, configuration, lines, ends } = create(withUser('ada'), {
    refuse: ({ users }) => {
      if (users.has('bob')) throw new Error('no bob');
    },
  });
  write('web.yml', withUser('bob'));
  await until(() => lines.length > 0);
  expect([lines, ends]).toEqual([['web configuration not reloaded: no bob'], [false]]);
  expect([...configuration.web.users.keys()]).toEqual(['ada']);
  expect(() => configuration.prepare()()).toThrow('no bob');
});

describe('a reload that is asked for', () => {
  test('reads at once, and is put in force when everything else is good', () => {
    const { write, configuration, applied, users, ends } = create();
    write('web.yml', withUser('bob'));
    const apply = configuration.prepare();
    expect(applied).toEqual([]);
    apply();
    expect([users(), ends]).toEqual([['bob'], [true]]);
  });

  test('may take protection away', () => {
    const { write, configuration } = create();
    write('web.yml', '');
    configuration.prepare()();
    expect([configuration.web.tls, configuration.web.users.size]).toEqual([undefined, 0]);
  });

  test('tells a mistake each time', () => {
    const { write, configuration, lines, ends } = create();
    write('web.yml', 'wrong: 1\n');
    expect(() => configuration.prepare()).toThrow(/wrong/);
    expect(() => configuration.prepare()).toThrow(/wrong/);
    expect([lines.length, ends]).toEqual([2, [false, false]]);
  });

  test('that is not put in force leaves the change to the watch', async () => {
    const { write, configuration, users } = create();
    write('web.yml', withUser('bob'));
    configuration.prepare();
    await until(() => users().includes('bob'));
  });

  test('is dropped where a newer change has come meanwhile', async () => {
    const { write, configuration, users, applied } = create();
    write('web.yml', withUser('bob'));
    const apply = configuration.prepare();
    write('web.yml', withUser('cleo'));
    await until(() => users().includes('cleo'));
    const count = applied.length;
    apply();
    expect([users(), applied.length]).toEqual([['cleo'], count]);
  });
});
