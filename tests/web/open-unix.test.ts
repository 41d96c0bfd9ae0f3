import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { openUnix } from '../../src/web/open-unix.js';
import { closeServer, type Opened } from '../../src/web/socket-place.js';

let folder = '';
let path = '';
const opened: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sock-'));
  path = join(folder, 'x.sock');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true });
});

async function open(at = path, mode = 0o660): Promise<Opened> {
  const createWatched = () => createServer((_req, res) => res.end('answer'));
  const one = await openUnix({ kind: 'unix', path: at, mode }, { createServer: createWatched, protocol: 'http' });
  opened.push(...one.servers);
  return one;
}

async function ask(socketPath: string): Promise<string> {
  const asked = request({ socketPath, path: '/', agent: false }).end();
  const [response] = (await once(asked, 'response')) as [AsyncIterable<Buffer>];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

/** Leaves a socket behind as a program does that is killed. */
async function leaveSocket(): Promise<void> {
  const code = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', code]), 'exit');
  expect(existsSync(path)).toBe(true);
}

test('a socket is made, told, and removed when the server closes', async () => {
  const { servers, urls } = await open();
  expect(urls('https')).toEqual([`unix:${path}`]);
  expect(await ask(path)).toBe('answer');
  await Promise.all(servers.map(closeServer));
  expect(existsSync(path)).toBe(false);
});

test.each([0o600, 0o660, 0o666, 0o777])('mode %o is the mode of the socket', async (mode) => {
  await open(path, mode);
  expect(statSync(path).mode & 0o777).toBe(mode);
});

test('the mode is never more open than asked for, and the mask of the process stays', async () => {
  const before = process.umask(0o002);
  try {
    const modes: number[] = [];
    const createWatched = () => {
      const server = createServer();
      const listen = server.listen.bind(server) as (...terms: unknown[]) => typeof server;
      server.listen = (...terms: unknown[]) => {
        listen(...terms);
        modes.push(statSync(path).mode & 0o777);
        return server;
      };
      return server;
    };
    const { servers } = await openUnix({ kind: 'unix', path, mode: 0o620 }, { createServer: createWatched, protocol: 'http' });
    opened.push(...servers);
    expect(modes).toEqual([0o620]);
    writeFileSync(join(folder, 'file'), '');
    expect(statSync(join(folder, 'file')).mode & 0o777).toBe(0o664);
  } finally {
    process.umask(before);
  }
});

test('a socket that nobody listens at is replaced', async () => {
  await leaveSocket();
  await open();
  expect(await ask(path)).toBe('answer');
});

test('a socket that is in use is refused and left alone', async () => {
  await open();
  await expect(open()).rejects.toThrow(`unix:${path}: another program listens there. Stop it, or give another path.`);
  expect(await ask(path)).toBe('answer');
});

test('a socket whose program is too busy to accept is in use, too', async () => {
  const busy = createTcpServer().listen(path);
  opened.push(busy);
  await once(busy, 'listening');
  await expect(open()).rejects.toMatchObject({ code: 'LISTEN_FAILED' });
});

test('what is no socket is never deleted', async () => {
  const what = 'something is there that is no socket. Remove it, or give another path.';
  writeFileSync(path, 'precious');
  await expect(open()).rejects.toThrow(what);
  expect(readFileSync(path, 'utf8')).toBe('precious');
  mkdirSync(join(folder, 'folder'));
  await expect(open(join(folder, 'folder'))).rejects.toThrow(what);
  symlinkSync('nowhere', join(folder, 'link'));
  await expect(open(join(folder, 'link'))).rejects.toThrow(what);
});

test('a folder that does not exist, or is none, is told', async () => {
  await expect(open(join(folder, 'no', 'x.sock'))).rejects.toThrow(`the folder "${join(folder, 'no')}" does not exist. Make it, or give`);
  writeFileSync(join(folder, 'file'), '');
  await expect(open(join(folder, 'file', 'x.sock'))).rejects.toThrow(`"${join(folder, 'file')}" is no folder`);
});

test('a folder that may not be written to is told', async () => {
  chmodSync(folder, 0o500);
  await asNobody(() => expect(open()).rejects.toThrow('this user may not make or use a socket in'));
  chmodSync(folder, 0o700);
});

/** Runs something as a user whom the folder belongs to, since root may write everywhere. */
async function asNobody(run: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return run();
  const nobody = 65_534;
  chownSync(folder, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    await run();
  } finally {
    process.seteuid?.(0);
  }
}

test('a path is told that is longer than a socket may have, and the longest works', async () => {
  const longest = join(folder, 'x'.repeat(107 - folder.length - 1));
  await expect(open(`${longest}x`)).rejects.toThrow('the path is longer than the 107 bytes that a socket');
  if (process.platform === 'linux') {
    await open(longest);
    expect(await ask(longest)).toBe('answer');
  }
});
