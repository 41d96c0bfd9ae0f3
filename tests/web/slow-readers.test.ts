import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SlowReaders } from '../../src/web/slow-readers.js';

let server: Server;
/** Begins an answer that is never ended. */
let answers: ServerResponse[];

beforeEach(async () => {
  answers = [];
  server = createServer((_req, res) => {
    answers.push(res);
    res.write('x');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

async function begin(): Promise<{ readonly res: ServerResponse; readonly closed: Promise<unknown> }> {
  const { port } = server.address() as AddressInfo;
  const request = get({ port, host: '127.0.0.1', agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  const res = answers.at(-1);
  if (!res) throw new Error('There is no answer.');
  return { res, closed: once(res, 'close') };
}

function create() {
  const cut: object[] = [];
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  return {
    cut,
    readers: new SlowReaders((version) => cut.push(version)),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('who reads a version that three newer ones have followed is cut off', async () => {
  const { cut, readers, pass } = create();
  const [one, twin, two, three, four] = [await begin(), await begin(), await begin(), await begin(), await begin()];
  const [oldest, second] = [{}, {}];
  readers.watch('text', oldest, one.res);
  readers.watch('text', oldest, twin.res);
  pass(3_000);
  readers.watch('text', second, two.res);
  readers.watch('text', {}, three.res);
  expect(cut).toEqual([]);
  readers.watch('text', {}, four.res);
  await Promise.all([one.closed, twin.closed]);
  expect(cut).toEqual([{ seconds: 3, readers: 2 }]);
  expect([two, three, four].map(({ res }) => res.destroyed)).toEqual([false, false, false]);
});

test('nobody is cut off who has begun just now, or reads something else', async () => {
  const { cut, readers, pass } = create();
  const [one, two, three, four, five] = [await begin(), await begin(), await begin(), await begin(), await begin()];
  readers.watch('gzip', {}, one.res);
  pass(3_000);
  for (const { res } of [two, three, four, five]) readers.watch('text', {}, res);
  expect([cut, one.res.destroyed, two.res.destroyed]).toEqual([[], false, false]);
});

test('a version that has been read is forgotten', async () => {
  const { cut, readers, pass } = create();
  const [one, two, three, four, five] = [await begin(), await begin(), await begin(), await begin(), await begin()];
  readers.watch('text', {}, one.res);
  one.res.end();
  await one.closed;
  readers.watch('text', {}, two.res);
  pass(3_000);
  for (const { res } of [three, four]) readers.watch('text', {}, res);
  expect(cut).toEqual([]);
  readers.watch('text', {}, five.res);
  expect(cut).toHaveLength(1);
  await two.closed;
});
