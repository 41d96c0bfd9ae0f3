import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Builtins, Cli } from 'clipanion';
import { ExitExporter, Exporter, exporterCommand, type LiveExporter, OnScrape, OnStartup, Option, type Startup } from '../../src/index.js';
import { runProgram, Sink } from '../run-program.js';
import { until } from '../until.js';

let live: LiveExporter | undefined;

@Exporter({ name: 'weather-exporter', description: 'Weather of a city.', command: 'weather', envPrefix: 'WEATHER', version: '1.0.0' })
class Weather {
  @Option({ description: 'a city', short: 'c' }) city = 'Berlin';
  @Option({ description: 'how many', type: 'integer' }) limit = 3;
  @OnStartup() start({ exporter }: Startup) {
    live = exporter;
  }
  @OnScrape() update() {}
}

@Exporter({ name: 'tide-exporter', description: 'Tides of a coast.', envPrefix: 'TIDE' })
class Tide {
  @Option({ description: 'a coast', type: 'string', required: true }) coast!: string;
}

test('several exporters make one binary with a subcommand each', async () => {
  const program = runProgram([Weather, Tide], ['weather', '--port', '0', '--city', 'Oslo'], { WEATHER_LOG_FORMAT: 'json' });
  expect((await fetch(new URL('metrics', await program.url()))).status).toBe(200);
  expect(live?.instance).toMatchObject({ city: 'Oslo' });
  await live?.stop();
  expect(await program.code).toBe(0);
});

test.each([
  ['help of the binary', ['--help'], 0, /^Usage: .+ COMMAND .*\n[^]*weather +Weather of a city\.[^]*tide-exporter +Tides of a coast\./i],
  ['help of a command', ['tide-exporter', '--help'], 0, /^Usage: .+ tide-exporter \[OPTIONS\]\n\n {2}Tides of a coast\.[^]*--coast/],
  ['the version', ['--version'], 0, /^many 7\.0\.0\n$/],
])('%s is printed', async (_rule, argv, code, text) => {
  const { runExporter } = await import('../../src/index.js');
  const stdout = new Sink();
  expect(
    await runExporter([Weather, Tide], { argv, env: {}, stdout, stderr: stdout, name: 'many', version: '7.0.0', description: 'Many.' }),
  ).toBe(code);
  expect(stdout.text).toMatch(text);
});

test.each([
  ['no command', [], 'Error: COMMAND: is missing. Use one of weather, tide-exporter.'],
  ['an unknown command', ['tide'], 'Error: tide: '],
  ['a missing option of a command', ['tide-exporter'], 'Error: --coast: '],
])('%s is a mistake', async (_rule, argv, text) => {
  const { runExporter } = await import('../../src/index.js');
  const stderr = new Sink();
  expect(await runExporter([Weather, Tide], { argv, env: {}, stdout: stderr, stderr, name: 'many' })).toBe(2);
  expect(stderr.text).toContain(text);
});

