import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { type Program, serveProgram } from './program.js';
import { openFiles } from './resources.js';
import { until } from '../until.js';

jest.setTimeout(120_000);

const pem = (name: string): Buffer => readFileSync(join(__dirname, '../fixtures/tls', `${name}.pem`));
const files = {
  'web.yml': 'tls_server_config:\n  cert_file: cert.pem\n  key_file: key.pem\n',
  'cert.pem': pem('server'),
  'key.pem': pem('server-key'),
};

let program: Program;
beforeEach(async () => {
  program = await serveProgram('samples/sample', ['--web-config-file', 'web.yml'], files);
});
afterEach(() => program.stop('SIGKILL'));

/** Scrapes over a connection of its own. */
function scrape(): Promise<{ readonly subject: string | undefined; readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(new URL('metrics', program.url), { agent: false, rejectUnauthorized: false }, async (response) => {
      const subject = (response.socket as TLSSocket).getPeerCertificate().serialNumber;
      let text = '';
      for await (const chunk of response) text += String(chunk);
      resolve({ subject, text });
    }).on('error', reject);
  });
}

const success = /^expositor_sample_web_config_last_reload_successful (\d)$/m;
const isGood = async (): Promise<boolean> => success.exec((await scrape()).text)?.[1] === '1';

test.each<[name: string, spoil: (file: string) => void]>([
  ['is swapped for a broken one', (file) => writeFileSync(file, 'no certificate')],
  ['is half written', (file) => writeFileSync(file, pem('server').subarray(0, 500))],
  ['is deleted', (file) => rmSync(file)],
  [
    'is replaced by a directory',
    (file) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
  ['belongs to another key', (file) => writeFileSync(file, pem('client'))],
])('a certificate that %s leaves the last good one in force, until there is a good one again', async (_name, spoil) => {
  const before = await scrape();
  expect(await isGood()).toBe(true);
  const opened = openFiles(program);
  const file = join(program.folder, 'cert.pem');
  spoil(file);
  await until(async () => !(await isGood()), 'the fault is noticed');
  expect((await scrape()).subject).toBe(before.subject);
  expect(program.log.filter(({ level }) => level === 'error')).toHaveLength(1);

  // The two files of another pair, each put in its place at once.
  writeFileSync(join(program.folder, 'new-cert.pem'), pem('client'));
  writeFileSync(join(program.folder, 'new-key.pem'), pem('client-key'));
  rmSync(file, { recursive: true, force: true });
  renameSync(join(program.folder, 'new-cert.pem'), file);
  renameSync(join(program.folder, 'new-key.pem'), join(program.folder, 'key.pem'));
  await until(isGood, 'the new pair is in force');
  expect((await scrape()).subject).not.toBe(before.subject);
  await until(() => openFiles(program) <= opened + 1, 'no file is left open');
  expect(await program.stop()).toBe(0);
});
