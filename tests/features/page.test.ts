import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createExporter, Exporter, type LiveExporter, OnScrape, OnStartup, type Startup } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { startTestExporter } from '../../src/testing/index.js';

@Exporter({ name: 'door-exporter', description: 'A door.', version: '1.2.3' })
class Door {
  @OnScrape() update() {
    throw new Error('postgres://door:s3cret@db.internal refused /srv/door/exporter.ts');
  }
}

@Exporter({ name: 'gate-exporter', description: 'A gate.' })
class Gate {
  @OnStartup() addMiddleware({ app }: Startup) {
    app.use(async (ctx, next) => {
      if (ctx.path === '/broken') throw new Error('postgres://door:s3cret@db.internal refused');
      ctx.set('X-Frame-Options', 'SAMEORIGIN');
      await next();
      if (ctx.path === '/') ctx.set('Content-Security-Policy', "default-src 'self'");
    });
  }
}

const open: LiveExporter[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((exporter) => exporter.stop()));
});

async function start(exporterClass: new () => object, options: Record<string, unknown> = {}) {
  const exporter = createExporter(exporterClass, { log: silentLogger, options });
  open.push(exporter);
  await exporter.start();
  return request(exporter.app.callback());
}

test('the page has security headers, and its style fits its policy', async () => {
  const { headers, text } = await (await start(Door)).get('/');
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(text) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(headers['content-security-policy']).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' });
  // Nothing that the policy would keep from working.
  expect(text).not.toMatch(/<script|style=|<img|<link|\son\w+=/);
});

test('headers of the author win', async () => {
  const { headers } = await (await start(Gate)).get('/');
  expect(headers).toMatchObject({ 'x-frame-options': 'SAMEORIGIN', 'content-security-policy': "default-src 'self'" });
});

test('headers of the web configuration win', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'expositor-page-'));
  const webConfigFile = join(folder, 'web.yml');
  const own = { 'Content-Security-Policy': "default-src 'self'", 'X-Frame-Options': 'sameorigin' };
  writeFileSync(webConfigFile, JSON.stringify({ http_server_config: { headers: own } }));
  await using running = await startTestExporter(Door, { listen: true, options: { webConfigFile } });
  rmSync(folder, { recursive: true });
  const { headers } = await fetch(running.url ?? '');
  expect(headers.get('content-security-policy')).toBe("default-src 'self'");
  expect(headers.get('x-frame-options')).toBe('sameorigin');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});

test('a failed scrape says nothing of the inside', async () => {
  const { status, text } = await (await start(Door)).get('/metrics');
  expect(status).toBe(500);
  expect(text).not.toMatch(/postgres|s3cret|exporter\.ts|Error:/);
});

test('middleware that throws costs an answer that says nothing of the inside', async () => {
  const { status, text, headers } = await (await start(Gate)).get('/broken');
  expect([status, text, headers['content-type']]).toEqual([500, 'Internal Server Error', 'text/plain; charset=utf-8']);
});

test.each<[string, (agent: ReturnType<typeof request>) => PromiseLike<{ status: number; headers: Record<string, string>; text: string }>]>([
  ['the metrics', (agent) => agent.get('/metrics').send('x')],
  ['the page', (agent) => agent.get('/').send('x')],
  ['health', (agent) => agent.get('/-/healthy').send('x')],
  ['the reload', (agent) => agent.post('/-/reload').send('x')],
])('a request to %s with a body is refused, and its connection closed', async (_what, ask) => {
  const { status, headers, text } = await ask(await start(Door));
  expect([status, headers['connection'], text]).toEqual([413, 'close', 'A request to this path has no body.\n']);
});

test('a body of the length 0 is none', async () => {
  expect((await (await start(Gate)).get('/metrics').set('Content-Length', '0')).status).toBe(200);
});
