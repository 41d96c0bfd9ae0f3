import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Exporter, OnConfigure, OnStartup, Option } from '../../src/index.js';
import { badInputs, declaration, instance, members } from '../fixtures/bad-input.js';
import { badWebInputs } from '../fixtures/bad-web-input.js';
import { runProgram } from '../run-program.js';

const begun: string[] = [];

@Exporter(declaration)
class Weather {
  constructor() {
    Object.assign(this, instance);
  }
  @OnConfigure() configure() {
    begun.push('configure');
  }
  @OnStartup() start() {
    begun.push('startup');
  }
}
const decorate = Option as (option: unknown) => (target: unknown, key: unknown) => void;
for (const member of members) if (member.kind === 'option') decorate(member.declaration)(Weather.prototype, member.member);

const home = process.cwd();
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'expositor-bad-input-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

test.each([...badInputs, ...badWebInputs])(
  '$name costs one message and exit code 2, and nothing is started',
  async ({ argv, env, dotenv, files = {}, message }) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(name, content);
    if (dotenv !== undefined) writeFileSync('.env', dotenv);
    const program = runProgram(Weather, argv, env);
    expect(await program.code).toBe(2);
    expect(program.stderr.text).toBe(
      `Usage: weather-exporter [OPTIONS] [CITY]\nTry 'weather-exporter --help' for help.\n\nError: ${message}\n`,
    );
    expect(program.stdout.text).toBe('');
    expect(begun).toEqual([]);
  },
);
