import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { blocksOf } from '../docs/markdown.js';
import { until } from '../until.js';
import { ask, serveDoor } from '../features/serve-door.js';
import { describeWith } from '../real-parts.js';

const guide = readFileSync(join(__dirname, '../../docs/guide/proxy.md'), 'utf8');
const [stripped = '', kept = '', forwarded = ''] = blocksOf(guide)
  .filter(({ language }) => language === 'nginx')
  .map(({ code }) => code);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'expositor-nginx-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function untilAnswers(url: string, nginx: ChildProcess, said: () => string): Promise<void> {
  const tell = () => `nginx does not answer: ${said()}`;
  const answers = async (): Promise<boolean> => (await ask(url).catch(() => undefined)) !== undefined;
  await until(async () => nginx.exitCode !== null || (await answers()), tell);
  if (nginx.exitCode !== null) throw new Error(tell());
}

/** Starts nginx with one location; resolves to its URL. */
async function startNginx(location: string): Promise<string> {
  const folder = createFolder();
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`);
  mkdirSync(join(folder, 'logs'));
  const config = `daemon off; master_process off; pid ${join(folder, 'nginx.pid')}; error_log stderr;
events {}
http {
  access_log off;
  ${temporary.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${location}
  }
}`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  const nginx = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  nginx.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  ends.push(async () => {
    if (nginx.exitCode === null && nginx.kill()) await once(nginx, 'exit');
  });
  await untilAnswers(`http://127.0.0.1:${port}/`, nginx, () => said);
  return `http://127.0.0.1:${port}/weather/`;
}

async function serve(argv: readonly string[], listen: readonly string[] = ['--host', '127.0.0.1', '--port', '0']) {
  const served = await serveDoor([...listen, '-L', 'debug', ...argv]);
  ends.push(served.stop);
  return { host: new URL(served.urls[0] ?? '').host, log: () => served.program.log };
}

/** The line of the one request for metrics, which may be written after its answer is read. */
async function untilLogged(log: () => readonly Readonly<Record<string, unknown>>[]): Promise<Readonly<Record<string, unknown>>> {
  const find = () => log().find(({ msg, path }) => msg === 'request' && path === '/metrics');
  await until(
    () => find() !== undefined,
    () => `no request in the log: ${JSON.stringify(log())}`,
  );
  return find() ?? {};
}

/** The statuses of all that the landing page leads to. */
async function followLinks(page: string): Promise<Readonly<Record<string, number>>> {
  const { status, text } = await ask(page);
  const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => new URL(link, page));
  const own = links.filter(({ origin }) => origin === new URL(page).origin);
  const answers = await Promise.all(own.map(async ({ href, pathname }) => [pathname, (await ask(href)).status] as const));
  return { page: status, ...Object.fromEntries(answers) };
}

describeWith('nginx', 'behind nginx, as the guide sets it up', () => {
  test.each([
    ['takes the prefix away', stripped, []],
    ['keeps the prefix', kept, ['--web-external-url', 'https://example.org/weather']],
  ])('all links of the page lead somewhere where it %s', async (_, location, argv) => {
    const { host } = await serve(argv);
    const page = await startNginx(location.replace('127.0.0.1:9400', host));
    expect(await followLinks(page)).toMatchObject({ page: 200, '/weather/metrics': 200 });
    expect(new Set(Object.values(await followLinks(page)))).toEqual(new Set([200]));
    expect((await ask(`${page}metrics`)).text).toContain('door_exporter_build_info');
  });

  test('all links of the page lead somewhere over a Unix socket', async () => {
    const socket = join(createFolder(), 'web.sock');
    await serve(['--web-trusted-proxy', 'unix'], ['--web-listen-address', `unix:${socket}`]);
    const page = await startNginx(forwarded.replace('/run/weather/web.sock', socket));
    const statuses = await followLinks(page);
    expect(statuses).toMatchObject({ page: 200, '/weather/metrics': 200 });
    expect(new Set(Object.values(statuses))).toEqual(new Set([200]));
  });

  test.each([
    ['comes from the header', 'is trusted', '127.0.0.1', '203.0.113.7'],
    ['does not come from the header', 'is not trusted', '10.0.0.0/8', '127.0.0.1'],
  ])('the client in the log %s where nginx %s', async (_, __, trusted, client) => {
    const { host, log } = await serve(['--web-trusted-proxy', trusted]);
    const page = await startNginx(forwarded.replace(/http:\/\/unix:[^;]*/, `http://${host}/`));
    await askForwarded(page);
    expect((await untilLogged(log))['client']).toBe(client);
  });

  test.each([
    ['is who asked nginx', 'are trusted', ['unix'], '127.0.0.1'],
    ['is whom the proxy before names', 'are trusted, and that proxy, too', ['unix', '127.0.0.1'], '203.0.113.7'],
    ['is nobody', 'are not trusted', [], undefined],
  ])('the client in the log %s where Unix sockets %s', async (_, __, trusted, client) => {
    const socket = join(createFolder(), 'web.sock');
    const argv = trusted.flatMap((proxy) => ['--web-trusted-proxy', proxy]);
    const { log } = await serve(argv, ['--web-listen-address', `unix:${socket}`]);
    await askForwarded(await startNginx(forwarded.replace('/run/weather/web.sock', socket)));
    // A Unix socket itself has no address.
    expect((await untilLogged(log))['client'] || undefined).toBe(client);
  });
});

/** Asks for the metrics as somebody who has come through another proxy. */
async function askForwarded(page: string): Promise<void> {
  const { hostname, port, pathname } = new URL(page);
  const headers = { 'X-Forwarded-For': '203.0.113.7' };
  expect(await ask({ hostname, port, path: `${pathname}metrics`, headers })).toMatchObject({ status: 200 });
}
