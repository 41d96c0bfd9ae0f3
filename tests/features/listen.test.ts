import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { Exporter } from '../../src/index.js';
import { describeWith } from '../real-parts.js';
import { runProgram } from '../run-program.js';
import { ask, serveDoor } from './serve-door.js';

@Exporter({ name: 'door-exporter', description: 'A door.' })
class Door {}

const root = join(__dirname, '../..');
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
let folder = '';
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'listen-'));
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  rmSync(folder, { recursive: true });
});

async function serve(...argv: string[]) {
  const served = await serveDoor(argv);
  ends.push(served.stop);
  return served;
}

test('each listen address has its own port, and is told', async () => {
  const { urls } = await serve('--web-listen-address', '127.0.0.1:0', '--web.listen-address', 'localhost:0');
  expect(urls).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/), expect.stringMatching(/^http:\/\/localhost:\d+\/$/)]);
  expect(new Set(urls.map((url) => new URL(url).port)).size).toBe(2);
  for (const url of urls) expect((await ask(`${url}metrics`)).status).toBe(200);
});

test('a host without a name means all addresses, beside others of the same port', async () => {
  const port = await freePort();
  const { urls } = await serve('--web-listen-address', `127.0.0.1:${port}`, '--web-listen-address', `:${port}`);
  expect(urls).toEqual([`http://127.0.0.1:${port}/`, `http://[::]:${port}/`]);
  expect((await ask(`http://127.0.0.2:${port}/metrics`)).status).toBe(200);
  if (hasIpv6) expect((await ask(`http://[::1]:${port}/metrics`)).status).toBe(200);
});

test('a Unix socket beside a port has its mode, answers, and goes with the exporter', async () => {
  const socketPath = join(folder, 'x.sock');
  const { urls, stop } = await serve(
    '--web-listen-address',
    `unix:${socketPath}`,
    '--web-listen-address',
    '127.0.0.1:0',
    '--web-socket-mode',
    '600',
  );
  expect(urls).toContain(`unix:${socketPath}`);
  expect(statSync(socketPath).mode & 0o777).toBe(0o600);
  expect((await ask({ socketPath, path: '/metrics', agent: false })).status).toBe(200);
  expect(await stop()).toBe(0);
  expect(existsSync(socketPath)).toBe(false);
});

test.each<[what: string, prepare: (path: string) => unknown, message: string]>([
  ['a socket in use', (path) => serve('--web-listen-address', `unix:${path}`), 'another program listens there'],
  ['what is no socket', (path) => writeFileSync(path, ''), 'something is there that is no socket'],
])('%s ends the program with 1 and one line', async (_what, prepare, message) => {
  const path = join(folder, 'x.sock');
  await prepare(path);
  const program = runProgram(Door, ['--web-listen-address', '127.0.0.1:0', '--web-listen-address', `unix:${path}`]);
  expect(await program.code).toBe(1);
  expect(program.log.filter(({ level }) => level === 'error')).toMatchObject([
    { msg: 'cannot listen', error: expect.stringContaining(`unix:${path}: ${message}`) as string },
  ]);
  expect(existsSync(path)).toBe(true);
});

test('a port in use names the option that chose it', async () => {
  const { urls: [url = ''] } = await serve('--web-listen-address', '127.0.0.1:0'); // prettier-ignore
  const program = runProgram(Door, ['--web-listen-address', new URL(url).host]);
  expect(await program.code).toBe(1);
  expect(program.stderr.text).toContain('Stop the program that uses it, or give another as --web-listen-address.');
});

describeWith('systemd-socket-activate', 'sockets of systemd', () => {
  const program = join(root, 'tests/fixtures/programs/slow.ts');

  /** Starts a program as systemd does; the first connection lets it begin. */
  function activate(listen: readonly string[], more: readonly string[] = []) {
    const child = spawn(
      'systemd-socket-activate',
      [...listen.flatMap((one) => ['-l', one]), ...more, '-E', 'EXP_LOG_FORMAT=json', process.execPath, '-r', 'esbuild-register', program, '--web-systemd-socket'],
      { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
    ); // prettier-ignore
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    ends.push(async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    });
    return { child, stderr: () => stderr };
  }

  async function askUntilUp(options: Parameters<typeof ask>[0], stderr: () => string): ReturnType<typeof ask> {
    let answer: Awaited<ReturnType<typeof ask>> | undefined;
    const isUp = async () => (answer = await ask(options).catch(() => undefined)) !== undefined;
    await until(isUp, () => `never answers: ${stderr()}`);
    return answer as Awaited<ReturnType<typeof ask>>;
  }

  test('are listened on and told', async () => {
    const port = await freePort();
    const socketPath = join(folder, 'x.sock');
    const { child, stderr } = activate([`127.0.0.1:${port}`, socketPath], ['--fdname=web:local']);
    expect((await askUntilUp(`http://127.0.0.1:${port}/metrics`, stderr)).status).toBe(200);
    expect((await ask({ socketPath, path: '/metrics', agent: false })).status).toBe(200);
    await until(() => /"listening".*\n/.test(stderr()), stderr);
    const line = stderr().split('\n').find((text) => text.includes('"listening"')) ?? ''; // prettier-ignore
    expect(JSON.parse(line)).toMatchObject({ urls: [`http://127.0.0.1:${port}/`, 'fd:4 (local)'] });
    child.kill();
    expect(await once(child, 'exit')).toEqual([0, null]);
    // It is systemd's.
    expect(existsSync(socketPath)).toBe(true);
  });

  test('that are no stream sockets end the program with 1', async () => {
    const port = await freePort();
    const { child, stderr } = activate([`127.0.0.1:${port}`], ['-d']);
    await until(() => stderr().includes('Listening on'), stderr);
    const probe = spawn('python3', [
      '-c',
      `import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", ${port}))`,
    ]);
    await once(probe, 'exit');
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(stderr()).toContain('Pass on a stream socket that is bound and not accepted: ListenStream= and Accept=no.');
  });
});
