import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import type { Escaping } from '../../src/exposition/escape-name.js';
import type { Format } from '../../src/exposition/format.js';
import { openMetrics001, openMetrics100 } from '../../src/exposition/open-metrics.js';
import { text004, text100 } from '../../src/exposition/text.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { describeWith } from '../real-parts.js';
import { arbitraryDrafts, arbitraryDraftsOfAnyName } from './arbitrary-drafts.js';
import { expectedFamilies } from './expected.js';
import { type Draft, family, nastyDrafts, toFamily } from './families.js';
import { encode } from './read-formats.js';
import { type ReadExemplar, type ReadFamily, type ReadSample, withPlainPoints } from './reading.js';

/* The same ones each time: what is tested here is others' reading, which has its own mistakes. */
const snapshots = [nastyDrafts, ...fc.sample(arbitraryDrafts, { numRuns: 200, seed: 1 })];
const snapshotsOfAnyName = fc.sample(arbitraryDraftsOfAnyName, { numRuns: 50, seed: 1 });

const toFamilies = (drafts: readonly Draft[]): readonly MetricFamily[] => drafts.map((one) => toFamily(one));

/** Families that clash with others or break the rules of their type. */
const wrongFamilies: readonly MetricFamily[] = [
  family('counter', 'a', { series: [{ labels: [], value: NaN }] }),
  family('gauge', 'a', { series: [{ labels: [], value: 1 }] }),
  family('gauge', 'a_total', { series: [{ labels: [], value: 1 }] }),
  family('histogram', 'b', { series: [{ labels: [], buckets: [[-1, 1]], sum: -3, count: 2 }] }),
  family('gauge', 'b', { series: [] }),
  family('gauge', 'b_count', { series: [] }),
  family('summary', 'c', { series: [{ labels: [], quantiles: [[0.5, -1]], sum: -1, count: 1 }] }),
  family('counter', 'd', { series: [{ labels: [], value: 1 }] }),
  family('gauge', 'd_created', { series: [{ labels: [], value: 1 }] }),
  family('info', 'd', { series: [{ labels: [], value: 2 }] }),
]; // prettier-ignore

describeWith('python3-prometheus-client', 'the parsers of prometheus_client', () => {
  test.each([
    ['1.0.0', openMetrics100],
    ['0.0.1', openMetrics001],
  ])('read from OpenMetrics %s what the snapshot is', (_version, format) => {
    const read = readByPython('prometheus_client.openmetrics.parser', snapshots.map((drafts) => encode(format, toFamilies(drafts)))); // prettier-ignore
    expect(read.map(withPlainPoints)).toEqual(snapshots.map((drafts) => asReadFromOpenMetrics(expectedFamilies(drafts, 'openMetrics'))));
  });

  test.each([
    ['0.0.4', text004],
    ['1.0.0', text100],
  ])('read from text format %s what the snapshot is', (_version, format) => {
    const read = readByPython('prometheus_client.parser', snapshots.map((drafts) => encode(format, toFamilies(drafts)))); // prettier-ignore
    expect(read.map(withPlainPoints).map(asReadFromText)).toEqual(
      snapshots.map((drafts) => asReadFromText(expectedFamilies(drafts, 'text'))),
    );
  });

  test.each<[module: string, escaping: Escaping, format: Format]>(
    (['underscores', 'dots', 'values'] as const).flatMap((escaping) => [
      ['openmetrics.parser', escaping, openMetrics100],
      ['parser', escaping, text004],
    ]),
  )('%s can read names of any characters, escaped by %s', (module, escaping, format) => {
    const pages = snapshotsOfAnyName.map((drafts) => encode(format, toFamilies(drafts), escaping));
    const read = readByPython(`prometheus_client.${module}`, pages);
    const series = (families: readonly ReadFamily[]): number => families.reduce((sum, { samples }) => sum + samples.length, 0);
    const kind = format === text004 ? 'text' : 'openMetrics';
    expect(read.map(series)).toEqual(snapshotsOfAnyName.map((drafts) => series(expectedFamilies(drafts, kind, escaping))));
  });

  test.each([
    ['openmetrics.parser', openMetrics100],
    ['parser', text004],
  ])('%s reads what is left of families that are wrong', (module, format) => {
    expect(() => readByPython(`prometheus_client.${module}`, [encode(format, wrongFamilies)])).not.toThrow();
  });
});