test.each([
  ['of a binary with several exporters, by its command', [Weather, Tide], ['check-web-config']],
  ['of a binary with one exporter, by its option', Tide, ['--check-web-config']],
])('web configuration files are checked %s', async (_rule, exporters, words) => {
  const directory = mkdtempSync(join(tmpdir(), 'check-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const check = async (path: string): Promise<readonly [code: number, stdout: string, stderr: string]> => {
    const program = runProgram(exporters, [...words, path]);
    const code = await program.code;
    return [code, program.stdout.text, program.stderr.text.replaceAll(`${directory}/`, '')];
  };
  const good = file('good.yml', 'http_server_config: {http2: no}\n');
  expect(await check(good)).toEqual([0, `${good} is good.\n`, '']);
  const bad = file('bad.yml', 'rate_limit:\n  interval: soon\n\n  burst: many\n');
  expect(await check(bad)).toEqual([
    2,
    '',
    'bad.yml:2:3: rate_limit.interval: "soon" is no duration. Give one with its unit, such as 500ms or 1s.\n' +
      'bad.yml:4:3: rate_limit.burst: "many" is no whole number. Give one without quotes, such as 20.\n',
  ]);
  expect(await check(join(directory, 'none.yml'))).toEqual([
    2,
    '',
    'check-web-config: "none.yml" does not exist. Name a file that can be read.\n',
  ]);
  rmSync(directory, { recursive: true });
});

test('an exporterCommand checks web configuration files, too', async () => {
  const cli = new Cli();
  cli.register(exporterCommand(Tide));
  const stdout = new Sink();
  const stderr = new Sink();
  const run = (path: string): Promise<number> =>
    cli.run(['tide-exporter', '--check-web-config', path], { ...Cli.defaultContext, stdout, stderr });
  expect(await run('/dev/null')).toBe(0);
  expect(await run('/none.yml')).toBe(2);
  expect([stdout.text, stderr.text]).toEqual([
    '/dev/null is good.\n',
    'check-web-config: "/none.yml" does not exist. Name a file that can be read.\n',
  ]);
});

test('two exporters of one command are a declaration mistake', async () => {
  @Exporter({ name: 'weather', description: 'x' })
  class Other {}
  const program = runProgram([Weather, Other], []);
  expect(await program.code).toBe(1);
  expect(program.stderr.text).toBe(
    'DeclarationError: Other: the command weather belongs to Weather too. Give one of them a command of its own in @Exporter.\n',
  );
});

test("a command is found behind an option that only it has, whatever the option's value is called", async () => {
  @Exporter({ name: 'x-exporter', description: 'x', command: 'oslo' })
  class Oslo {}
  const program = runProgram([Oslo, Weather], ['--city', 'oslo', 'weather', '--limit', 'x']);
  expect(await program.code).toBe(2);
  expect(program.stderr.text).toContain('Error: Invalid value for --limit: "x" is no whole number.');
});

test('a binary without exporters is a declaration mistake', async () => {
  const program = runProgram([], []);
  expect(await program.code).toBe(1);
  expect(program.stderr.text).toBe('DeclarationError: runExporter: the list of exporters is empty. Give at least one class.\n');
});

test('help is as wide as COLUMNS says', async () => {
  const widths = await Promise.all(
    ['50', '100'].map(async (COLUMNS) => {
      const program = runProgram(Weather, ['--help'], { COLUMNS });
      await program.code;
      return Math.max(...program.stdout.lines.map((line) => line.length));
    }),
  );
  expect(widths[0]).toBeLessThanOrEqual(50);
  expect(widths[1]).toBeGreaterThan(80);
});

test("variables of another exporter in the binary are no strangers, and neither are its secrets' files", async () => {
  @Exporter({ name: 'one-exporter', description: 'x', command: 'one' })
  class One {
    @OnStartup() stop() {
      throw new ExitExporter(0);
    }
  }
  @Exporter({ name: 'two-exporter', description: 'x', command: 'two' })
  class Two {
    @Option({ description: 'x', secret: true }) token = '';
  }
  const program = runProgram([One, Two], ['one'], { EXP_TOKEN_FILE: '/x', EXP_TOKN: 'x' });
  expect(await program.code).toBe(0);
  expect(program.log.map(({ msg }) => msg)).toEqual(['EXP_TOKN: no option reads it. Did you mean EXP_TOKEN?']);
});

test('a wrong class ends the program with 1 and its mistakes, without a stack', async () => {
  @Exporter({ name: 'x-exporter', description: 'x' })
  class Wrong {
    @Option({ description: 'x' }) port = 5;
  }
  const program = runProgram(Wrong, []);
  expect(await program.code).toBe(1);
  expect(program.stderr.text).toBe('DeclarationError: Wrong.port: --port hides the builtin --port. Choose another name.\n');
});

describe("an exporter as a command of somebody else's Cli", () => {
  const run = async (argv: string[], env: Record<string, string> = {}) => {
    const stdout = new Sink();
    const cli = new Cli({ binaryName: 'theirs', binaryLabel: 'Theirs', binaryVersion: '1.0.0', enableColors: false });
    cli.register(Builtins.HelpCommand);
    cli.register(exporterCommand(Weather, { paths: [['serve'], ['weather', 'serve']] }));
    cli.register(exporterCommand(Tide));
    const code = cli.run(argv, { stdout, stderr: stdout, env });
    return { code, stdout };
  };

  test('serves, with values of the command line and of variables, until it is stopped', async () => {
    live = undefined;
    const listeners = process.listenerCount('SIGTERM');
    const { code, stdout } = await run(['weather', 'serve', '--port=0', '-c', 'Oslo'], { WEATHER_LIMIT: '7', WEATHER_LOG_FORMAT: 'json' });
    await until(() => stdout.text.includes('listening'));
    const exporter = live as LiveExporter<Weather> | undefined;
    expect([exporter?.instance.city, exporter?.instance.limit]).toEqual(['Oslo', 7]);
    expect(process.listenerCount('SIGTERM')).toBe(listeners + 1);
    process.emit('SIGTERM');
    expect(await code).toBe(0);
    expect(process.listenerCount('SIGTERM')).toBe(listeners);
  });

  test.each([
    ['a value that is checked by us', ['serve', '--limit', 'many'], /--limit: "many" is no whole number/],
    ['a required option', ['tide-exporter'], /--coast: is missing/],
    ['an option that clipanion does not know', ['serve', '--nothing'], /Unknown Syntax Error/],
    ['help by clipanion', ['serve', '--help'], /Weather of a city\.[^]*--limit/],
  ])('%s is told by clipanion', async (_rule, argv, text) => {
    const { code, stdout } = await run(argv);
    expect(await code).toBe(argv.includes('--help') ? 0 : 1);
    expect(stdout.text).toMatch(text);
  });
});
