import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as door from '../src/index.js';
import * as testing from '../src/testing/index.js';

const root = join(__dirname, '..');

/** What users may rely on. A name that goes away is a breaking change. */
const names = [
  'ConfigError',
  'DeclarationError',
  'ExitExporter',
  'Exporter',
  'ExporterError',
  'Metric',
  'NoData',
  'OnConfigure',
  'OnReload',
  'OnScrape',
  'OnShutdown',
  'OnStartup',
  'Option',
  'ScrapeError',
  'createExporter',
  'exporterCommand',
  'runExporter',
];
const testingNames = ['parseMetrics', 'startTestExporter'];
const typeNames = [
  'AnyMetric',
  'CollectorDeclaration',
  'CollectorSpec',
  'Configure',
  'Counter',
  'CreateExporterOptions',
  'Enum',
  'ErrorCode',
  'ExporterDeclaration',
  'ExporterSpec',
  'Fault',
  'Gauge',
  'Histogram',
  'HistogramTotals',
  'Info',
  'LabelValue',
  'LabelsOf',
  'LintRule',
  'LiveExporter',
  'LogFormat',
  'LogLevel',
  'Logger',
  'MetricDeclaration',
  'MetricMap',
  'MetricSpec',
  'MetricType',
  'NamedMetricDeclaration',
  'OptionDeclaration',
  'OptionSpec',
  'OptionType',
  'Reload',
  'RunExporterOptions',
  'Scrape',
  'ScrapeRequest',
  'ScrapeResponse',
  'Shutdown',
  'Startup',
  'Summary',
  'Unknown',
  'UpdateHandler',
];

test('expositor exports these names', () => {
  expect(Object.keys(door).sort()).toEqual(names);
});

test('expositor/testing exports these names', () => {
  expect(Object.keys(testing).sort()).toEqual(testingNames);
});

test('expositor exports these types', () => {
  const statements = readFileSync(join(root, 'src/index.ts'), 'utf8').matchAll(/^export (type )?\{([^}]*)\}/gm);
  const types = [...statements].flatMap(([, type, list = '']) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && (type !== undefined || name.startsWith('type ')))
      .map((name) => name.replace('type ', '')),
  );
  expect(types.sort()).toEqual(typeNames);
});

/* What is built, as users have it: `npm test` builds first. */

const run = (...parameters: string[]): unknown => JSON.parse(execFileSync(process.execPath, parameters, { cwd: root, encoding: 'utf8' }));

test.each([
  ['expositor', names],
  ['expositor/testing', testingNames],
])('require and import of %s give the same names', (specifier, expected) => {
  const print =
    'console.log(JSON.stringify(Object.keys(all).filter((name) => !/^(?:default|__esModule|module\\.exports)$/.test(name)).sort()))';
  expect(run('-e', `const all = require('${specifier}'); ${print}`)).toEqual(expected);
  expect(run('--input-type=module', '-e', `import * as all from '${specifier}'; ${print}`)).toEqual(expected);
});

test('only the package, its testing and its package.json can be required', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly exports: object };
  expect(Object.keys(exports)).toEqual(['.', './testing', './package.json']);
  const attempt = `try { require('expositor/dist/src/index.js') } catch ({ code }) { console.log(JSON.stringify(code)) }`;
  expect(run('-e', attempt)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
});
