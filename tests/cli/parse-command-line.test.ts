import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import type { OptionDeclaration } from '../../src/model/declaration.js';
import { createExporterSpec } from '../../src/model/exporter-spec.js';
import type { ExporterSpec } from '../../src/model/spec.js';
import { parseCommandLine, type Program } from '../../src/cli/parse-command-line.js';

function specOf(name: string, options: Readonly<Record<string, OptionDeclaration>>): ExporterSpec {
  const members = Object.entries(options).map(([member, declaration]) => ({ kind: 'option', member, declaration }) as const);
  return createExporterSpec({ className: 'C', declaration: { name, description: 'x' }, members, instance: {} });
}

const weather = specOf('weather', {
  city: { description: 'x', type: 'string', positional: true },
  country: { description: 'x', type: 'string', positional: true },
  station: { description: 'x', type: 'string', short: 's' },
  num: { description: 'x', type: 'number', short: 'n' },
  five: { description: 'x', type: 'boolean', short: '5' },
  all: { description: 'x', type: 'boolean', short: 'a' },
  brief: { description: 'x', type: 'boolean', short: 'b' },
  noCache: { description: 'x', type: 'boolean' },
  http2: { description: 'x', type: 'string' },
  v1: { description: 'x', name: 'api.v1', type: 'string' },
  mode: { description: 'x', parse: (text) => text },
  help: { description: 'x', name: 'assistance', type: 'string' },
  path: { description: 'x', type: 'string' },
  context: { description: 'x', type: 'string' },
  execute: { description: 'x', type: 'boolean' },
  on: { description: 'x', type: 'boolean' },
});

const tides = specOf('tides', {
  port: { description: 'x', name: 'harbour', type: 'string', positional: true, required: true },
  days: { description: 'x', type: 'integer', positional: true, multiple: true },
  token: { description: 'x', type: 'string', secret: true },
  station: { description: 'x', type: 'boolean' },
});

const single: Program = { binaryName: 'weather', version: '1', commands: [weather], single: true };
const several: Program = { binaryName: 'sky', version: '1', commands: [weather, tides], single: false };

test.each<[argv: string[], given: object]>([
  [[], {}],
  [['--port', '5'], { port: '5' }],
  [['--port=5'], { port: '5' }],
  [['--port='], { port: '' }],
  [['--port', ''], { port: '' }],
  [['-p', '5'], { port: '5' }],
  [['-p5'], { port: '5' }],
  [['-p=5'], { port: '5' }],
  [['--num', '-5'], { num: '-5' }],
  [['--num=-5'], { num: '-5' }],
  [['--num', '-.5e3'], { num: '-.5e3' }],
  [['-n', '-5'], { num: '-5' }],
  [['-n-5'], { num: '-5' }],
  [['-5'], { five: true }],
  [['-7'], { city: '-7' }],
  [['--station=--port'], { station: '--port' }],
  [['--station=a=b'], { station: 'a=b' }],
  [['--station', '-'], { station: '-' }],
  [['--station', 'a b'], { station: 'a b' }],
  [['--station', '\u0001'], { station: '\u0001' }],
  [['--station', '\u0000'], { station: '\u0000' }],
  [['-'], { city: '-' }],
  [[''], { city: '' }],
  [['--all'], { all: true }],
  [['--no-all'], { all: false }],
  [['--all=false'], { all: false }],
  [['--all=ON'], { all: true }],
  [['--all', '--no-all'], { all: false }],
  [['--no-all', '-a'], { all: true }],
  [['--no-cache'], { 'no-cache': true }],
  [['--no-no-cache'], { 'no-cache': false }],
  [['--no-cache', '--no-cache=no'], { 'no-cache': false }],
  [['--no-cache=no', '--no-cache'], { 'no-cache': true }],
  [['-ab'], { all: true, brief: true }],
  [['-abp5'], { all: true, brief: true, port: '5' }],
  [['-abp', '5'], { all: true, brief: true, port: '5' }],
  [['-ab=no'], { all: true, brief: false }],
  [['--http2=v'], { http2: 'v' }],
  [['--http2', 'v'], { http2: 'v' }],
  [['--api.v1=x'], { 'api.v1': 'x' }],
  [['--mode', 'x'], { mode: 'x' }],
  [['--port', '1', '--port=2'], { port: '2' }],
  [['--host', 'a', '-Hb', '--host=c'], { host: ['a', 'b', 'c'] }],
  [['Berlin'], { city: 'Berlin' }],
  [['Berlin', '--port', '5', 'Germany'], { city: 'Berlin', country: 'Germany', port: '5' }],
  [['--', '--port', '-h'], { city: '--port', country: '-h' }],
  [['--all', '--', '--'], { all: true, city: '--' }],
  [['--assistance=a', '--path=b', '--context=c', '--execute'], { assistance: 'a', path: 'b', context: 'c', execute: true }],
])('%j is understood', (argv, given) => {
  expect(parseCommandLine(single, argv)).toEqual({ kind: 'run', spec: weather, given });
});

