import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { killPrograms, startProgram } from '../start-program.js';

jest.setTimeout(120_000);
afterAll(killPrograms);

const pem = (name: string): string => readFileSync(join(__dirname, '../fixtures/tls', `${name}.pem`), 'utf8');
const keyLines = pem('server-key').trim().split('\n').slice(1, -1);
const token = 'k1ngf1sher-at-dawn';
const pin = 'f0ur-h3r0ns';
const password = 'gr3y-w4gta1l';
const wrongPassword = 'n0t-the-wagta1l';
/** Of the password, with cost 4. */
const hash = '$2b$04$HsrQE29BZJMiVplQYMEaGOxz/K9GrlcqtFY.yyzGORsDLwmfWGheO';
const basic = (user: string, word: string): string => Buffer.from(`${user}:${word}`).toString('base64');

const secrets: readonly string[] = [
  token,
  pin,
  password,
  wrongPassword,
  hash.slice(7),
  basic('olive', password),
  basic('olive', wrongPassword),
  ...keyLines,
];
const told = (said: string): readonly string[] => secrets.filter((secret) => said.includes(secret));

const indent = (text: string): string => text.trim().replaceAll(/^/gm, '    ');
const webConfig = [
  'tls_server_config:',
  `  cert: |\n${indent(pem('server'))}`,
  `  key: |\n${indent(pem('server-key'))}`,
  'basic_auth_users:',
  `  olive: ${hash}`,
  '',
].join('\n');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  writeFileSync(join(folder, 'web.yml'), webConfig);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Asks for something, and gives all that is answered. */
function ask(url: string, path: string, { user, word, ...more }: { user?: string; word?: string; method?: string; headers?: object } = {}) {
  const headers = { ...(user !== undefined && { Authorization: `Basic ${basic(user, word ?? '')}` }), ...more.headers };
  return new Promise<string>((resolve, reject) => {
    const options = { agent: false, rejectUnauthorized: false, method: more.method ?? 'GET', headers };
    request(new URL(path, url), options, async (response) => {
      let text = `${response.statusCode} ${response.rawHeaders.join('\n')}\n`;
      for await (const chunk of response) text += String(chunk);
      resolve(text);
    })
      .on('error', reject)
      .end();
  });
}

/** Sends what is no request, and gives what is answered. */
async function sendRaw(url: string, text: string): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false });
  socket.on('error', () => {}).write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const olive = { user: 'olive', word: password };
const serving = ['--host', '127.0.0.1', '--port', '0', '-L', 'debug', '--web-config-file', 'web.yml', '--web-enable-lifecycle'];

/** Where the token may come from. */
const sources: Readonly<Record<string, () => { argv?: readonly string[]; env?: Record<string, string> }>> = {
  'the command line': () => ({ argv: ['--token', token] }),
  'a variable': () => ({ env: { EXP_TOKEN: token } }),
  'a file that a variable names': () => {
    writeFileSync(join(folder, 'token'), token);
    return { env: { EXP_TOKEN_FILE: 'token' } };
  },
  'a dotenv file': () => {
    writeFileSync(join(folder, '.env'), `EXP_TOKEN=${token}\n`);
    return {};
  },
};

