import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine } from '../../src/cli/parse-command-line.js';
import type { Program } from '../../src/cli/program.js';
import { renderMistake } from '../../src/cli/render-help.js';
import { resolveConfig } from '../../src/config/resolve-config.js';
import { ConfigError } from '../../src/errors.js';
import { badInputs, spec } from '../fixtures/bad-input.js';

const program: Program = { binaryName: 'weather-exporter', version: '1.2.3', commands: [spec], single: true };
const home = process.cwd();
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bad-input-'));
  process.chdir(directory);
});

afterEach(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true });
});

function mistakeOf(argv: readonly string[], env: Readonly<Record<string, string>>): unknown {
  try {
    const invocation = parseCommandLine(program, argv);
    if (invocation.kind !== 'run') return invocation;
    const givenWhere = ({ name, positional }: { readonly name: string; readonly positional: boolean }): string =>
      positional ? name.toUpperCase() : `--${name}`;
    return resolveConfig(spec, { given: invocation.given, givenWhere, env, dotenv: 'search' });
  } catch (error) {
    return error;
  }
}

test('there are more than forty of them, each with its own name', () => {
  expect(new Set(badInputs.map(({ name }) => name)).size).toBe(badInputs.length);
  expect(badInputs.length).toBeGreaterThan(45);
});

test.each(badInputs)('$name is refused', ({ argv, env, dotenv, files = {}, message }) => {
  for (const [name, content] of Object.entries(files)) writeFileSync(name, content);
  if (dotenv !== undefined) writeFileSync('.env', dotenv);
  const error = mistakeOf(argv, env);
  expect(error).toBeInstanceOf(ConfigError);
  const text = renderMistake(program, spec, error as ConfigError, false);
  expect(text).toBe(`Usage: weather-exporter [OPTIONS] [CITY]\nTry 'weather-exporter --help' for help.\n\nError: ${message}\n`);
  expect(text).not.toContain('s3cret');
});
