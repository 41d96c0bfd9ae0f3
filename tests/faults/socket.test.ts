import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, runProgram, serveProgram } from './program.js';

jest.setTimeout(120_000);

const started: Program[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((program) => program.stop('SIGKILL')));
});

async function start(...parameters: readonly string[]): Promise<Program> {
  const program = await serveProgram('samples/sample', parameters);
  started.push(program);
  return program;
}

test('a port that another program has is told, and harms neither of them', async () => {
  const first = await start();
  const place = ['--host', '127.0.0.1', '--port', String(first.port)];
  const { code, said } = await runProgram('samples/sample', place);
  expect(code).toBe(1);
  expect(said).toContain(`port ${first.port} of 127.0.0.1 is in use`);
  expect((await fetch(new URL('metrics', first.url))).status).toBe(200);
  await first.stop();
  const second = await start(...place);
  expect((await fetch(new URL('metrics', second.url))).status).toBe(200);
});

describe('a full disk', () => {
  let disk = '';
  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'expositor-disk-'));
    // With room for its own folder and for nothing else.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,nr_inodes=1', 'tmpfs', disk]);
  });
  afterAll(() => {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  test('has no place for a Unix socket, which is told; with a place again it works', async () => {
    const path = join(disk, 'exporter.sock');
    const { code, said } = await runProgram('samples/sample', ['--web-listen-address', `unix:${path}`]);
    expect([code, existsSync(path)]).toEqual([1, false]);
    expect(said).toMatch(/there is no room left/);
    execFileSync('mount', ['-o', 'remount,nr_inodes=100', disk]);
    const program = await start('--web-listen-address', `unix:${path}`);
    expect(await statusAt(path)).toBe(200);
    expect(await program.stop()).toBe(0);
    expect(existsSync(path)).toBe(false);
  });
});

function statusAt(socketPath: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path: '/metrics' }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}