test.each(Object.keys(sources))('nothing that a program says tells a secret, with a token from %s', async (source) => {
  const { argv = [], env = {} } = sources[source]!();
  const program = startProgram('vault', [...serving, ...argv], env, folder);
  const url = await program.url();
  const answers = new Map<string, string>();
  const note = async (status: number, path: string, more: Parameters<typeof ask>[2] = olive): Promise<void> => {
    const answer = await ask(url, path, more);
    answers.set(path, answer);
    expect([path, answer.slice(0, 3)]).toEqual([path, String(status)]);
  };
  await note(200, '/');
  await note(200, '/metrics');
  await note(400, '/metrics?collect[]=none');
  await note(404, '/none');
  await note(405, '/metrics', { ...olive, method: 'POST' });
  await note(413, '/metrics', { ...olive, headers: { 'Content-Length': '3' } });
  await note(401, '/metrics', {});
  await note(401, '/', { user: 'olive', word: wrongPassword });
  await note(401, '/', { user: 'olive', word: hash });
  await note(500, '/throw');
  await note(200, '/break?scrape');
  await note(500, '/metrics');
  await note(200, '/break?reload');
  await note(500, '/-/reload', { ...olive, method: 'POST' });
  await note(200, '/break?none');
  for (const [found, spoilt] of spoilings) {
    writeFileSync(join(folder, 'web.yml'), webConfig.replace(found, spoilt));
    await note(500, '/-/reload', { ...olive, method: 'POST' });
  }
  writeFileSync(join(folder, 'web.yml'), webConfig);
  await note(200, '/-/reload', { ...olive, method: 'POST' });
  const authorization = `Authorization: Basic ${basic('olive', password)}\r\n`;
  answers.set('400', await sendRaw(url, `GET / HTTP/1.1\r\n${authorization}Host\r\n\r\n`));
  answers.set('431', await sendRaw(url, `GET / HTTP/1.1\r\nHost: x\r\n${authorization}X: ${'x'.repeat(20_000)}\r\n\r\n`));
  expect([...answers.values()].map((answer) => answer.slice(0, 12)).slice(-2)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 431']);
  await note(200, '/break?shutdown');
  expect(told([...answers.values(), program.stdout(), program.stderr()].join('\n'))).toEqual([]);
  // An author who wants to can tell all of it: so would this test see it.
  const betrayal = await ask(url, '/betray', olive);
  expect(told(betrayal)).toEqual([token, basic('olive', password)]);
  await program.until('betrayed');
  expect(told(program.stderr())).toEqual([token, basic('olive', password)]);
  const before = program.stderr().length;
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([1, null]);
  const last = program.stderr().slice(before);
  expect(last).toContain('broken at shutdown');
  expect(told(last)).toEqual([]);
});

/** What may be wrong near a secret of the web configuration, and what stands there then. */
const spoilings: readonly (readonly [found: string, spoilt: string])[] = [
  [keyLines[2]!, keyLines[2]!.slice(1)],
  [keyLines[2]!, `${keyLines[2]!}\n  ${keyLines[3]!}`],
  ['  key: |\n', '  key: \n'],
  [`olive: ${hash}`, `olive: "${hash}`],
  [`olive: ${hash}`, `olive: ${hash.replace('$04$', '$99$')}`],
  [`olive: ${hash}`, `olive: [${hash}]`],
  [`olive: ${hash}`, `olive: ${hash}x`],
  [`olive: ${hash}`, `olive: ${hash}\n  olive: ${hash}`],
  [`  olive: ${hash}`, ` olive: ${hash}: ${hash}`],
  [`olive: ${hash}`, `olive: ${password}`],
];

test.each(spoilings)('a web configuration that is wrong near a secret tells where, and not the secret (%#)', async (found, spoilt) => {
  expect(webConfig).toContain(found);
  writeFileSync(join(folder, 'web.yml'), webConfig.replace(found, spoilt));
  const programs = [serving, ['--check-web-config', 'web.yml']].map((argv) => startProgram('vault', argv, {}, folder));
  for (const program of programs) {
    expect(await program.exited).toEqual([2, null]);
    expect(program.stderr()).toMatch(/web\.yml:\d+:\d+: /);
    expect(told(program.stderr() + program.stdout())).toEqual([]);
  }
});

test.each<[what: string, argv: readonly string[], env?: Record<string, string>]>([
  ['a secret option that is no number', ['--pin', pin]],
  ['a secret option that is no number, after an equals sign', [`--pin=${pin}`]],
  ['a variable that is no number', [], { EXP_PIN: pin }],
  ['a file that is no number', [], { EXP_PIN_FILE: 'pin' }],
  ['a name that is not one, before a secret', [`--tokne=${token}`]],
  ['another option that is wrong', ['--token', token, '--broken', 'nowhere']],
  ['another variable that is wrong', ['--token', token], { EXP_BROKEN: 'nowhere', EXP_PIN: '7' }],
  ['a secret option without a value', ['--token', token, '--pin']],
  ['a flag that takes none', ['--token', token, '--help=yes']],
])('a mistake is told without the secret beside it: %s', async (_what, argv, env = {}) => {
  writeFileSync(join(folder, 'pin'), pin);
  const program = startProgram('vault', argv, env, folder);
  expect(await program.exited).toEqual([2, null]);
  expect(program.stderr()).toContain('Error: ');
  expect(told(program.stderr() + program.stdout())).toEqual([]);
});

test.each(['configure', 'startup'])('a hook that fails at %s, with the exporter as its cause, tells no secret', async (place) => {
  const program = startProgram('vault', [...serving, '--broken', place], { EXP_TOKEN: token }, folder);
  expect(await program.exited).toEqual([1, null]);
  expect(program.stderr()).toContain(`broken at ${place}`);
  expect(told(program.stderr() + program.stdout())).toEqual([]);
});

test('help shows no secret that is set', async () => {
  const program = startProgram('vault', ['--token', token, '--help'], { EXP_PIN: pin, EXP_TOKEN: token }, folder);
  expect(await program.exited).toEqual([0, null]);
  expect(program.stdout()).toContain('EXP_TOKEN');
  expect(told(program.stderr() + program.stdout())).toEqual([]);
});
