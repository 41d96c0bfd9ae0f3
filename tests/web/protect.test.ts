import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { hashSync } from '@node-rs/bcrypt';
import Koa from 'koa';
import { openWebConfig, type WebConfig } from '../../src/model/web-config.js';
import { type Listening, listen } from '../../src/web/listen.js';
import { createOpenPaths } from '../../src/web/open-path.js';
import { Protection } from '../../src/web/protect.js';
import { type Line, recordingLog } from './recording-log.js';

const users = new Map([['alice', hashSync('wonder', { cost: 4 })]]);
const headers = { 'X-Frame-Options': 'deny', 'Strict-Transport-Security': 'max-age=1' };
const configured = ['deny', 'max-age=1'];

let listening: Listening;
let lines: Line[];
afterEach(() => listening.close(0));

interface Started {
  readonly seen: string[];
  readonly ask: (path?: string, credentials?: string) => Promise<Response>;
}

async function start(web: Partial<WebConfig>, callback: RequestListener = (_req, res) => res.end('answer')): Promise<Started> {
  const recording = recordingLog();
  ({ lines } = recording);
  const seen: string[] = [];
  const terms = { server: 'weather-exporter/1.2.3', log: recording.log, isOpen: createOpenPaths(['/-/healthy']) };
  const watched: RequestListener = (req, res) => {
    seen.push(req.url ?? '');
    callback(req, res);
  };
  listening = await listen(
    watched,
    { sockets: [{ kind: 'tcp', hosts: ['127.0.0.1'], port: 0 }], web: { ...openWebConfig, ...web } },
    terms,
  );
  const base = (listening.urls[0] ?? '').replace(/\/$/, '');
  const ask: Started['ask'] = (path = '/', credentials) =>
    fetch(base + path, credentials === undefined ? {} : { headers: { authorization: `Basic ${btoa(credentials)}` } });
  return { seen, ask };
}

const shown = (answer: Response): unknown[] => Object.keys(headers).map((name) => answer.headers.get(name));

describe('passwords', () => {
  test('the right one lets in, and the application answers', async () => {
    const { ask } = await start({ users });
    const answer = await ask('/metrics', 'alice:wonder');
    expect([answer.status, await answer.text()]).toEqual([200, 'answer']);
  });

  test.each([undefined, 'alice:x', 'alice:', 'carol:wonder', `alice:${users.get('alice')}`])(
    '%p gets 401 with a challenge, and the application sees nothing',
    async (credentials) => {
      const { ask, seen } = await start({ users, headers });
      const answer = await ask('/metrics', credentials);
      expect([answer.status, await answer.text()]).toEqual([401, 'Unauthorized\n']);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'www-authenticate': 'Basic realm="weather-exporter", charset="UTF-8"',
        'content-type': 'text/plain; charset=utf-8',
        'content-length': '13',
        'x-content-type-options': 'nosniff',
        server: 'weather-exporter/1.2.3',
      });
      expect(shown(answer)).toEqual(configured);
      expect(seen).toEqual([]);
      expect(lines).toEqual([{ level: 'debug', message: 'request refused', status: 401, client: '127.0.0.1', method: 'GET' }]);
    },
  );

  test('300 who come at once are all let in, or turned away', async () => {
    const { ask } = await start({ users });
    const answers = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const answer = await ask('/', index % 3 === 0 ? 'alice:x' : 'alice:wonder');
        await answer.text();
        return answer.status;
      }),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(200);
    expect(answers.filter((status) => status === 401)).toHaveLength(100);
  });

  test('too many different ones at once get 503', async () => {
    // Dear enough that all of them have come before the first few are checked.
    const { ask } = await start({ users: new Map([['alice', hashSync('wonder', { cost: 11 })]]) });
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => ask('/', `alice:${index}`)));
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(busy.map((answer) => answer.headers.get('retry-after'))).toEqual(busy.map(() => '1'));
    expect(answers.every(({ status }) => status === 503 || status === 401)).toBe(true);
  });

  test('a path can be open to all, and no other way leads past it', async () => {
    const { ask, seen } = await start({ users });
    expect((await ask('/-/healthy')).status).toBe(200);
    for (const path of ['/-/healthy%2f..%2fmetrics', '//-/healthy', '/-/healthy/', '/metrics?/-/healthy']) {
      expect([path, (await ask(path)).status]).toEqual([path, 401]);
    }
    expect(seen).toEqual(['/-/healthy']);
  });

  test.each(['GET http://x/-/healthy/', 'GET http://x/metrics', 'GET /-/healthy/../metrics', 'OPTIONS *', 'GET /metrics#/-/healthy'])(
    '%s needs a password, sent as it is',
    async (line) => {
      await start({ users });
      const socket = connect(Number(new URL(listening.urls[0] ?? '').port), '127.0.0.1').setEncoding('utf8');
      socket.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      const [answer] = (await once(socket, 'data')) as [string];
      expect(answer).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
      socket.destroy();
    },
  );

  test('users change for the requests to come, also on a connection that is open', async () => {
    const { ask } = await start({});
    const statusOf = async (credentials?: string): Promise<number> => {
      const answer = await ask('/', credentials);
      await answer.text();
      return answer.status;
    };
    expect(await statusOf()).toBe(200);
    listening.apply({ ...openWebConfig, users });
    expect([await statusOf(), await statusOf('alice:wonder')]).toEqual([401, 200]);
    listening.apply({ ...openWebConfig, users: new Map([['bob', users.get('alice') ?? '']]) });
    expect([await statusOf('alice:wonder'), await statusOf('bob:wonder')]).toEqual([401, 200]);
    listening.apply(openWebConfig);
    expect(await statusOf()).toBe(200);
  });
});