test.each<[argv: string[], spec: ExporterSpec, given: object]>([
  [['weather'], weather, {}],
  [['weather', 'weather'], weather, { city: 'weather' }],
  [['tides', 'Emden', '1', '2', '--port', '5'], tides, { harbour: 'Emden', days: ['1', '2'], port: '5' }],
  [['tides', 'Emden'], tides, { harbour: 'Emden' }],
  [['tides'], tides, {}],
  [['--port', '5', 'tides', 'Emden'], tides, { harbour: 'Emden', port: '5' }],
  [['--station', 'tides', 'weather', 'Emden'], weather, { station: 'tides', city: 'Emden' }],
  [['--station', 'tides', 'Emden'], tides, { station: true, harbour: 'Emden' }],
  [['--', 'tides', '-1', '--', '-h'], tides, { harbour: '-1', days: ['--', '-h'] }],
])('%j finds its command', (argv, spec, given) => {
  expect(parseCommandLine(several, argv)).toEqual({ kind: 'run', spec, given });
});

test.each<[program: Program, argv: string[], invocation: object]>([
  [single, ['--help'], { kind: 'help', spec: weather }],
  [single, ['-h'], { kind: 'help', spec: weather }],
  [single, ['--prot', '5', '--version', '--help'], { kind: 'help', spec: weather }],
  [single, ['a', 'b', 'c', '--version'], { kind: 'version' }],
  [single, ['--station', '--help'], { kind: 'help', spec: weather }],
  [single, ['-abh'], { kind: 'help', spec: weather }],
  [several, ['--help'], { kind: 'help' }],
  [several, ['nothing', '--help'], { kind: 'help' }],
  [several, ['tides', '--help'], { kind: 'help', spec: tides }],
  [several, ['-h', 'tides'], { kind: 'help', spec: tides }],
  [several, ['--version'], { kind: 'version' }],
  [several, ['tides', '--version'], { kind: 'version' }],
  [single, ['--check-web-config', 'web.yml', '--version'], { kind: 'version' }],
  [several, ['check-web-config', '--help'], { kind: 'help' }],
])('help and version win over everything else: %#', (program, argv, invocation) => {
  expect(parseCommandLine(program, argv)).toEqual(invocation);
});

test.each<[program: Program, argv: string[], paths: string[]]>([
  [single, ['--check-web-config', 'web.yml'], ['web.yml']],
  [single, ['--check-web-config=a.yml', '--all', '--check-web-config', 'b.yml'], ['a.yml', 'b.yml']],
  [several, ['--check-web-config', 'web.yml'], ['web.yml']],
  [several, ['tides', '--check-web-config', 'web.yml'], ['web.yml']],
  [several, ['check-web-config', 'a.yml', 'b.yml'], ['a.yml', 'b.yml']],
  [several, ['check-web-config', '--', '-a.yml'], ['-a.yml']],
])('%#: a web configuration file is checked without what else is required', (program, argv, paths) => {
  expect(parseCommandLine(program, argv)).toEqual({ kind: 'check-web-config', paths });
});

