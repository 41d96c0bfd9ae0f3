import { spawnSync } from 'node:child_process';
import { lintRules, type MetricType, type NamedMetricDeclaration } from '../../src/model/declaration.js';
import { lintMetric } from '../../src/model/metric-lint.js';
import { specOf } from '../metrics/spec-of.js';
import { describeWith } from '../real-parts.js';

type Draft = Omit<NamedMetricDeclaration, 'help'>;

const rulesOf = (draft: Draft, utf8Names = false): readonly string[] =>
  lintMetric(specOf(draft, utf8Names)).map(({ rule, what }) => `${rule}: ${what}`);

const gauge = (name: string, ...labels: string[]): Draft => ({ name, type: 'gauge', labels });
const counter = (name: string, ...labels: string[]): Draft => ({ name, type: 'counter', labels });
const histogram = (name: string, ...labels: string[]): Draft => ({ name, type: 'histogram', labels });
const summary = (name: string, ...labels: string[]): Draft => ({ name, type: 'summary', labels });
const unknown = (name: string, ...labels: string[]): Draft => ({ name, type: 'unknown', labels });

/** What promlint finds, and so do we; the names are made for this. */
const promlintFinds: readonly (readonly [Draft, finding: string])[] = [
  [gauge('car_speed_mb'), 'abbreviated-unit: mb in its name is short for a unit'],
  [gauge('car_speed_MB'), 'abbreviated-unit: MB in its name is short for a unit'],
  ...['s', 'ms', 'us', 'ns', 'sec', 'b', 'kb', 'gb', 'tb', 'pb', 'm', 'h', 'd'].map(
    (unit) => [gauge(`car_ride_${unit}`), `abbreviated-unit: ${unit} in its name is short for a unit`] as const,
  ),
  [unknown('car_sec_of_ride'), 'abbreviated-unit: sec in its name is short for a unit'],
  [counter('car_ride_ms'), 'abbreviated-unit: ms in its name is short for a unit'],
  ...[
    'milliamperes', 'gigabytes', 'kilograms', 'nanocelsius', 'kilometers', 'picometers', 'microseconds', 'millivolts', 'megajoules',
    'decametres', 'hectograms', 'centimeters', 'decimeters', 'kibibytes', 'gibibytes', 'tebibytes', 'pebibytes', 'terabytes', 'petabytes',
    'minutes', 'hours', 'days', 'weeks', 'kelvins', 'fahrenheit', 'rankine', 'inches', 'yards', 'miles', 'bits', 'calories', 'pounds',
    'ounces', 'megabits',
  ].map((unit) => [unknown(`car_${unit}`), `base-unit: its unit is ${unit}`] as const),
  [counter('car_ride_minutes'), 'base-unit: its unit is minutes'],
  [gauge('car_days_of_rest'), 'base-unit: its unit is days'],
  [gauge('hours'), 'base-unit: its unit is hours'],
  [gauge('carSpeed'), 'camel-case: its name is in camelCase'],
  [gauge('car_WheelSpeed_now'), 'camel-case: its name is in camelCase'],
  [gauge('car_speed', 'wheelName'), 'camel-case: label "wheelName" is in camelCase'],
  [gauge('car_wheels_total'), 'reserved-suffix: its name ends in _total, which is for a counter'],
  [histogram('car_wheels_total'), 'reserved-suffix: its name ends in _total, which is for a counter'],
  [gauge('car_wheels_bucket'), 'reserved-suffix: its name ends in _bucket, which is for a histogram'],
  [summary('car_wheels_bucket'), 'reserved-suffix: its name ends in _bucket, which is for a histogram'],
  [gauge('car_wheels_count'), 'reserved-suffix: its name ends in _count, which is for a histogram or summary'],
  [gauge('car_wheels_sum'), 'reserved-suffix: its name ends in _sum, which is for a histogram or summary'],
  [gauge('car_wheels', 'le'), 'reserved-label: label "le" is for a histogram'],
  [summary('car_wheels', 'le'), 'reserved-label: label "le" is for a histogram'],
  [counter('car_wheels', 'quantile'), 'reserved-label: label "quantile" is for a summary'],
  [histogram('car_wheels', 'quantile'), 'reserved-label: label "quantile" is for a summary'],
  [counter('car_wheels_counter'), 'type-in-name: counter in its name is a type'],
  [gauge('car_load_gauge'), 'type-in-name: gauge in its name is a type'],
  [gauge('car_gauge_seconds'), 'type-in-name: gauge in its name is a type'],
  [summary('car_ride_seconds_summary'), 'type-in-name: summary in its name is a type'],
  [histogram('car_ride_HISTOGRAM'), 'type-in-name: HISTOGRAM in its name is a type'],
  [unknown('car_histogram_width'), 'type-in-name: histogram in its name is a type'],
]; // prettier-ignore

