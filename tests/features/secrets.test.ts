import { inspect } from 'node:util';
import { createExporter, Exporter, type LiveExporter, OnScrape, OnStartup, Option, type Scrape, type Startup } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';

const secret = 'k1ngf1sher-at-dawn';

@Exporter({ name: 'vault-exporter', description: 'Keeps a secret.' })
class Vault {
  @Option({ description: 'token of the vault', secret: true }) token = '';
  contexts: object[] = [];
  @OnStartup() start(startup: Startup) {
    this.contexts.push(startup);
  }
  @OnScrape() update(scrape: Scrape) {
    this.contexts.push(scrape);
  }
}

let exporter: LiveExporter<Vault>;

beforeAll(async () => {
  exporter = createExporter(Vault, { log: silentLogger, options: { token: secret } });
  await exporter.start();
  await exporter.scrape();
});
afterAll(() => exporter.stop());

test.each<[string, (shown: LiveExporter<Vault>) => unknown]>([
  ['an exporter', (shown) => shown],
  ['its application', ({ app }) => app],
  ['what Koa gives to middleware', ({ app }) => app.context['exporter']],
  ['what hooks and update handlers are given', ({ instance }) => instance.contexts.map(({ ...context }) => context)],
])('%s that is shown or written as JSON does not tell values of secret options', (_, part) => {
  expect(exporter.instance.token).toBe(secret);
  const shown = part(exporter);
  expect(inspect(shown, { depth: 9, getters: true })).not.toContain(secret);
  if (!Array.isArray(shown)) expect(JSON.stringify(shown)).not.toContain(secret);
});
