import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Cli } from 'clipanion';
import { createCommand, toUsageError } from '../../src/cli/create-command.js';
import { ConfigError } from '../../src/errors.js';
import type { OptionDeclaration } from '../../src/model/declaration.js';
import { createExporterSpec } from '../../src/model/exporter-spec.js';
import type { ExporterSpec } from '../../src/model/spec.js';

function specOf(options: Readonly<Record<string, OptionDeclaration>>, instance: object = {}): ExporterSpec {
  const members = Object.entries(options).map(([member, declaration]) => ({ kind: 'option', member, declaration }) as const);
  return createExporterSpec({ className: 'C', declaration: { name: 'weather', description: 'Weather of a city.' }, members, instance });
}

const weather = specOf(
  {
    city: { description: 'city to ask', type: 'string', positional: true, required: true },
    station: { description: 'station to ask', type: 'string', short: 's' },
    colours: { description: 'colours to use', type: 'string', multiple: true },
    verbose: { description: 'tell more', type: 'boolean', short: 'x' },
    noCache: { description: 'always ask', type: 'boolean' },
    help: { description: 'member of an awkward name', name: 'assistance', type: 'string' },
  },
  { colours: ['red'] },
);

/** Runs the command in a plain Cli, beside another command. */
async function runPlain(
  spec: ExporterSpec,
  argv: string[],
  execute?: () => Promise<number>,
): Promise<{ code: number; output: string; given: unknown }> {
  let given: unknown;
  const stdout = new PassThrough();
  const command = createCommand(spec, [['serve'], ['run', 'it']], async (values, context) => {
    expect(context.stdout).toBe(stdout);
    given = values;
    return execute ? execute() : 7;
  });
  const cli = new Cli({ binaryName: 'sky', enableColors: false });
  cli.register(command);
  const code = await cli.run(argv, { stdout });
  stdout.end();
  return { code, output: await text(stdout), given };
}

test.each<[argv: string[], given: object]>([
  [['serve'], {}],
  [['run', 'it', 'Berlin'], { city: 'Berlin' }],
  [['serve', '--station', 'a', '--station=b'], { station: 'b' }],
  [['serve', '-s', 'a', '-x'], { station: 'a', verbose: true }],
  [['serve', '--no-verbose'], { verbose: false }],
  [['serve', '--no-cache'], { 'no-cache': true }],
  [['serve', '--no-cache', '--no-no-cache'], { 'no-cache': false }],
  [['serve', '--colours', 'green', '--colours', 'blue'], { colours: ['green', 'blue'] }],
  [['serve', '--port', '5', '--assistance', 'x'], { port: '5', assistance: 'x' }],
])('%j runs in a plain Cli', async (argv, given) => {
  expect(await runPlain(weather, argv)).toEqual({ code: 7, output: '', given });
});

test('an argument before a list takes the first', async () => {
  const tides = specOf({
    harbour: { description: 'x', type: 'string', positional: true },
    days: { description: 'x', type: 'integer', positional: true, multiple: true },
  });
  expect((await runPlain(tides, ['serve'])).given).toEqual({});
  expect((await runPlain(tides, ['serve', 'Emden'])).given).toEqual({ harbour: 'Emden' });
  expect((await runPlain(tides, ['serve', 'Emden', '1', '2'])).given).toEqual({ harbour: 'Emden', days: ['1', '2'] });
});

test("the help of somebody else's Cli tells variables and defaults", async () => {
  const { code, output } = await runPlain(weather, ['serve', '--help']);
  expect(code).toBe(0);
  expect(output).toContain('Weather of a city.');
  expect(output).toContain('Every option can also be set by its variable');
  expect(output).toContain('--colours #0');
  expect(output).toContain('[env var: EXP_COLOURS; default: red]');
});

test('a mistake of the operator is a usage error there, without a stack', async () => {
  const mistake = new ConfigError({ code: 'INVALID_VALUE', where: '--port', what: '"x" is no whole number', mend: 'Give one' });
  const { code, output } = await runPlain(weather, ['serve'], async () => {
    throw toUsageError(mistake);
  });
  expect(code).toBe(1);
  expect(output).toMatch(/^Usage Error: Invalid value for --port: "x" is no whole number\. Give one\.\n/);
  expect(output).not.toContain('    at ');
  expect(toUsageError(mistake)).toMatchObject({ cause: mistake, clipanion: { type: 'usage' } });
});
