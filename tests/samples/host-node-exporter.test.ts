import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { startTestExporter } from 'expositor/testing';
import { HostExporter } from '../../samples/host/exporter.js';

const program = '/usr/bin/prometheus-node-exporter';
const isInstalled = existsSync(program);
if (!isInstalled) process.stderr.write(`SKIPPED: ${__filename} compares with ${program}, which is not installed.\n`);

const collectors = ['loadavg', 'meminfo', 'cpu', 'stat', 'netdev', 'filesystem', 'uname'];

/** What only one of the two shows in these collectors, each with its reason. */
const notShown: readonly (readonly [name: RegExp, reason: string])[] = [
  [/^node_network_receive_nohandler_total$/, 'is read by netlink; /proc/net/dev has no such column'],
  [/^node_cpu_(core|package)_throttles_total$/, 'is read from /sys, not from /proc'],
  [/^node_exporter_build_info$/, 'is about node_exporter itself'],
  [/^expositor_host_build_info$/, 'is about the host exporter itself'],
  [/^node_scrape_collector_last_success_timestamp_seconds$/, 'is told by the host exporter only'],
];

(isInstalled ? describe : describe.skip)('beside node_exporter', () => {
  let node: ChildProcess;
  let theirs: string;
  let ours: string;
  beforeAll(async () => {
    let url: string;
    [node, url] = await startNodeExporter();
    const query = collectors.map((collector) => `collect[]=${collector}`).join('&');
    theirs = await (await fetch(`${url}/metrics?${query}`)).text();
    const exporter = await startTestExporter(HostExporter);
    ours = (await exporter.scrape()).text;
    await exporter.stop();
  });
  afterAll(() => node?.kill());

  test('the metrics have the same names, types and labels', () => {
    const known = ([name]: readonly [string, ...unknown[]]): boolean => notShown.some(([pattern]) => pattern.test(name));
    expect(metricsOf(ours).filter((metric) => !known(metric))).toEqual(metricsOf(theirs).filter((metric) => !known(metric)));
  });

  test('the series are the same', () => {
    const isVolatile = (series: string): boolean => notShown.some(([pattern]) => pattern.test(series.replace(/\{.*/, '')));
    const series = (text: string): readonly string[] => [...samplesOf(text).keys()].filter((one) => !isVolatile(one));
    expect(series(ours)).toEqual(series(theirs));
  });

  test.each([
    'node_memory_MemTotal_bytes',
    'node_boot_time_seconds',
    'node_filesystem_size_bytes',
    'node_filesystem_readonly',
    'node_uname_info',
  ])('%s, which stays, is the same', (name) => {
    const values = (text: string) => [...samplesOf(text)].filter(([series]) => series.startsWith(name));
    expect(values(ours)).not.toEqual([]);
    expect(values(ours)).toEqual(values(theirs));
  });

  test.each([
    ['node_context_switches_total'],
    ['node_forks_total'],
    ['node_cpu_seconds_total{cpu="0",mode="idle"}'],
    ['node_cpu_seconds_total{cpu="0",mode="user"}'],
  ])('%s, which was read later here, is no less', (series) => {
    expect(samplesOf(ours).get(series)).toBeGreaterThanOrEqual(samplesOf(theirs).get(series) ?? Number.NaN);
  });

  /* How far a value may have moved from one program to the other: part of it, and beyond that. */
  test.each([
    ['node_load1', 0.2, 1],
    ['node_load15', 0.2, 1],
    ['node_memory_MemAvailable_bytes', 0.1, 0],
    ['node_memory_Cached_bytes', 0.1, 0],
    ['node_filesystem_avail_bytes', 0.1, 0],
    ['node_procs_running', 0, 50],
  ])('%s, which moves, is nearly the same', (start, part, beyond) => {
    const there = samplesOf(ours);
    for (const [series, value] of samplesOf(theirs)) {
      if (!series.startsWith(start)) continue;
      expect(Math.abs((there.get(series) ?? Number.NaN) - value)).toBeLessThanOrEqual(value * part + beyond);
    }
  });
});

/** Starts the program on a free port; it tells on stderr where it listens. */
async function startNodeExporter(): Promise<[child: ChildProcess, url: string]> {
  const child = spawn(program, ['--web.listen-address=127.0.0.1:0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /"Listening on" address=(\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stderr.resume();
    return [child, `http://${address}`];
  }
  throw new Error(`${program} ended before it listened.`);
}

type Metric = readonly [name: string, type: string, labels: readonly string[]];

/** Of a text in Prometheus's text format: each metric of the namespace node with its type and the names of its labels. */
function metricsOf(text: string): readonly Metric[] {
  const series = [...samplesOf(text).keys()];
  return [...text.matchAll(/^# TYPE (node_\S+) (\w+)$/gm)]
    .map(([, name = '', type = '']): Metric => {
      const labels = series.filter((one) => one.replace(/\{.*/, '') === name).flatMap((one) => labelNames(one));
      return [name, type, [...new Set(labels)].toSorted()];
    })
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Series with their values, sorted, with the labels of each in order. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  const samples = [...text.matchAll(/^(node_\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels = '', value]): [string, number] => {
    const pairs = [...labels.matchAll(/\w+="(?:[^"\\]|\\.)*"/g)].map(([pair]) => pair).toSorted();
    return [pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`, Number(value)];
  });
  return new Map(samples.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function labelNames(series: string): readonly string[] {
  return [...series.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, name = '']) => name);
}
