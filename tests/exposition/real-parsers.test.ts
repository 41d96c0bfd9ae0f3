import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import type { Encoder } from '../../src/exposition/encoder.js';
import { openMetricsEncoder } from '../../src/exposition/open-metrics.js';
import { textEncoder } from '../../src/exposition/text.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import type { ParsedFamily } from '../../src/testing/parsed-family.js';
import { describeWith } from '../real-parts.js';
import { arbitraryFamilies } from './arbitrary-families.js';
import { expectedFamilies, withPlainBounds } from './expected-families.js';
import { family, nastyFamilies } from './families.js';

/* The same ones each time: what is tested here is others' reading, which has its own mistakes. */
const snapshots = [nastyFamilies, ...fc.sample(arbitraryFamilies, { numRuns: 200, seed: 1 })];

/** Families that clash with others or break the rules of their type. */
const wrongFamilies: readonly MetricFamily[] = [
  family('counter', 'a', { series: [{ labels: [], value: NaN }] }),
  family('gauge', 'a', { series: [{ labels: [], value: 1 }] }),
  family('gauge', 'a_total', { series: [{ labels: [], value: 1 }] }),
  family('histogram', 'b', { series: [{ labels: [], buckets: [[-1, 1], [Infinity, 2]], sum: -3, count: 2 }] }),
  family('gauge', 'b', { series: [] }),
  family('gauge', 'b_count', { series: [] }),
  family('summary', 'c', { series: [{ labels: [], quantiles: [[0.5, -1]], sum: -1, count: 1 }] }),
  family('counter', 'd', { series: [{ labels: [], value: 1 }] }),
  family('gauge', 'd_created', { series: [{ labels: [], value: 1 }] }),
  family('info', 'd', { series: [{ labels: [], value: 2 }] }),
]; // prettier-ignore

describeWith('python3-prometheus-client', 'the parsers of prometheus_client', () => {
  test('read from OpenMetrics what the snapshot is', () => {
    const read = readByPython('prometheus_client.openmetrics.parser', openMetricsEncoder, snapshots);
    expect(read.map(withPlainBounds)).toEqual(
      snapshots.map((families) => asReadFromOpenMetrics(expectedFamilies(families, 'openMetrics'))),
    );
  });

  test('read from text format what the snapshot is', () => {
    const read = readByPython('prometheus_client.parser', textEncoder, snapshots);
    expect(read.map(withPlainBounds).map(asReadFromText)).toEqual(
      snapshots.map((families) => asReadFromText(expectedFamilies(families, 'text'))),
    );
  });

  test.each([
    ['openmetrics.parser', openMetricsEncoder],
    ['parser', textEncoder],
  ])('%s reads what is left of families that are wrong', (module, encoder) => {
    expect(() => readByPython(`prometheus_client.${module}`, encoder, [wrongFamilies])).not.toThrow();
  });
});

describeWith('promtool', 'promtool check metrics', () => {
  test('finds nothing in families that follow its advice', () => {
    const families = nastyFamilies.filter(({ name, help }) => help !== '' && name !== 'http_requests');
    expect(checkByPromtool(families)).toEqual({ status: 0, stderr: '' });
  });

  test.each([wrongFamilies, ...snapshots.slice(0, 20)].map((families) => [families]))('can read whatever there is (%#)', (families) => {
    expect(checkByPromtool(families).stderr).not.toMatch(/error/i);
  });
});

const script = `
import importlib, json, sys
parse = importlib.import_module(sys.argv[1]).text_string_to_metric_families
def read(metric):
    samples = [dict(name=s.name, labels=s.labels, value=repr(float(s.value))) for s in metric.samples]
    return dict(name=metric.name, type=metric.type, help=metric.documentation, unit=metric.unit, samples=samples)
print(json.dumps([[read(metric) for metric in parse(text)] for text in json.load(sys.stdin)]))
`;

type PythonFamily = ParsedFamily & { readonly samples: readonly { readonly value: unknown }[] };

function readByPython(module: string, encoder: Encoder, all: readonly (readonly MetricFamily[])[]): readonly (readonly ParsedFamily[])[] {
  const input = JSON.stringify(all.map((families) => encoder.encode(families).toString()));
  const output = execFileSync('/usr/bin/python3', ['-c', script, module], { input, encoding: 'utf8', stdio: 'pipe', maxBuffer: 1e8 });
  return (JSON.parse(output) as readonly (readonly PythonFamily[])[]).map((families) =>
    families.map(({ unit, samples, ...rest }) => ({
      ...rest,
      ...(unit === '' || unit === undefined ? {} : { unit }),
      samples: samples.map((sample) => ({ ...sample, value: Number(String(sample.value).replace('inf', 'Infinity')) })),
    })),
  );
}

/** It reads -0 as a whole number, which has no -0. */
function asReadFromOpenMetrics(families: readonly ParsedFamily[]): readonly ParsedFamily[] {
  return families.map((one) => ({ ...one, samples: one.samples.map((sample) => ({ ...sample, value: sample.value + 0 })) }));
}

/** It calls counters as OpenMetrics does, untyped ones unknown, and is careless with blanks in a HELP. */
function asReadFromText(families: readonly ParsedFamily[]): readonly ParsedFamily[] {
  return families.map(({ name, type, help, samples }) => ({
    name: type === 'counter' ? name.replace(/_total$/, '') : name,
    type: type === 'untyped' ? 'unknown' : type,
    help: help.replaceAll(/[\s\p{Cc}]/gu, ''),
    samples,
  }));
}

function checkByPromtool(families: readonly MetricFamily[]): { readonly status: number | null; readonly stderr: string } {
  const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: textEncoder.encode(families), encoding: 'utf8' });
  return { status, stderr };
}
