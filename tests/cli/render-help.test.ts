import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import type { OptionDeclaration } from '../../src/model/declaration.js';
import { createExporterSpec } from '../../src/model/exporter-spec.js';
import type { ExporterSpec } from '../../src/model/spec.js';
import type { Program } from '../../src/cli/program.js';
import { renderHelp, renderMistake } from '../../src/cli/render-help.js';
import { ConfigError } from '../../src/errors.js';
import { spec as manyOptions } from '../fixtures/bad-input.js';

function specOf(options: Readonly<Record<string, OptionDeclaration>>, instance = {}, name = 'weather-exporter'): ExporterSpec {
  const members = Object.entries(options).map(([member, declaration]) => ({ kind: 'option', member, declaration }) as const);
  const declaration = { name, description: `What ${name} tells of a city, and of the sky above it.`, defaultPort: 9400 };
  return createExporterSpec({ className: 'C', declaration, members, instance });
}

function programOf(...commands: ExporterSpec[]): Program {
  return { binaryName: commands.length === 1 ? commands[0]!.name : 'sky', version: '1', commands, single: commands.length === 1 };
}

const weather = specOf(
  {
    city: { description: 'city to ask for', positional: true },
    key: { description: 'key of the interface', type: 'string', secret: true, required: true, short: 'k' },
    interval: { description: 'time between two questions', type: 'duration' },
    unit: { description: 'unit of temperatures', choices: ['celsius', 'kelvin'], env: false },
    verbose: { description: 'tell more' },
  },
  { city: 'Berlin', interval: 30_000, verbose: false, unit: 'celsius' },
);

test('help reads like that of Click at 80 columns', () => {
  const help = renderHelp(programOf(weather), weather, { columns: 80, colors: false });
  expect(help.slice(0, help.indexOf('  --log-format'))).toBe(`\
Usage: weather-exporter [OPTIONS] [CITY]

  What weather-exporter tells of a city, and of the sky above it.

Arguments:
  [CITY]  city to ask for  [env var: EXP_CITY; default: Berlin]

Options:
  -k, --key TEXT            key of the interface  [env var: EXP_KEY; required]
  --interval DURATION       time between two questions  [env var: EXP_INTERVAL;
                            default: 30s]
  --unit [celsius|kelvin]   unit of temperatures  [default: celsius]
  --verbose / --no-verbose  tell more  [env var: EXP_VERBOSE; default: false]

Server options:
  -H, --host TEXT...           host addresses to bind  [env var: EXP_HOST;
                               default: localhost]
  -p, --port INTEGER           port to run the web server on (0 = any free)
                               [env var: EXP_PORT; default: 9400]
  --metrics-path TEXT          path under which metrics are exposed  [env var:
                               EXP_METRICS_PATH; default: /metrics]
  -L, --log-level [critical|error|warning|info|debug]
                               minimum level of log messages  [env var:
                               EXP_LOG_LEVEL; default: info]
`);
  expect(help.match(/^\S.*:$/gm)).toEqual(['Arguments:', 'Options:', 'Server options:', 'Web options:', 'Other options:']);
  expect(help).toContain(`
Other options:
  --check-web-config PATH  check a web configuration file and exit
  --version                show the version and exit
  -h, --help               show this help and exit
`);
});

test('in narrow terminals long terms stand on lines of their own', () => {
  const help = renderHelp(programOf(weather), weather, { columns: 1, colors: false });
  expect(help.slice(0, help.indexOf('  --log-format'))).toBe(`\
Usage: weather-exporter [OPTIONS] [CITY]

  What weather-exporter tells of a city,
  and of the sky above it.

Arguments:
  [CITY]  city to ask for  [env var:
          EXP_CITY; default: Berlin]

Options:
  -k, --key TEXT
    key of the interface  [env var:
    EXP_KEY; required]
  --interval DURATION
    time between two questions  [env
    var: EXP_INTERVAL; default: 30s]
  --unit [celsius|kelvin]
    unit of temperatures  [default:
    celsius]
  --verbose / --no-verbose
    tell more  [env var: EXP_VERBOSE;
    default: false]

Server options:
  -H, --host TEXT...
    host addresses to bind  [env var:
    EXP_HOST; default: localhost]
  -p, --port INTEGER
    port to run the web server on (0 =
    any free)  [env var: EXP_PORT;
    default: 9400]
  --metrics-path TEXT
    path under which metrics are exposed
    [env var: EXP_METRICS_PATH; default:
    /metrics]
  -L, --log-level
  [critical|error|warning|info|debug]
    minimum level of log messages  [env
    var: EXP_LOG_LEVEL; default: info]
`);
});

test('without own options there is no section of them', () => {
  const plain = specOf({});
  const help = renderHelp({ ...programOf(plain), description: 'Another.' }, undefined, { columns: 80, colors: false });
  expect(help).toContain('Usage: weather-exporter [OPTIONS]\n\n  Another.\n\nServer options:\n');
});

const tides = specOf(
  { ports: { description: 'ports to ask', type: 'string', multiple: true, positional: true, required: true } },
  {},
  'tides-exporter',
);

test('a binary of several exporters lists its commands', () => {
  expect(renderHelp({ ...programOf(weather, tides), description: 'All about the sky.' }, undefined, { columns: 60, colors: false })).toBe(`\
Usage: sky [OPTIONS] COMMAND [ARGS]...

  All about the sky.

Commands:
  weather-exporter  What weather-exporter tells of a city,
                    and of the sky above it.
  tides-exporter    What tides-exporter tells of a city, and
                    of the sky above it.
  check-web-config  check web configuration files

Options:
  --version   show the version and exit
  -h, --help  show this help and exit
`);
});

