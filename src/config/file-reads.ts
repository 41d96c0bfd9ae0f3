import { resolve } from 'node:path';
import { ConfigError, type Fault } from '../errors.js';
import { type FilePlace, loadFile } from './file.js';
import { type FileStamp, takeStamp } from './file-stamp.js';

/** Reads files, and notes which, and how each looked before. */
export class FileReads {
  readonly #files = new Map<string, FileStamp>();

  /** By absolute path; also those that could not be read. */
  get files(): ReadonlyMap<string, FileStamp> {
    return this.#files;
  }

  /** Undefined for a file that cannot be read, which costs a fault. */
  load(path: string, place: FilePlace, onFault: (fault: Fault) => void): Buffer | undefined {
    const absolute = resolve(path);
    // Taken before, so that a change during the reading is not missed.
    if (!this.#files.has(absolute)) this.#files.set(absolute, takeStamp(absolute));
    try {
      return loadFile(path, place);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      error.faults.forEach(onFault);
      return undefined;
    }
  }
}