/** What the guides advise against, and promlint leaves alone. */
const guidesFind: readonly (readonly [Draft, finding: string])[] = [
  [gauge('engine_kilowatts'), 'base-unit: its unit is kilowatts'],
  [gauge('air_pressure_hectopascals'), 'base-unit: its unit is hectopascals'],
  [gauge('cpu_megahertz'), 'base-unit: its unit is megahertz'],
  [gauge('disk_mebibytes'), 'base-unit: its unit is mebibytes'],
  [{ ...gauge('ride'), unit: 'milliseconds' }, 'base-unit: its unit is milliseconds'],
  [gauge('disk_errors', 'type'), 'generic-label: label "type" says little'],
  [counter('requests_by_code', 'code'), 'label-in-name: its name has a label in it: by_code'],
  [counter('requests_by_status_code_and_host', 'host', 'status_code'), 'label-in-name: its name has a label in it: by_status_code'],
  ...['success', 'successful', 'succeeded', 'failure', 'failed', 'hit', 'miss'].map(
    (label) => [counter('tries', label), `outcome-label: label "${label}" splits what was tried`] as const,
  ),
  ...['percent', 'percents', 'percentage', 'percentages', 'pct', 'Percent'].map(
    (word) => [gauge(`disk_${word}_used`), `ratio: ${word} in its name stands for hundredths`] as const,
  ),
  ...['up', 'ALERTS', 'ALERTS_FOR_STATE'].map(
    (name) => [gauge(name), `reserved-name: ${name} is a name that Prometheus itself uses`] as const,
  ),
  [gauge('process_threads'), 'reserved-prefix: its name begins with process_, which is kept for all programs alike'],
  [gauge('scrape_rows'), 'reserved-prefix: its name begins with scrape_, which is kept for all programs alike'],
  ...[
    'region', 'zone', 'cluster', 'availability_zone', 'az', 'datacenter', 'dc', 'owner', 'customer', 'stage', 'service', 'environment',
    'env', 'job', 'instance',
  ].map((label) => [gauge('machines', label), `target-label: label "${label}" is often one of the target`] as const),
  ...[
    'backup_age_seconds', 'age_seconds', 'backup_seconds_ago', 'backup_ago_seconds', 'seconds_since_backup', 'time_since_backup_seconds',
  ].map((name) => [gauge(name), 'time-since: it tells how long ago something was'] as const),
]; // prettier-ignore

test.each([...promlintFinds, ...guidesFind])('%j: %s', (draft, finding) => {
  expect(rulesOf(draft)).toEqual([finding]);
});

test.each<[Draft, finding: string]>([
  [gauge('car:speed'), 'colon: its name has a colon, which is for recording rules'],
  [gauge('car.speed.ms'), 'abbreviated-unit: ms in its name is short for a unit'],
  [gauge('car wheels total'), 'reserved-suffix: its name ends in _total, which is for a counter'],
  [counter('http.requests by.code', 'code'), 'label-in-name: its name has a label in it: by_code'],
  [gauge('http.requests', 'httpMethod'), 'camel-case: label "httpMethod" is in camelCase'],
])('in UTF-8 names any character parts words: %j', (draft, finding) => {
  expect(rulesOf(draft, true)).toEqual([finding]);
});

test.each([gauge('ride.größe_m²'), gauge('straße'), gauge('maß.länge'), gauge('温度'), gauge('größe', 'größe.le')])(
  'letters of all alphabets make words: %j',
  (draft) => {
    expect(rulesOf(draft, true)).toEqual([]);
  },
);

/* Names that are as they should be. */

