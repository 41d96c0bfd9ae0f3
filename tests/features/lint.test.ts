import {
  type Configure,
  type Counter,
  createExporter,
  ExitExporter,
  Exporter,
  exporterCommand,
  type Gauge,
  Metric,
  OnConfigure,
  OnStartup,
} from '../../src/index.js';
import { runProgram } from '../run-program.js';
import { recordingLog } from '../web/recording-log.js';

@Exporter({ name: 'mill-exporter', description: 'A mill.', namespace: 'mill' })
class Mill {
  @Metric({ type: 'gauge', help: 'Load of each wheel.', labels: ['wheelName'], name: 'load_percent' }) load!: Gauge<'wheelName'>;
  @Metric({ type: 'counter', help: 'Sacks.', labels: ['zone'], allow: ['target-label'] }) sacks!: Counter<'zone'>;
  @Metric({ type: 'gauge', help: 'Speed.', unit: 'hertz' }) speed!: Gauge;
}

@Exporter({ name: 'grown-exporter', description: 'A mill with wheels that a list names.' })
class GrownMill extends Mill {
  @OnConfigure() grow({ exporter }: Configure) {
    exporter.createMetrics([
      { name: 'grain_kilograms', type: 'gauge', help: 'Grain.' },
      { name: 'GrainLeft_kilograms', type: 'gauge', help: 'Grain left.', allow: ['base-unit', 'camel-case'] },
    ]);
  }
}

@Exporter({ name: 'clean-exporter', description: 'A mill as it should be.', override: { load: { allow: ['camel-case', 'ratio'] } } })
class CleanMill extends Mill {}

const camel = {
  metric: 'mill_load_percent',
  rule: 'camel-case',
  message: 'metric against convention: label "wheelName" is in camelCase. Use snake_case: wheel_name',
};
const ratio = {
  metric: 'mill_load_percent',
  rule: 'ratio',
  message: 'metric against convention: percent in its name stands for hundredths. Tell a ratio, from 0 to 1, and say ratio',
};
const grain = {
  metric: 'mill_grain_kilograms',
  rule: 'base-unit',
  message: 'metric against convention: its unit is kilograms. Use the base unit, grams',
};

test('each finding is a warning, unless it is allowed', () => {
  const { log, lines } = recordingLog();
  createExporter(Mill, { log });
  expect(lines).toEqual([
    { level: 'warn', ...camel },
    { level: 'warn', ...ratio },
  ]);
});

test('metrics made at run time are held against the conventions, when they are made', async () => {
  const { log, lines } = recordingLog();
  const exporter = createExporter(GrownMill, { log });
  expect(lines).toHaveLength(2);
  await exporter.start();
  expect(lines.slice(2)).toEqual([{ level: 'warn', ...grain }]);
  exporter.createMetrics([{ name: 'flour_kilograms', type: 'gauge', help: 'Flour.' }]);
  expect(lines[3]).toMatchObject({ metric: 'mill_flour_kilograms', rule: 'base-unit' });
  await exporter.stop();
});

test('a subclass may allow what its base did not', () => {
  const { log, lines } = recordingLog();
  createExporter(CleanMill, { log, options: { strictMetrics: true } });
  expect(lines).toEqual([]);
});

test('metrics of other packages are left alone', async () => {
  const { Gauge: ForeignGauge } = await import('prom-client');
  const { log, lines } = recordingLog();
  const exporter = createExporter(CleanMill, { log, options: { strictMetrics: true, processStats: true } });
  await exporter.start();
  new ForeignGauge({ name: 'wheelSpeed_ms', help: 'Theirs.', registers: [exporter.registry] }).set(1);
  expect(String((await exporter.scrape()).body)).toContain('wheelSpeed_ms 1');
  expect(lines).toEqual([]);
  await exporter.stop();
});

const refusal = `\
strict-metrics: metrics are against conventions. Mend what stands below, or allow it by its rule, as in @Metric({ allow: ['camel-case'] }):
  mill_load_percent: label "wheelName" is in camelCase (camel-case). Use snake_case: wheel_name.
  mill_load_percent: percent in its name stands for hundredths (ratio). Tell a ratio, from 0 to 1, and say ratio.`;

test('with --strict-metrics all findings are told at once, and nothing is served', async () => {
  const program = runProgram(Mill, ['--strict-metrics']);
  expect(await program.code).toBe(2);
  expect(program.stderr.text).toContain(`\nError: --${refusal}\n`);
  expect(program.log).toEqual([]);
});

test('the variable is named where it made them errors', async () => {
  const program = runProgram(Mill, [], { EXP_STRICT_METRICS: 'yes' });
  expect(await program.code).toBe(2);
  expect(program.stderr.text).toContain('Error: EXP_STRICT_METRICS: metrics are against conventions. Mend');
});

test('with strictMetrics createExporter throws a ConfigError', () => {
  expect(() => createExporter(Mill, { options: { strictMetrics: true } })).toThrow(
    expect.objectContaining({
      name: 'ConfigError',
      code: 'UNCONVENTIONAL_METRIC',
      where: 'options.strictMetrics',
      message: refusal.replace('strict-metrics', 'options.strictMetrics'),
    }),
  );
});

test('with --strict-metrics a metric made in a configure hook is refused before the startup hooks run', async () => {
  let hasBegun = false;
  @Exporter({ name: 'late-exporter', description: 'A mill.', override: { load: { allow: ['camel-case', 'ratio'] } } })
  class LateMill extends GrownMill {
    @OnStartup() begin() {
      hasBegun = true;
    }
  }
  const program = runProgram(LateMill, ['--strict-metrics']);
  expect(await program.code).toBe(2);
  expect(program.stderr.text).toBe(
    "Error: --strict-metrics: metrics are against conventions. Mend what stands below, or allow it by its rule, as in @Metric({ allow: ['base-unit'] }):\n" +
      '  mill_grain_kilograms: its unit is kilograms (base-unit). Use the base unit, grams.\n',
  );
  expect(hasBegun).toBe(false);
});

test('a program warns and goes on', async () => {
  @Exporter({ name: 'short-exporter', description: 'A mill.' })
  class ShortMill extends Mill {
    @OnStartup() end() {
      throw new ExitExporter(0);
    }
  }
  const program = runProgram(ShortMill, ['--no-strict-metrics']);
  expect(await program.code).toBe(0);
  expect(program.log).toMatchObject([
    { level: 'warning', metric: camel.metric, rule: camel.rule, msg: camel.message },
    { level: 'warning', metric: ratio.metric, rule: ratio.rule, msg: ratio.message },
  ]);
});

test('a command in another program refuses as well', async () => {
  const { Cli } = await import('clipanion');
  const cli = new Cli({ binaryName: 'tool' });
  cli.register(exporterCommand(Mill));
  await expect(cli.process(['mill-exporter', '--strict-metrics']).execute()).rejects.toThrow('mill_load_percent: percent in its name');
});
