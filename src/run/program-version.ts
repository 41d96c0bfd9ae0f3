import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the nearest package.json of the running program, else "unknown". */
export function programVersion(program: string | undefined = process.argv[1]): string {
  for (let folder = program === undefined ? undefined : folderOf(program); folder !== undefined;) {
    const version = versionIn(folder);
    if (version !== undefined) return version;
    const parent = dirname(folder);
    folder = parent === folder ? undefined : parent;
  }
  return 'unknown';
}

function folderOf(program: string): string | undefined {
  try {
    // A binary in node_modules/.bin is a link to the program's own folder.
    return dirname(realpathSync(program));
  } catch {
    return undefined;
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