const goodTypes: Readonly<Record<MetricType, readonly Draft[]>> = {
  counter: [
    counter('node_cpu_seconds_total', 'cpu', 'mode'),
    counter('node_network_receive_bytes_total', 'device'),
    counter('node_context_switches_total'),
    counter('node_netstat_Ip_Forwarding'),
    counter('node_disk_io_time_weighted_seconds_total', 'device'),
    counter('prometheus_http_requests_total', 'handler', 'code'),
    counter('prometheus_tsdb_head_samples_appended_total', 'kind'),
    counter('prometheus_target_scrapes_exceeded_sample_limit_total'),
    counter('kube_pod_container_status_restarts_total', 'namespace', 'pod', 'uid', 'container'),
    counter('kube_state_metrics_list_total', 'resource', 'result'),
    counter('haproxy_server_requests_by_path_total', 'method'),
    counter('cache_requests_total', 'result'),
    counter('votes_counted_total'),
  ],
  gauge: [
    gauge('node_load1'),
    gauge('node_boot_time_seconds'),
    gauge('node_memory_Active_anon_bytes'),
    gauge('node_filesystem_avail_bytes', 'device', 'fstype', 'mountpoint'),
    gauge('node_network_speed_bytes', 'device'),
    gauge('node_cpu_scaling_frequency_hertz', 'cpu'),
    gauge('node_hwmon_temp_celsius', 'chip', 'sensor'),
    gauge('node_hwmon_in_volts', 'chip', 'sensor'),
    gauge('node_time_zone_offset_seconds', 'time_zone'),
    gauge('node_timex_maxerror_seconds'),
    gauge('node_scrape_collector_duration_seconds', 'collector'),
    gauge('node_procs_running'),
    gauge('go_memstats_alloc_bytes'),
    gauge('go_goroutines'),
    gauge('prometheus_config_last_reload_success_timestamp_seconds'),
    gauge('prometheus_build_info', 'version', 'revision', 'branch'),
    gauge('prometheus_rule_group_last_duration_seconds', 'rule_group'),
    gauge('prometheus_tsdb_head_max_time_seconds'),
    gauge('kube_pod_status_phase', 'namespace', 'pod', 'phase'),
    gauge('kube_pod_container_resource_requests', 'namespace', 'pod', 'container', 'node', 'resource', 'unit'),
    gauge('kube_deployment_status_replicas', 'namespace', 'deployment'),
    gauge('kube_pod_owner', 'owner_kind', 'owner_name'),
    gauge('kube_job_status_failed', 'namespace', 'job_name', 'reason'),
    gauge('kube_cronjob_next_schedule_time', 'namespace', 'cronjob'),
    gauge('kube_node_created', 'node'),
    gauge('kubelet_volume_stats_used_bytes', 'persistentvolumeclaim'),
    gauge('haproxy_up'),
    gauge('disk_used_ratio', 'disk_type'),
    gauge('last_run', 'success'),
    gauge('percentile_rank'),
    gauge('cache_max_age_seconds'),
    gauge('session_age_limit_seconds'),
    gauge('language_seconds'),
    gauge('since_when'),
    gauge('total'),
    gauge('gauge_blocks'),
    gauge('processes'),
    gauge('process'),
    gauge('scraped_pages'),
    gauge('uptime_check', 'up'),
    gauge('standby_hosts', 'host'),
    gauge('by_products', 'product'),
    gauge('kilo'),
    gauge('milli_kilo_mega'),
    gauge('account'),
    gauge('HTTP_requests_open'),
  ],
  histogram: [
    histogram('prometheus_http_request_duration_seconds', 'handler'),
    histogram('prometheus_http_response_size_bytes', 'handler'),
    histogram('message_age_seconds'),
    histogram('rows_count'),
    histogram('rows_sum'),
    histogram('rows_bucket'),
  ],
  summary: [summary('go_gc_duration_seconds'), summary('message_age_seconds'), summary('rows_count'), summary('rows_sum')],
  info: [{ name: 'target', type: 'info', labels: ['version'] }],
  enum: [{ name: 'mill_mode', type: 'enum', states: ['total', 'idle'], labels: ['mill'] }],
  unknown: [
    unknown('x_bytes_total'),
    unknown('x_count', 'le'),
    unknown('x_sum', 'quantile'),
    unknown('x_bucket', 'success'),
    unknown('x_age_seconds'),
    ...['amperes', 'bytes', 'celsius', 'grams', 'hertz', 'joules', 'kelvin', 'meters', 'metres', 'pascals', 'seconds', 'volts', 'watts'].map(
      (unit) => unknown(`x_${unit}`),
    ),
  ],
}; // prettier-ignore

const good = Object.values(goodTypes).flat();

test.each(good)('nothing is found in %j', (draft) => {
  expect(rulesOf(draft)).toEqual([]);
});

/* How findings are told. */