describeWith('promtool', 'promtool check metrics', () => {
  test('finds nothing in families that follow its advice', () => {
    const drafts = nastyDrafts.filter(({ name, help }) => help !== '' && name !== 'http_requests');
    expect(checkByPromtool(toFamilies(drafts))).toEqual({ status: 0, stderr: '' });
  });

  const all = [wrongFamilies, ...snapshots.slice(0, 20).map(toFamilies)];
  test.each(all.map((families) => [families]))('can read whatever there is (%#)', (families) => {
    expect(checkByPromtool(families).stderr).not.toMatch(/error/i);
  });
});

const script = `
import importlib, json, sys
parse = importlib.import_module(sys.argv[1]).text_string_to_metric_families
def read_exemplar(one):
    return one and dict(labels=one.labels, value=repr(float(one.value)), timestamp=repr(float(one.timestamp)))
def read(metric):
    samples = [dict(name=s.name, labels=s.labels, value=repr(float(s.value)), exemplar=read_exemplar(s.exemplar)) for s in metric.samples]
    return dict(name=metric.name, type=metric.type, help=metric.documentation, unit=metric.unit, samples=samples)
print(json.dumps([[read(metric) for metric in parse(text)] for text in json.load(sys.stdin)]))
`;

interface PythonSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
  readonly exemplar: { readonly labels: Readonly<Record<string, string>>; readonly value: string; readonly timestamp: string } | null;
}

type PythonFamily = Omit<ReadFamily, 'samples'> & { readonly samples: readonly PythonSample[] };

function readByPython(module: string, pages: readonly Buffer[]): readonly (readonly ReadFamily[])[] {
  const input = JSON.stringify(pages.map(String));
  const output = execFileSync('/usr/bin/python3', ['-c', script, module], { input, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1e8 });
  return (JSON.parse(output) as readonly (readonly PythonFamily[])[]).map((families) =>
    families.map(({ unit, samples, ...rest }) => ({ ...rest, ...(unit ? { unit } : {}), samples: samples.map(toSample) })),
  );
}

function toSample({ exemplar, value, ...rest }: PythonSample): ReadSample {
  const shown: ReadExemplar | undefined = exemplar
    ? { labels: exemplar.labels, value: toNumber(exemplar.value), timestamp: toNumber(exemplar.timestamp) }
    : undefined;
  return { ...rest, value: toNumber(value), ...(shown && { exemplar: shown }) };
}

function toNumber(text: string): number {
  return Number(text.replace('inf', 'Infinity'));
}

/** It reads -0 as a whole number, which has no -0. */
function asReadFromOpenMetrics(families: readonly ReadFamily[]): readonly ReadFamily[] {
  return families.map((one) => ({
    ...one,
    samples: one.samples.map((sample) => ({
      ...sample,
      value: sample.value + 0,
      ...(sample.exemplar && { exemplar: { ...sample.exemplar, value: sample.exemplar.value + 0 } }),
    })),
  }));
}

/** It calls counters as OpenMetrics does, untyped ones unknown, and is careless with blanks in a HELP. */
function asReadFromText(families: readonly ReadFamily[]): readonly ReadFamily[] {
  return families.map(({ name, type, help, samples }) => ({
    name: type === 'counter' ? name.replace(/_total$/, '') : name,
    type: type === 'untyped' ? 'unknown' : type,
    help: help.replaceAll(/[\s\p{Cc}]/gu, ''),
    samples,
  }));
}

function checkByPromtool(families: readonly MetricFamily[]): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: encode(text004, families), encoding: 'utf8' });
  return { status, stderr };
}