test.each<[program: Program, argv: string[], code: string, message: string]>([
  [single, ['--check-web-config'], 'MISSING_VALUE', '--check-web-config: needs a value. Give one: --check-web-config PATH.'],
  [single, ['--check-web-config', 'web.yml', '--al'], 'UNKNOWN_OPTION', '--al: no such option. Did you mean --all?'],
  [
    single,
    ['--check-web-config', 'a.yml', 'b.yml'],
    'UNEXPECTED_ARGUMENT',
    '"b.yml": unexpected argument. Write --check-web-config before each file.',
  ],
  [
    several,
    ['tides', '--check-web-config', 'a.yml', 'b.yml'],
    'UNEXPECTED_ARGUMENT',
    'arguments: one more than expected. Write --check-web-config before each file.',
  ],
  [
    several,
    ['--check-web-config', 'a.yml', 'moon'],
    'UNEXPECTED_ARGUMENT',
    'arguments: one more than expected. Write --check-web-config before each file.',
  ],
  [several, ['check-web-config'], 'MISSING_VALUE', 'check-web-config: needs a file. Give at least one: sky check-web-config PATH.'],
  [single, ['a', 'b', 'c d'], 'UNEXPECTED_ARGUMENT', '"c d": unexpected argument. Leave it out, or quote values that hold blanks.'],
  [several, [], 'MISSING_COMMAND', 'COMMAND: is missing. Use one of weather, tides.'],
  [several, ['--port', '5'], 'MISSING_COMMAND', 'COMMAND: is missing. Use one of weather, tides.'],
  [{ ...several, commands: [tides] }, [], 'MISSING_COMMAND', 'COMMAND: is missing. Use tides.'],
  [several, ['tidse', '--days', '5'], 'UNKNOWN_COMMAND', 'tidse: no such command. Did you mean tides?'],
  [several, ['moon'], 'UNKNOWN_COMMAND', 'moon: no such command. Use one of weather, tides.'],
  [several, ['--port', 'my', 's3cret', 'tides'], 'UNKNOWN_COMMAND', 'COMMAND: no such command. Use one of weather, tides.'],
  [several, ['--prot', '5', 'tides'], 'UNKNOWN_OPTION', '--prot: no such option. Did you mean --port?'],
  [several, ['tides', '--tokn', '5'], 'UNKNOWN_OPTION', '--tokn: no such option. Did you mean --token?'],
  [several, ['tides', '--all'], 'UNKNOWN_OPTION', '--all: no such option. Use --help to see all options.'],
  [
    several,
    ['tides', '--token', '-s3cret'],
    'MISSING_VALUE',
    '--token: needs a value. Give one; if it begins with a hyphen: --token=TEXT.',
  ],
  [single, ['---'], 'UNKNOWN_OPTION', '---: no such option. Use --help to see all options.'],
  [single, ['--=x'], 'UNKNOWN_OPTION', '--: no such option. Use --help to see all options.'],
  [single, ['---port'], 'UNKNOWN_OPTION', '---port: no such option. Did you mean --port?'],
  [single, ['--unk\u001b[31m\n'], 'UNKNOWN_OPTION', String.raw`--unk\u001b[31m\n: no such option. Use --help to see all options.`],
  [single, ['-\u009b'], 'UNKNOWN_OPTION', String.raw`-\u009b: no such option. Use --help to see all options.`],
  [several, ['\u001b[31m'], 'UNKNOWN_COMMAND', String.raw`\u001b[31m: no such command. Use one of weather, tides.`],
  [single, ['-\u{1F600}'], 'UNKNOWN_OPTION', '-\u{1F600}: no such option. Use --help to see all options.'],
])('%#: mistakes have a code and a message', (program, argv, code, message) => {
  expect(() => parseCommandLine(program, argv)).toThrow(expect.objectContaining({ name: 'ConfigError', code, message }));
});

test.each(['--pos', '---', '--=x', '--'.repeat(3)])('the hyphens of %s make it like no other option', (word) => {
  expect(() => parseCommandLine(single, [word])).toThrow(expect.objectContaining({ message: expect.not.stringContaining('--on?') }));
});

test('any value comes through behind an equals sign, any argument behind two hyphens', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (station, city) => {
      const argv = [`--station=${station}`, '--', city];
      expect(parseCommandLine(single, argv)).toEqual({ kind: 'run', spec: weather, given: { station, city } });
    }),
  );
});

test('any command line is understood or is a mistake of the operator', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('-', '--', '-a', '-p', '--all', '--no-all', '--port', '--http2', '-ab', 'tides', '-5', '--=', '--check-web-config'),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.constantFrom(single, several), (argv, program) => {
      try {
        expect(['run', 'help', 'version', 'check-web-config']).toContain(parseCommandLine(program, argv).kind);
      } catch (error) {
        expect(error).toMatchObject({ name: 'ConfigError' });
      }
    }),
  );
});

test('help needs none of the great packages', () => {
  const script = `
    const { parseCommandLine } = require('./src/cli/parse-command-line.ts');
    const { renderHelp } = require('./src/cli/render-help.ts');
    const { spec } = require('./tests/fixtures/bad-input.ts');
    const program = { binaryName: 'x', version: '1', commands: [spec], single: true };
    renderHelp(program, parseCommandLine(program, ['--help']).spec, { columns: 80, colors: false });
    const loaded = Object.keys(require.cache).map((file) => /node_modules.((?:@[^/]+.)?[^/\\\\]+)/.exec(file)?.[1]);
    console.log([...new Set(loaded)].filter((name) => name !== undefined && name !== 'zod').sort().join());`;
  const root = join(__dirname, '../..');
  const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], { cwd: root, encoding: 'utf8' });
  expect(
    output
      .trim()
      .split(',')
      .filter((name) => !/^(?:tsx|esbuild|get-tsconfig|@esbuild.*)$/.test(name)),
  ).toEqual(['fastest-levenshtein']);
});
