import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SampleExporter } from '../samples/sample/exporter.js';
import { errorCodes } from '../src/errors.js';
import { builtinOptions } from '../src/model/builtin-option.js';
import { lintRules } from '../src/model/declaration.js';
import { parseMetrics, startTestExporter } from '../src/testing/index.js';
import { readExamples, renderModule } from './docs/example.js';
import { blocksOf, codesOf, fragmentsOf, linksOf, rowsOf, sectionOf } from './docs/markdown.js';
import { type Modules, typeCheck } from './docs/type-check.js';

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesBelow = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));

const docs = ['README.md', ...filesBelow('docs', '.md')];
const pages = [...docs, 'CONTRIBUTING.md', 'CHANGELOG.md', ...filesBelow('samples', 'README.md')];

test.each(['exporter.ts', 'main.ts'])("the README's %s is the sample's, byte for byte", (name) => {
  const block = blocksOf(read('README.md')).find((one) => one.name === name);
  expect(block).toEqual({ language: 'ts', name, code: read(`samples/sample/${name}`) });
});

test('the README shows lines of the real help', () => {
  const help = execFileSync(process.execPath, ['dist/samples/sample/main.js', '--help'], { cwd: root, encoding: 'utf8' });
  const shown = blocksOf(read('README.md')).find(({ code }) => code.startsWith('Usage:'))?.code ?? '';
  expect(shown.replace('  …\n', '')).toBe(help.slice(0, shown.indexOf('  …\n')));
});

test('the README shows the families of a real scrape', async () => {
  const shown = blocksOf(read('README.md')).find(({ code }) => code.startsWith('# HELP'))?.code ?? '';
  await using exporter = await startTestExporter(SampleExporter);
  const { families } = await exporter.scrape();
  const heads = (all: typeof families) => all.map(({ name, type, help }) => ({ name, type, help }));
  expect(heads(parseMetrics(shown))).toEqual(heads(families));
});

test('the README names the two commands', () => {
  expect(read('README.md')).toContain('npm ci && npm start');
  expect(read('README.md')).toContain('npm ci && npm test');
});

test.each(pages)('each link of %s leads somewhere', (page) => {
  const broken = linksOf(read(page)).filter((link) => {
    const [path = '', fragment] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    return !existsSync(join(root, target)) || (fragment !== undefined && !fragmentsOf(read(target)).includes(fragment));
  });
  expect(broken).toEqual([]);
});

const examples = [...readExamples(join(root, 'src/index.ts')), ...readExamples(join(root, 'src/testing/index.ts'))];

test.each(['standard', 'legacy'] as const)(
  'each ts block of the docs and each example of a doc comment is right in the %s dialect',
  (dialect) => {
    const blocks = docs.flatMap((page) =>
      blocksOf(read(page))
        .filter(({ language }) => language === 'ts')
        .map(({ name, code }, index) => [`${page.replace(/\.md$/, '')}/${name ?? `${index + 1}.ts`}`, code] as const),
    );
    const modules: Modules = { ...Object.fromEntries(blocks), 'examples.ts': renderModule(examples) };
    expect(Object.keys(modules)).toHaveLength(blocks.length + 1);
    expect(typeCheck(root, modules, dialect)).toBe('');
  },
  120_000,
);

/** An error class is explained by errors.md; only those that an author throws need an example. */
test.each(examples.filter(({ name }) => !['DeclarationError', 'ExporterError', 'ScrapeError'].includes(name)))(
  'the doc comment of $name has an example of at most 8 lines',
  ({ code }) => {
    expect(code).toBeTruthy();
    expect(code?.split('\n').length).toBeLessThanOrEqual(8);
  },
);

describe('docs/reference/errors.md', () => {
  const documented = rowsOf(read('docs/reference/errors.md'))
    .flatMap(([first = '']) => codesOf(first))
    .filter((code) => /^[A-Z_]+$/.test(code));

  test('explains each error code once, and no other', () => {
    expect(documented.toSorted()).toEqual([...errorCodes].toSorted());
  });

  const sources = filesBelow('src', '.ts').map(read).join('\n');

  test.each(errorCodes)('%s is used', (code) => {
    // Once in the list of codes, and somewhere else.
    expect(sources.split(`'${code}'`).length - 1).toBeGreaterThan(1);
  });
});

test('docs/reference/command-line.md has a row for each builtin option', () => {
  const rows = rowsOf(read('docs/reference/command-line.md')).map((cells) => cells.flatMap(codesOf));
  const documented = rows.filter((codes) => codes.some((code) => code.startsWith('EXP_'))).map((codes) => codes.join(' '));
  const builtins = builtinOptions({ envPrefix: 'EXP', defaultPort: 9090, defaultMetricsPath: '/metrics', collectors: [] });
  for (const { name, short, env = '' } of builtins) {
    const spellings = [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
    expect(documented).toContainEqual(expect.stringMatching(new RegExp(`^${spellings.join(' ')}\\s.*${env}\\b`)));
  }
});

test.each([
  ['@Exporter', 'ExporterDeclaration'],
  ['@Option', 'OptionDeclaration'],
  ['@Metric', 'MetricDeclaration'],
  ['@OnScrape', 'CollectorDeclaration'],
])('docs/reference/decorators.md has a row for each key of %s, and no other', (heading, declaration) => {
  const [, body = ''] = new RegExp(`^export interface ${declaration} {\n([^]*?)\n}`, 'm').exec(read('src/model/declaration.ts')) ?? [];
  const keys = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, key]) => key);
  const documented = rowsOf(sectionOf(read('docs/reference/decorators.md'), heading)).flatMap(([first = '']) => codesOf(first));
  expect(keys).not.toEqual([]);
  expect(documented).toEqual(keys);
});

test('docs/guide/metrics.md has a row for each convention, and no other', () => {
  const documented = rowsOf(sectionOf(read('docs/guide/metrics.md'), 'Conventions')).map(([first = '']) => codesOf(first)[0]);
  expect(documented).toEqual(lintRules);
});

describe('docs/architecture.md', () => {
  const paths = rowsOf(sectionOf(read('docs/architecture.md'), 'Where is…')).flatMap(([, cell = '']) => codesOf(cell));

  test.each(paths)('%s is there', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });

  test.each(readdirSync(join(root, 'src')).filter((name) => statSync(join(root, 'src', name)).isDirectory()))(
    'the table names something in src/%s',
    (room) => {
      expect(paths.some((path) => path.startsWith(`src/${room}/`))).toBe(true);
    },
  );
});

describe('CONTRIBUTING.md', () => {
  const paths = codesOf(sectionOf(read('CONTRIBUTING.md'), 'How to add …')).filter((code) => code.startsWith('src/'));

  test.each(paths)('%s is there', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });
});
