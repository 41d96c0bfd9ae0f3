import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../src');
/** From the cellar up; rooms on one floor do not know each other. */
const floors = [
  ['errors'],
  ['log'],
  ['model'],
  ['decorators', 'config', 'metrics', 'scrape', 'exposition'],
  ['cli', 'web'],
  ['run'],
  ['index', 'testing'],
];
/** Which rooms a package enters through. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'reflect-metadata': ['decorators'],
  dotenv: ['config'],
  '@node-rs/bcrypt': ['web'],
  yaml: ['config'],
  'prom-client': ['metrics'],
  clipanion: ['cli'],
  koa: ['web'],
  '@koa/router': ['web'],
  'koa-compose': ['web'],
  pino: ['log'],
  'pino-pretty': ['log'],
  croner: ['model'],
  'fastest-levenshtein': ['model'],
};
/** Types alone may be named where the contract is written down. */
const typeOnly: Readonly<Record<string, readonly string[]>> = {
  '@standard-schema/spec': ['model', 'decorators', 'config'],
  koa: ['model', 'run'],
  'prom-client': ['model'],
};

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const source = (file: string): string => readFileSync(join(root, file), 'utf8');
const roomOf = (file: string): string => file.replace(/\.ts$/, '').split('/')[0] ?? '';
const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room));

interface Import {
  readonly isType: boolean;
  readonly from: string;
}

function importsOf(file: string): readonly Import[] {
  const text = source(file).replace(/^ *(?:\/\*\*|\*|\/\/).*$/gm, '');
  const statements = text.matchAll(/^(?:import|export)\s(type\s)?(?:[^;'"]*?\sfrom\s)?['"]([^'"]+)['"];/gm);
  const required = text.matchAll(/(?<!as typeof )(?:require|import)\(['"]([^'"]+)['"]\)/g);
  return [
    ...[...statements].map(([, type, from = '']) => ({ isType: type !== undefined, from })),
    ...[...required].map(([, from = '']) => ({ isType: false, from })),
  ];
}

test.each(files)('%s imports downwards, or from its own room', (file) => {
  const room = roomOf(file);
  for (const { from } of importsOf(file).filter((one) => one.from.startsWith('.'))) {
    const other = roomOf(relative(root, join(root, dirname(file), from.replace(/\.js$/, ''))));
    expect([file, from, other === room || floorOf(other) < floorOf(room)]).toEqual([file, from, true]);
  }
});

test.each(files)('%s lets packages in through their own room only', (file) => {
  for (const { isType, from } of importsOf(file).filter((one) => !one.from.startsWith('.') && !one.from.startsWith('node:'))) {
    const rooms = [...(packages[from] ?? []), ...(isType ? (typeOnly[from] ?? []) : [])];
    expect([file, from, rooms.includes(roomOf(file))]).toEqual([file, from, true]);
  }
});

test('prom-client enters through one file', () => {
  const importers = files.filter((file) => importsOf(file).some(({ from, isType }) => from === 'prom-client' && !isType));
  expect(importers).toEqual(['metrics/prom-client.ts']);
});

test.each(files)('%s has no default export, no export *, no mutable state of the module', (file) => {
  expect(source(file)).not.toMatch(/^export (?:default|\*)/m);
  expect(source(file)).not.toMatch(/^(?:export )?(?:let|var)\s/m);
});

test('only doors are called index', () => {
  expect(files.filter((file) => file.endsWith('index.ts')).sort()).toEqual(['index.ts', 'testing/index.ts']);
});

test('files import one another without a circle', () => {
  const edges = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ from }) => from.startsWith('.'))
        .map(({ from }) => join(dirname(file), from.replace(/\.js$/, '.ts'))),
    ]),
  );
  const visit = (file: string, path: readonly string[]): void => {
    expect(path.includes(file) ? [...path, file] : []).toEqual([]);
    for (const next of edges.get(file) ?? []) if (!done.has(next)) visit(next, [...path, file]);
    done.add(file);
  };
  const done = new Set<string>();
  for (const file of files) visit(file, []);
});
