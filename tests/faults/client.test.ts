import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Program, serveProgram } from './program.js';
import { openFiles, residentMebibytes } from './resources.js';
import { until } from '../until.js';

jest.setTimeout(180_000);

let program: Program;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await program.stop('SIGKILL');
});

async function open(): Promise<Socket> {
  const socket = connect(program.port, '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  return socket;
}

const statusOf = async (path: string): Promise<number> =>
  (await fetch(new URL(path, program.url), { headers: { Connection: 'close' } })).status;

test('5,000 connections that send a byte a second keep nobody out, and leave nothing behind', async () => {
  program = await serveProgram('faulty', ['--web-header-timeout', '3s']);
  expect(await statusOf('metrics')).toBe(200);
  const [files, mebibytes] = [openFiles(program), residentMebibytes(program)];

  const request = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
  for (let count = 0; count < 5_000; count += 250) await Promise.all(Array.from({ length: 250 }, open));
  for (let second = 0; second < 5; second += 1) {
    for (const socket of sockets) if (socket.writable) socket.write(request[second] ?? 'x');
    expect([await statusOf('-/healthy'), await statusOf('metrics')]).toEqual([200, 200]);
    await wait(1_000);
  }

  // Whoever sends no request has no place for ever.
  await until(() => openFiles(program) <= files + 2, 'no connection is left');
  expect([await statusOf('-/healthy'), await statusOf('metrics')]).toEqual([200, 200]);
  expect(residentMebibytes(program) - mebibytes).toBeLessThan(150);
  expect(await program.stop()).toBe(0);
});

test('a client that reads a byte a second of 30 MB is cut off, and others are served meanwhile', async () => {
  program = await serveProgram('faulty', ['--series', '300000', '--web-write-timeout', '4s']);
  expect(await statusOf('metrics')).toBe(200);
  const [files, mebibytes] = [openFiles(program), residentMebibytes(program)];

  const slow = await Promise.all(Array.from({ length: 20 }, open));
  for (const socket of slow) {
    socket.pause();
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n');
  }
  const isReading = setInterval(() => slow.forEach((socket) => socket.read(1)), 1_000);
  for (let round = 0; round < 5; round += 1) expect([await statusOf('-/healthy'), await statusOf('metrics')]).toEqual([200, 200]);

  await until(() => openFiles(program) <= files + 2, 'all slow readers are cut off');
  clearInterval(isReading);
  expect([await statusOf('-/healthy'), await statusOf('metrics')]).toEqual([200, 200]);
  // All of them had the same bytes.
  expect(residentMebibytes(program) - mebibytes).toBeLessThan(200);
  expect(await program.stop()).toBe(0);
});
