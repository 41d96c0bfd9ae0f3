import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync as babel } from '@babel/core';
import { transformSync as swc } from '@swc/core';
import { transformSync as esbuild } from 'esbuild';

/* The built package is used as its users have it: `npm test` builds first. */
const root = join(__dirname, '../..');
const source = join(root, 'tests/fixtures/compilers/program.ts');
const text = readFileSync(source, 'utf8');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const work = mkdtempSync(join(root, 'node_modules/.compilers-'));

beforeAll(() => {
  mkdirSync(join(work, 'node_modules'));
  symlinkSync(root, join(work, 'node_modules/expositor'));
  writeFileSync(join(work, 'package.json'), '{ "type": "commonjs" }');
  copyFileSync(source, join(work, 'program.ts'));
});
afterAll(() => rmSync(work, { recursive: true }));

type Compile = (output: string) => void;

const tsc =
  (...flags: string[]): Compile =>
  (output) => {
    const folder = join(work, `tsc-${flags.length}-${flags.join('').length}`);
    const common = ['--target', 'es2022', '--module', 'nodenext', '--types', 'node', '--strict', '--outDir', folder, '--ignoreConfig'];
    execFileSync(bin('tsc'), [...common, ...flags, join(work, 'program.ts')], { cwd: work, stdio: 'pipe' });
    copyFileSync(join(folder, 'program.js'), output);
  };

const withEsbuild =
  (experimentalDecorators: boolean): Compile =>
  (output) =>
    writeFileSync(
      output,
      esbuild(text, { loader: 'ts', format: 'cjs', target: 'node20', tsconfigRaw: { compilerOptions: { experimentalDecorators } } }).code,
    );

const withSwc =
  (transform: object): Compile =>
  (output) => {
    const parser = { syntax: 'typescript', decorators: true } as const;
    const options = { jsc: { target: 'es2022', parser, transform }, module: { type: 'commonjs' }, swcrc: false } as const;
    writeFileSync(output, swc(text, options).code);
  };

const withBabel =
  (version: string): Compile =>
  (output) => {
    const options = {
      configFile: false,
      filename: 'program.ts',
      // A plugin of its own before the other, since a preset would see the decorated fields too late.

      plugins: [
        '@babel/plugin-transform-typescript',
        ['@babel/plugin-proposal-decorators', { version }],
        '@babel/plugin-transform-modules-commonjs',
      ],
    };
    writeFileSync(output, babel(text, options)?.code ?? '');
  };

const compilers: readonly (readonly [name: string, compile: Compile])[] = [
  ['tsc legacy', tsc('--experimentalDecorators', '--emitDecoratorMetadata')],
  ['tsc legacy, fields assigned', tsc('--experimentalDecorators', '--useDefineForClassFields', 'false')],
  ['tsc standard', tsc()],
  ['tsc standard, fields assigned', tsc('--useDefineForClassFields', 'false')],
  ['esbuild legacy', withEsbuild(true)],
  ['esbuild standard', withEsbuild(false)],
  ['swc legacy', withSwc({ legacyDecorator: true, decoratorMetadata: true })],
  ['swc 2021-12', withSwc({ decoratorVersion: '2021-12' })],
  ['swc 2022-03', withSwc({ decoratorVersion: '2022-03' })],
  ['swc 2023-11', withSwc({ decoratorVersion: '2023-11' })],
  ['babel 2023-11', withBabel('2023-11')],
];

const run = (command: string, ...parameters: string[]): unknown =>
  JSON.parse(execFileSync(command, parameters, { cwd: work, encoding: 'utf8' }));

const expected = JSON.parse(readFileSync(join(root, 'tests/fixtures/compilers/expected.json'), 'utf8')) as unknown;

test.each(compilers)('a class compiled by %s makes the same exporter', (name, compile) => {
  const output = join(work, `${name.replaceAll(/\W+/g, '-')}.js`);
  compile(output);
  expect(run(process.execPath, output)).toEqual(expected);
});

test.each([
  ['legacy', true],
  ['standard', false],
])('a class run by tsx, %s, makes the same exporter', (_name, experimentalDecorators) => {
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions: { experimentalDecorators } }));
  expect(run(bin('tsx'), join(work, 'program.ts'))).toEqual(expected);
});