test('a binary needs no description, and its commands have help of their own', () => {
  const program = programOf(weather, tides);
  expect(renderHelp(program, undefined, { columns: 60, colors: false })).toMatch(
    /^Usage: sky \[OPTIONS\] COMMAND \[ARGS\]\.\.\.\n\nCommands:\n/,
  );
  expect(renderHelp(program, tides, { columns: 100, colors: false })).toMatch(
    /^Usage: sky tides-exporter \[OPTIONS\] PORTS\.\.\.\n\n {2}What tides-exporter/,
  );
});

test('a usage line that is too long goes on below itself', () => {
  const names = ['departure', 'destination', 'passenger', 'handLuggage', 'reservation', 'compartment'];
  const long = specOf(Object.fromEntries(names.map((name) => [name, { description: 'x', positional: true, type: 'string' }])));
  const [first, second, third] = renderHelp(programOf(long), long, { columns: 80, colors: false }).split('\n');
  expect(first).toBe('Usage: weather-exporter [OPTIONS] [DEPARTURE] [DESTINATION] [PASSENGER]');
  expect(second).toBe('                        [HAND-LUGGAGE] [RESERVATION] [COMPARTMENT]');
  expect(third).toBe('');
});

test.each([
  ['an empty text', '', 'string', '[env var: EXP_ITEM; default: ""]'],
  ['a duration', 5_400_000, 'duration', '[env var: EXP_ITEM; default: 1h30m]'],
  ['a broken duration', 0.5, 'duration', '[env var: EXP_ITEM; default: 0.5]'],
  ['an object', { a: 1 }, 'yaml', '[env var: EXP_ITEM]'],
  ['nothing', null, 'string', '[env var: EXP_ITEM]'],
] as const)('the default of an option that is %s', (_, item, type, hints) => {
  const one = specOf({ item: { description: 'thing', type } }, { item });
  expect(renderHelp(programOf(one), one, { columns: 100, colors: false })).toContain(`thing  ${hints}\n`);
});

test.each([
  ['values', ['a', 'b'], '[env var: EXP_ITEM; default: a, b]'],
  ['no value', [], '[env var: EXP_ITEM]'],
  ['a value that is no text', ['a', {}], '[env var: EXP_ITEM]'],
])('the default of a list with %s', (_, item, hints) => {
  const one = specOf({ item: { description: 'thing', multiple: true, parse: (text) => text } }, { item });
  expect(renderHelp(programOf(one), one, { columns: 100, colors: false })).toContain(`--item TEXT...  thing  ${hints}\n`);
});

test('an option without any hint has only its description', () => {
  const one = specOf({ item: { description: 'thing', type: 'string', env: false } });
  expect(renderHelp(programOf(one), one, { columns: 100, colors: false })).toContain('  --item TEXT  thing\n');
});

test('the default of a secret option is not shown', () => {
  const one = specOf({ token: { description: 'token', secret: true } }, { token: 's3cret' });
  expect(renderHelp(programOf(one), one, { columns: 100, colors: false })).not.toContain('s3cret');
});

test('a flag whose name begins with no- shows no second no', () => {
  const one = specOf({ noCache: { description: 'always ask' } }, { noCache: false });
  expect(renderHelp(programOf(one), one, { columns: 100, colors: false })).toContain('  --no-cache  always ask  [');
});

test('colours: bold headings, cyan option names, and no other change', () => {
  const program = programOf(manyOptions);
  const coloured = renderHelp(program, undefined, { columns: 80, colors: true });
  expect(coloured).toContain('\u001B[1mServer options:\u001B[22m\n');
  expect(coloured).toContain('  \u001B[36m-r\u001B[39m, \u001B[36m--retries\u001B[39m INTEGER ');
  expect(coloured).toContain('\u001B[36m--process-stats\u001B[39m / \u001B[36m--no-process-stats\u001B[39m');
  expect(stripVTControlCharacters(coloured)).toBe(renderHelp(program, undefined, { columns: 80, colors: false }));
});

test('no line is longer than the terminal is wide', () => {
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 100 }), (columns) => {
      for (const line of renderHelp(programOf(manyOptions), undefined, { columns, colors: false }).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(columns);
        expect(line).toBe(line.trimEnd());
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['an invalid value', 'INVALID_VALUE', undefined, 'Invalid value for --port: bad. Mend it.'],
  ['another mistake', 'MISSING_VALUE', weather, '--port: bad. Mend it.'],
] as const)('%s is told as Click does', (_, code, spec, message) => {
  const error = new ConfigError({ code, where: '--port', what: 'bad', mend: 'Mend it' });
  expect(renderMistake(programOf(weather), spec, error, false)).toBe(
    `Usage: weather-exporter [OPTIONS] [CITY]\nTry 'weather-exporter --help' for help.\n\nError: ${message}\n`,
  );
});

test('a mistake names the command, where there is one', () => {
  const error = new ConfigError('targets.yml: names no target.');
  const program = programOf(weather, tides);
  expect(renderMistake(program, tides, error, false)).toBe(
    "Usage: sky tides-exporter [OPTIONS] PORTS...\nTry 'sky tides-exporter --help' for help.\n\nError: targets.yml: names no target.\n",
  );
  expect(renderMistake(program, undefined, error, true)).toBe(
    "\u001B[1mUsage:\u001B[22m sky [OPTIONS] COMMAND [ARGS]...\nTry 'sky --help' for help.\n\n\u001B[1m\u001B[31mError:\u001B[39m\u001B[22m targets.yml: names no target.\n",
  );
});
