import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from '../errors.js';
import { quote } from '../model/name.js';

/** Puts a path below the directory that it is relative to; without one it stays as it is. */
export function locate(path: string, cwd: string | undefined): string {
  return cwd === undefined || path === '' ? path : resolve(cwd, path);
}

/** Says why a path is no file that exists; undefined where it is one. */
export function fileProblem(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? reasons['EISDIR'] : undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What a file is read for, and how it is spoken of. */
export interface FilePlace {
  readonly where: string;
  /** As the operator wrote it; undefined where it must not be shown. */
  readonly name: string | undefined;
}

/** Reads a file, or throws a {@link ConfigError} that says why it cannot be read. */
export function loadFile(path: string, { where, name }: FilePlace): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const subject = name === undefined ? 'the file' : quote(name);
    throw new ConfigError({
      code: 'UNREADABLE_FILE',
      where,
      what: `${subject} ${reasonOf(error)}`,
      mend: 'Name a file that can be read',
    });
  }
}

/** Says in words why the file system refused. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons[code] ?? `cannot be read (${code})`;
}

export function codeOf(error: unknown): string {
  return String((error as Partial<NodeJS.ErrnoException>).code);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a directory',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};
