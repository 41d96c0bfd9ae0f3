import { copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { hashSync } from '@node-rs/bcrypt';
import { Exporter, OnReload, type Reload } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { startTestExporter } from '../../src/testing/index.js';
import { until } from '../until.js';

const tls = (name: string): string => join(__dirname, '../fixtures/tls', name);
const folder = mkdtempSync(join(tmpdir(), 'expositor-web-reload-'));
const file = join(folder, 'web.yml');
afterAll(() => rmSync(folder, { recursive: true }));

const users = (name: string, password: string): string => `basic_auth_users:\n  ${name}: ${hashSync(password, { cost: 4 })}\n`;

@Exporter({ name: 'vault-exporter', description: 'Keeps things.' })
class Vault {
  isBroken = false;
  @OnReload() read(_reload: Reload) {
    if (this.isBroken) throw new Error('broken');
  }
}

async function start(options: Record<string, unknown> = {}) {
  const lines: unknown[] = [];
  const error = (fields: object | string, message?: string): void => void lines.push([message, fields]);
  const running = await startTestExporter(Vault, {
    listen: true,
    log: { ...silentLogger, error },
    options: { webConfigFile: file, webEnableLifecycle: true, ...options },
  });
  const url = running.url ?? '';
  /** Whether the server lets somebody in. */
  const ask = async (name: string, password: string, path = 'metrics', method = 'GET'): Promise<number> => {
    const headers = { Authorization: `Basic ${btoa(`${name}:${password}`)}` };
    return (await fetch(url + path, { headers, method })).status;
  };
  /** From inside, where no password is needed. */
  const reloads = async (): Promise<readonly unknown[]> => {
    const text = (await running.exporter.scrape()).body.toString();
    return ['config', 'web_config'].map((subject) =>
      Number(new RegExp(`^vault_exporter_${subject}_last_reload_successful (\\d)$`, 'm').exec(text)?.[1]),
    );
  };
  return { running, ask, reloads, lines, url };
}

test('a changed password is in force without a restart; a file that breaks keeps the last good one', async () => {
  writeFileSync(file, users('ada', 'first'));
  const { running, ask, reloads, lines } = await start();
  await using _running = running;
  expect([await ask('ada', 'first'), await ask('ada', 'second'), await reloads()]).toEqual([200, 401, [1, 1]]);
  writeFileSync(file, users('ada', 'second'));
  await until(async () => (await ask('ada', 'second')) === 200);
  expect(await ask('ada', 'first')).toBe(401);
  truncateSync(file, 0);
  await until(async () => (await reloads())[1] === 0);
  expect([await ask('ada', 'second'), await ask('nobody', ''), await reloads(), lines.length]).toEqual([200, 401, [1, 0], 1]);
  writeFileSync(file, users('ada', 'third'));
  await until(async () => (await ask('ada', 'third')) === 200);
  expect([await reloads(), lines.length]).toEqual([[1, 1], 1]);
});

test('a reload by HTTP needs the password, and a failed hook keeps the configuration from being put in force', async () => {
  writeFileSync(file, users('ada', 'first'));
  const { running, ask, reloads } = await start();
  await using _running = running;
  expect([await ask('ada', 'wrong', '-/reload', 'POST'), await ask('ada', 'first', '-/reload', 'POST')]).toEqual([401, 200]);
  running.instance.isBroken = true;
  writeFileSync(file, 'wrong: 1\n');
  expect([await ask('ada', 'first', '-/reload', 'POST'), await reloads()]).toEqual([500, [0, 0]]);
  running.instance.isBroken = false;
  writeFileSync(file, users('ada', 'second'));
  expect([await ask('ada', 'first', '-/reload', 'POST'), await ask('ada', 'second'), await reloads()]).toEqual([200, 200, [1, 1]]);
});

test('a reload that is asked for may open the server', async () => {
  writeFileSync(file, users('ada', 'first'));
  const { running, ask } = await start();
  await using _running = running;
  writeFileSync(file, '');
  await running.exporter.reload();
  expect(await ask('', '')).toBe(200);
});

test.each([
  ['the web configuration file', () => ({ webConfigFile: file })],
  [
    'the --ssl options',
    () => ({ webConfigFile: undefined, sslPublicKey: join(folder, 'cert.pem'), sslPrivateKey: join(folder, 'key.pem') }),
  ],
])('a certificate of %s is exchanged while connections stay open', async (_rule, options) => {
  const put = (name: string, key: string): void => {
    copyFileSync(tls(name), join(folder, 'cert.pem'));
    copyFileSync(tls(key), join(folder, 'key.pem'));
  };
  put('server.pem', 'server-key.pem');
  writeFileSync(file, 'tls_server_config:\n  cert_file: cert.pem\n  key_file: key.pem\n');
  const { running, url } = await start(options());
  await using _running = running;
  const kept = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  const first = await fingerprint(url, kept);
  put('rsa-server.pem', 'rsa-server-key.pem');
  await until(async () => (await fingerprint(url)) !== first);
  expect(await fingerprint(url, kept)).toBe(first);
  kept.destroy();
});

/** Makes a request; tells which certificate its connection has seen. */
function fingerprint(url: string, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false, ...(agent ? { agent } : { agent: false }) }, (response) => {
      const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate();
      response.resume().on('end', () => resolve(fingerprint256));
    })
      .on('error', reject)
      .end();
  });
}