describe('headers', () => {
  test("are set, and the application's own win", async () => {
    const { ask } = await start({ headers }, (_req, res) => res.setHeader('X-Frame-Options', 'sameorigin').end('answer'));
    expect(shown(await ask())).toEqual(['sameorigin', 'max-age=1']);
  });

  test('stay where Koa answers an error, and takes all headers away', async () => {
    const app = new Koa();
    app.silent = true;
    app.use(() => {
      throw new Error('broken');
    });
    const { ask } = await start({ headers }, app.callback());
    const answer = await ask();
    expect([answer.status, ...shown(answer)]).toEqual([500, ...configured]);
  });

  test('stay where the application writes its head with others', async () => {
    const { ask } = await start({ headers }, (_req, res) => res.writeHead(204, 'Nothing', { 'X-Other': 'yes' }).end());
    const answer = await ask();
    expect([answer.statusText, answer.headers.get('x-other'), ...shown(answer)]).toEqual(['Nothing', 'yes', ...configured]);
  });
});

describe('the rate limit', () => {
  test('refuses with 429 and says when to come again, before anything else', async () => {
    const { ask, seen } = await start({ rateLimit: { intervalMilliseconds: 90_000, burst: 2 }, users, headers });
    const answers = [await ask('/', 'alice:wonder'), await ask('/-/healthy'), await ask('/', 'alice:wonder')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect([answers[2]?.headers.get('retry-after'), await answers[2]?.text()]).toEqual(['90', 'Too Many Requests\n']);
    expect(answers.slice(2).map(shown)).toEqual([[null, null]]);
    expect(seen).toEqual(['/', '/-/healthy']);
  });

  test('is one for all addresses', async () => {
    const web = { ...openWebConfig, rateLimit: { intervalMilliseconds: 90_000, burst: 1 } };
    listening = await listen(
      (_req, res) => res.end(),
      { sockets: [{ kind: 'tcp', hosts: ['127.0.0.1', '127.0.0.2'], port: 0 }], web },
      { server: 'x', log: recordingLog().log },
    );
    const statuses: number[] = [];
    for (const url of listening.urls) statuses.push((await fetch(url)).status);
    expect(statuses).toEqual([200, 429]);
  });

  test('counts on where it does not change, and begins anew where it does', async () => {
    const limited = (burst: number): WebConfig => ({ ...openWebConfig, rateLimit: { intervalMilliseconds: 90_000, burst } });
    const { ask } = await start(limited(1));
    expect((await ask()).status).toBe(200);
    listening.apply({ ...limited(1), headers });
    expect((await ask()).status).toBe(429);
    listening.apply(limited(2));
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
    listening.apply(openWebConfig);
    expect((await ask()).status).toBe(200);
  });

  test('gives a token back in time', async () => {
    let now = 0;
    const statuses: unknown[] = [];
    const terms = { server: 'x', log: recordingLog().log, now: () => now };
    const protection = new Protection(
      (_req, res) => res.end('answer'),
      { ...openWebConfig, rateLimit: { intervalMilliseconds: 1_000, burst: 1 } },
      terms,
    );
    listening = await listen(
      protection.answer,
      { sockets: [{ kind: 'tcp', hosts: ['127.0.0.1'], port: 0 }] },
      { server: 'x', log: recordingLog().log },
    );
    for (now of [0, 999, 1_000]) statuses.push((await fetch(listening.urls[0] ?? '')).status);
    expect(statuses).toEqual([200, 429, 200]);
  });
});
