import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeStamp } from '../../src/config/file-stamp.js';
import { type FileWatch, type ReadFiles, watchFiles } from '../../src/config/watch-files.js';

let directory = '';
let path = '';
let watches: FileWatch[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'watch-'));
  path = join(directory, 'web.yml');
  writeFileSync(path, 'a: 1\n');
  // The clock of a file system is coarse.
  utimesSync(path, 1, 1);
});
afterEach(() => {
  for (const watch of watches) watch.stop();
  watches = [];
  rmSync(directory, { recursive: true });
});

const stampsOf = (...paths: readonly string[]): ReadFiles => new Map(paths.map((one) => [one, takeStamp(one)]));

/** A watch that looks when it is told to, and the number of changes it told of. */
function watch(files: () => ReadFiles): FileWatch & { readonly changes: () => number } {
  let changes = 0;
  const started = watchFiles(files, () => changes++, { intervalMilliseconds: 2 ** 31 - 1 });
  watches.push(started);
  return { ...started, changes: () => changes };
}

/** Behind a symbolic link as Kubernetes swaps it for mounted secrets. */
function linkTo(version: string): string {
  mkdirSync(join(directory, version));
  writeFileSync(join(directory, version, 'web.yml'), 'a: 1\n');
  symlinkSync(version, join(directory, 'next'));
  renameSync(join(directory, 'next'), join(directory, 'data'));
  return join(directory, 'data', 'web.yml');
}

test.each<[change: string, act: () => void]>([
  ['another content', () => writeFileSync(path, 'a: 22\n')],
  ['another content of the same length', () => writeFileSync(path, 'a: 2\n')],
  [
    'another file of the same length and time',
    () => {
      writeFileSync(join(directory, 'other'), 'a: 2\n');
      utimesSync(path, 1, 1);
      utimesSync(join(directory, 'other'), 1, 1);
      renameSync(join(directory, 'other'), path);
    },
  ],
  ['a file that vanishes', () => unlinkSync(path)],
  ['another mode', () => chmodSync(path, 0o400)],
  [
    'a directory in its place',
    () => {
      unlinkSync(path);
      mkdirSync(path);
    },
  ],
])('%s is noticed, once', async (_, act) => {
  const files = stampsOf(path);
  const { check, changes } = watch(() => files);
  await check();
  expect(changes()).toBe(0);
  act();
  await check();
  await check();
  expect(changes()).toBe(1);
});

test('a file that comes back is noticed', async () => {
  unlinkSync(path);
  const files = stampsOf(path);
  const { check, changes } = watch(() => files);
  mkdirSync(path);
  await check();
  writeFileSync(join(path, 'inside'), 'files in a directory do not matter');
  await check();
  expect(changes()).toBe(1);
  unlinkSync(join(path, 'inside'));
  rmdirSync(path);
  writeFileSync(path, 'a: 1\n');
  await check();
  expect(changes()).toBe(2);
});

test('a symbolic link that is swapped is noticed', async () => {
  const file = linkTo('1');
  const files = stampsOf(file);
  const { check, changes } = watch(() => files);
  await check();
  linkTo('2');
  await check();
  expect(changes()).toBe(1);
});

test('what changed between the reading and the first look is noticed', async () => {
  const files = stampsOf(path);
  writeFileSync(path, 'a: 22\n');
  const { check, changes } = watch(() => files);
  await check();
  expect(changes()).toBe(1);
});

test('after another reading its files are watched', async () => {
  const other = join(directory, 'cert.pem');
  let files = stampsOf(path);
  const { check, changes } = watch(() => files);
  await check();
  writeFileSync(path, 'a: 22\n');
  files = stampsOf(path, other);
  await check();
  expect(changes()).toBe(0);
  writeFileSync(other, 'new');
  await check();
  expect(changes()).toBe(1);
});

test('looks do not overlap', async () => {
  const files = stampsOf(path);
  const { check, changes } = watch(() => files);
  unlinkSync(path);
  const first = check();
  expect(check()).toBe(first);
  await first;
  expect(changes()).toBe(1);
});

test('a reading while a look is under way counts, and the look does not', async () => {
  let files = stampsOf(path);
  const { check, changes } = watch(() => files);
  writeFileSync(path, 'a: 22\n');
  const looking = check();
  files = stampsOf(path);
  await looking;
  await check();
  expect(changes()).toBe(0);
});

test('a watch that is stopped tells of nothing more', async () => {
  const files = stampsOf(path);
  const { check, changes, stop } = watch(() => files);
  unlinkSync(path);
  const looking = check();
  stop();
  await looking;
  await check();
  expect(changes()).toBe(0);
});

test('a watch looks by itself', async () => {
  const files = stampsOf(path);
  unlinkSync(path);
  await new Promise<void>((resolve) => {
    watches.push(watchFiles(() => files, resolve, { intervalMilliseconds: 1 }));
  });
});