test('each finding says how it is mended', () => {
  const drafts = [...promlintFinds, ...guidesFind].map(([draft]) => draft);
  const mends = [...drafts.map((draft) => specOf(draft)), specOf(gauge('car:speed'), true)]
    .flatMap((spec) => lintMetric(spec))
    .map(({ rule, mend }) => [rule, mend] as const);
  expect(Object.fromEntries(mends.toReversed())).toEqual({
    'abbreviated-unit': 'Use a base unit, written out: bytes',
    'base-unit': 'Use the base unit, amperes',
    'camel-case': 'Use snake_case: car_speed',
    colon: 'Use another character',
    'generic-label': 'Say what it is the type of, such as disk_type',
    'label-in-name': 'Leave it out, since a label may be aggregated away',
    'outcome-label': 'Make two counters: one of all, and one of failures',
    ratio: 'Tell a ratio, from 0 to 1, and say ratio',
    'reserved-label': 'Choose another name',
    'reserved-name': 'Put a namespace before it',
    'reserved-prefix': 'Put a namespace before it',
    'reserved-suffix': 'Leave it out, or change the type',
    'target-label': 'Choose another name, or allow it where the source itself uses the word',
    'time-since': 'Tell when it was: a Unix time, with a name that ends in _timestamp_seconds',
    'type-in-name': 'Leave it out, since each metric tells its type',
  });
});

test.each([
  [gauge('car_ride_m'), 'Use a base unit, written out: seconds or meters'],
  [gauge('car_ride_h'), 'Use a base unit, written out: seconds'],
  [gauge('car_ounces'), 'Use the base unit, grams'],
  [gauge('car_HTTPLoad_MaxNow'), 'Use snake_case: car_httpload_max_now'],
  [counter('reads', 'miss'), 'Make two counters: one of all, and one of hits'],
])('the mend fits the metric: %j', (draft, mend) => {
  expect(lintMetric(specOf(draft)).map((finding) => finding.mend)).toEqual([mend]);
});

test('a metric may have several findings, in the order of the rules', () => {
  const draft = gauge('scrape_gaugeMs_ms_percent_total', 'zone', 'type', 'dc');
  expect(lintMetric(specOf(draft)).map(({ rule }) => rule)).toEqual([
    'abbreviated-unit',
    'camel-case',
    'generic-label',
    'ratio',
    'reserved-prefix',
    'reserved-suffix',
    'target-label',
    'target-label',
  ]);
});

test('what is allowed is not found, and the rest is', () => {
  const draft = gauge('wheelSpeed_ms', 'zone');
  const rules = (allow: NamedMetricDeclaration['allow']): readonly string[] =>
    lintMetric(specOf({ ...draft, ...(allow && { allow }) })).map(({ rule }) => rule);
  expect(rules([])).toEqual(['abbreviated-unit', 'camel-case', 'target-label']);
  expect(rules(['camel-case', 'target-label'])).toEqual(['abbreviated-unit']);
  expect(rules(lintRules)).toEqual([]);
  expect(rules(undefined)).toEqual(['abbreviated-unit', 'camel-case', 'target-label']);
});

/* The same, as promtool sees it. */

describeWith('promtool', 'promtool check metrics', () => {
  /** Versions differ in what they say of names with several units, which are not here. */
  const words: readonly (readonly [rule: string, pattern: RegExp])[] = [
    ['abbreviated-unit', /abbreviated units/],
    ['base-unit', /use base unit/],
    ['camel-case', /camelCase/],
    ['reserved-label', /should not have .* label/],
    ['reserved-suffix', /should not have .* suffix/],
    ['type-in-name', /should not include type/],
  ];

  test('finds the same', () => {
    const drafts = [...promlintFinds.map(([draft]) => draft), ...good].filter(({ type }) => type !== 'enum' && type !== 'info');
    const specs = drafts.map((draft, index) => specOf({ ...draft, name: `x${index}_${draft.name}` }));
    const ours = specs.flatMap((spec) =>
      [...new Set(lintMetric(spec).map(({ rule }) => rule))]
        .filter((rule) => words.some(([known]) => known === rule))
        .map((rule) => `${spec.exportedName} ${rule}`),
    );
    const { stderr } = spawnSync('promtool', ['check', 'metrics'], { input: specs.map(toText).join(''), encoding: 'utf8' });
    const theirs = stderr
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `${line.split(' ')[0]} ${words.find(([, pattern]) => pattern.test(line))?.[0] ?? line}`);
    expect(theirs.toSorted()).toEqual(ours.toSorted());
  });
});

function toText({ exportedName: name, type, labels }: ReturnType<typeof specOf>): string {
  const sample = (suffix: string, ...own: readonly string[]): string =>
    `${name}${suffix}{${[...labels.map((label) => `${label}="1"`), ...own].join(',')}} 1\n`;
  const samples: Readonly<Record<string, string>> = {
    histogram: sample('_bucket', 'le="+Inf"') + sample('_sum') + sample('_count'),
    summary: sample('', 'quantile="0.5"') + sample('_sum') + sample('_count'),
  };
  return `# HELP ${name} Help.\n# TYPE ${name} ${type === 'unknown' ? 'untyped' : type}\n${samples[type] ?? sample('')}`;
}
