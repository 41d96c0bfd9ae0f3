import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const tsc = (...parameters: string[]) => spawnSync(join(root, 'node_modules/.bin/tsc'), parameters, { cwd: root, encoding: 'utf8' });

describe.each(['standard', 'legacy'])('%s decorators', (dialect) => {
  test('what is right compiles, and what is wrong does not', () => {
    const { status, stdout } = tsc('-p', `tests/types/tsconfig.${dialect}.json`);
    expect([status, stdout]).toEqual([0, '']);
  });

  test('a mistake is told in words, at its line', () => {
    const flags = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--skipLibCheck',
      '--ignoreConfig',
    ];
    const legacy = dialect === 'legacy' ? ['--experimentalDecorators'] : [];
    const { stdout } = tsc(...flags, ...legacy, 'tests/fixtures/types/wrong.ts');
    const lines = stdout.split(/\n(?=\S)/).filter((line) => line.includes('wrong.ts('));
    const told: readonly (readonly [line: number, message: string])[] = [
      [5, 'a field that is not plainly string, number or boolean needs type, choices, parse or schema'],
      [6, 'the option delivers values that do not fit its field'],
      [7, "label 'street' is missing in the field's type"],
      [8, "the field's metric class is not that of type 'counter'"],
      [9, "unknown key 'label'"],
      [10, 'a hook is a method that takes one Scrape'],
      [11, "value 'PUT' of label 'method' is missing in the field's type"],
      [12, "value 'PUT' of label 'method' of the field's type is not declared"],
    ];
    expect(lines.length).toBe(told.length);
    for (const [line, message] of told)
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`wrong\\.ts\\(${line},[^]*${message}`)));
  });
});
