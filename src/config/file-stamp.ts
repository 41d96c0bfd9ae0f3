import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { codeOf } from './file.js';

/** How a file looks from outside; equal as long as it is the same file with the same content. */
export type FileStamp = string;

/** Takes the stamp of what a path leads to, through symbolic links; also of what is not there. */
export function takeStamp(path: string): FileStamp {
  try {
    return describe(statSync(path, { bigint: true }));
  } catch (error) {
    return codeOf(error);
  }
}

/** The same without holding up anybody. */
export async function takeStampLater(path: string): Promise<FileStamp> {
  try {
    return describe(await stat(path, { bigint: true }));
  } catch (error) {
    return codeOf(error);
  }
}

function describe(stats: BigIntStats): FileStamp {
  // The times of a directory change with each file in it.
  if (stats.isDirectory()) return 'directory';
  // A mode may let the file be read at last; the time of the last change of the inode tells where others were set back.
  return [stats.dev, stats.ino, stats.mode, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ');
}
