import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/* The tarball as its users get it: packed (`npm test` builds first) and installed in an empty project. */
const root = join(__dirname, '../..');
const project = mkdtempSync(join(tmpdir(), 'expositor-user-'));
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const run = (command: string, ...parameters: string[]): string =>
  execFileSync(command, parameters, { cwd: project, encoding: 'utf8', stdio: 'pipe' });
const write = (name: string, text: string): void => writeFileSync(join(project, name), text);

let files: readonly string[] = [];

beforeAll(() => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], { cwd: root, encoding: 'utf8' }),
  ) as [{ readonly filename: string; readonly files: readonly { readonly path: string }[] }];
  files = packed.files.map(({ path }) => path);
  write('package.json', '{ "name": "user", "version": "3.2.1", "private": true }');
  run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', `./${packed.filename}`);
}, 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

const plainExporter = `
class Plain {
  constructor() { this.city = 'Oslo'; }
}
Exporter({ name: 'plain-exporter', description: 'Without decorator syntax.' })(Plain);
Option({ description: 'a city' })(Plain.prototype, 'city');
Metric({ type: 'gauge', help: 'Size.' })(Plain.prototype, 'size');
Plain.prototype.update = function () { this.size.set(this.city.length); };
OnScrape()(Plain.prototype, 'update');
const exporter = createExporter(Plain);
exporter.start().then(() => exporter.scrape()).then(({ body }) => { console.log(body.toString()); return exporter.stop(); });
`;
/** A scrape without the metrics about the exporter and its collector, which have versions and times in them. */
const authorsPart = (text: string): string => text.split(/^# HELP \w+_exporter_build_info/m)[0] ?? '';
const scraped = '# HELP size Size.\n# TYPE size gauge\nsize 4\n';

test('the tarball holds the built package, its papers, and nothing else', () => {
  expect(files.filter((path) => !/^dist\/(?:src|samples)\/.+\.(?:js|d\.ts)$/.test(path)).sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'package.json',
  ]);
});

test('works from CommonJS', () => {
  write('user.cjs', `const { createExporter, Exporter, Metric, OnScrape, Option } = require('expositor');${plainExporter}`);
  expect(authorsPart(run(process.execPath, 'user.cjs'))).toBe(scraped);
});

test('works from ESM', () => {
  write('user.mjs', `import { createExporter, Exporter, Metric, OnScrape, Option } from 'expositor';${plainExporter}`);
  expect(authorsPart(run(process.execPath, 'user.mjs'))).toBe(scraped);
});

test.each([
  ['CommonJS, legacy decorators', 'cts', { experimentalDecorators: true, emitDecoratorMetadata: true, module: 'nodenext' }],
  ['CommonJS, standard decorators', 'cts', { module: 'nodenext' }],
  ['ESM, legacy decorators', 'mts', { experimentalDecorators: true, module: 'nodenext' }],
  ['ESM, standard decorators', 'mts', { module: 'nodenext' }],
  ['a bundler, standard decorators', 'mts', { module: 'esnext', moduleResolution: 'bundler' }],
])('works from TypeScript: %s', (_name, extension, compilerOptions) => {
  write(
    `typed.${extension}`,
    `import { createExporter, Exporter, Metric, OnScrape, OnStartup, Option, type Gauge, type Startup } from 'expositor';
import { startTestExporter } from 'expositor/testing';
@Exporter({ name: 'typed-exporter', description: 'With types.' })
class Typed {
  @Option({ description: 'a city' }) city = 'Oslo';
  @Metric({ type: 'gauge', help: 'Size.' }) size!: Gauge;
  @OnStartup() start({ app }: Startup) { app.use((ctx, next) => { ctx.exporter?.log.debug(ctx.path); return next(); }); }
  @OnScrape() update() { this.size.set(this.city.length); }
}
// @ts-expect-error the types are there, and strict
class Wrong { @Metric({ type: 'gauge', help: 'h' }) size = ''; }
void startTestExporter(Typed).then(async (exporter) => { console.log((await exporter.scrape()).text); await exporter.stop(); });
void createExporter;
`,
  );
  const types = ['node'];
  const common = { target: 'es2022', strict: true, outDir: 'out', types, typeRoots: [join(root, 'node_modules/@types')] };
  write('tsconfig.json', JSON.stringify({ compilerOptions: { ...common, ...compilerOptions }, files: [`typed.${extension}`] }));
  expect(run(bin('tsc'))).toBe('');
  expect(authorsPart(run(process.execPath, `out/typed.${extension.replace('ts', 'js')}`))).toBe(scraped);
});

test('works in a jest project', () => {
  write(
    'user.test.js',
    `const { Exporter, Metric, OnScrape, Option } = require('expositor');
const { startTestExporter } = require('expositor/testing');
class Plain { update() { this.size.set(4); } }
Exporter({ name: 'plain-exporter', description: 'x' })(Plain);
Metric({ type: 'gauge', help: 'Size.' })(Plain.prototype, 'size');
OnScrape()(Plain.prototype, 'update');
test('over HTTP', async () => {
  const exporter = await startTestExporter(Plain, { listen: true });
  await exporter.expectMetrics(${JSON.stringify(scraped)});
  await exporter.stop();
});`,
  );
  const { status, stderr } = spawnSync(bin('jest'), ['--rootDir', project, '--config', '{}'], { cwd: project, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, expect.stringContaining('1 passed')]);
});

test.each(['expositor-sample', 'expositor-host'])('brings the binary %s', (name) => {
  expect(run(join(project, 'node_modules/.bin', name), '--help')).toMatch(new RegExp(`^Usage: ${name} \\[OPTIONS\\]`));
});

test('the version of an exporter is that of its own package', () => {
  write(
    'main.cjs',
    `const { Exporter, runExporter } = require('expositor'); class Plain {} Exporter({ name: 'plain-exporter', description: 'x' })(Plain); void runExporter(Plain);`,
  );
  expect(run(process.execPath, 'main.cjs', '--version')).toBe('plain-exporter 3.2.1\n');
});

test('nothing inside can be reached but the two doors and package.json', () => {
  write('inner.cjs', "require('expositor/package.json'); require('expositor/testing'); require('expositor/dist/src/errors.js');");
  expect(spawnSync(process.execPath, ['inner.cjs'], { cwd: project, encoding: 'utf8' }).stderr).toContain('ERR_PACKAGE_PATH_NOT_EXPORTED');
});
