import { connect } from 'node:net';
import fc from 'fast-check';
import { type Program, serveProgram } from './program.js';
import { wildRequest } from './wild-request.js';

/* Twenty thousand malformed requests against the real program. A failure prints its seed, with which it comes again. */
jest.setTimeout(900_000);

const runs = 100;
const requestsAtOnce = 100;

// The passwords are "correct", at the lowest cost of bcrypt.
const files = { 'users.yml': 'basic_auth_users:\n  alice: $2b$04$wtyJTAE7h9W4h8LKEDvCM.UCMij43Fjv85NElplM9A4IIJxOgJIOS\n' };

let program: Program;
afterEach(() => program.stop());

test.each([
  ['for everybody', []],
  ['with users', ['--web-config-file', 'users.yml', '--web-open-health']],
] as const)('no request makes a server %s fail, fall silent or answer with an error of its own', async (_name, parameters) => {
  const timeouts = ['--web-header-timeout', '300ms', '--web-request-timeout', '300ms', '--max-concurrent-scrapes', '0'];
  program = await serveProgram('samples/sample', [...timeouts, ...parameters], files);
  const seen = new Map<string, number>();
  const batch = fc.array(wildRequest, { minLength: requestsAtOnce, maxLength: requestsAtOnce, size: 'max' });
  const property = fc.asyncProperty(batch, async (requests) => {
    const answers = await Promise.all(requests.map((request) => exchange(program.port, request)));
    for (const [index, answer] of answers.entries()) {
      const status = statusOf(answer);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      if (status.startsWith('5')) throw new Error(`${show(requests[index])} is answered: ${show(answer)}`);
    }
    const health = await fetch(new URL('/-/healthy', program.url));
    if (health.status !== 200) throw new Error(`health is answered with ${health.status}`);
  });
  const { failed, seed, counterexamplePath, errorInstance } = await fc.check(property, { numRuns: runs, endOnFailure: true });
  // The whole counterexample would be megabytes.
  if (failed) throw new Error(`{ seed: ${seed}, path: "${counterexamplePath}" }`, { cause: errorInstance });
  // Else the requests are so wild that nothing of ours is tried.
  const expected = parameters.length === 0 ? ['200', '400', '404', '405', '408', '431'] : ['200', '400', '401', '408', '431'];
  for (const status of expected) expect([status, seen.get(status) ?? 0]).toEqual([status, expect.any(Number)]);
  expect(expected.filter((status) => !seen.has(status))).toEqual([]);
  expect(program.isRunning).toBe(true);
  expect(program.log.filter(({ level }) => level === 'error' || level === 'critical')).toEqual([]);
});

/** Silence that ends an answer; the connection would be kept for another request. */
const quietMilliseconds = 30;

/** Sends bytes and gives what comes back until the server closes, or has said something and falls silent. */
function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    let answer = '';
    let timer = setTimeout(() => reject(new Error(`no end is put to ${show(request)}`)), 60_000);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      answer += text;
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(), quietMilliseconds);
    });
    // Who is cut off in the middle of his words hears of it so.
    socket.on('error', () => {});
    socket.on('end', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(answer);
    });
    socket.write(request, 'latin1');
  });
}

function statusOf(answer: string): string {
  return /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? (answer === '' ? 'none' : 'no HTTP');
}

function show(text: string | undefined): string {
  return JSON.stringify(text?.replaceAll(/(.)\1{50,}/g, '$1…'));
}
