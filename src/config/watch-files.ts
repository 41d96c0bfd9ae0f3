import { type FileStamp, takeStampLater } from './file-stamp.js';

/** Absolute paths, with how each file looked when it was read. */
export type ReadFiles = ReadonlyMap<string, FileStamp>;

/** A watch that goes on until it is stopped. */
export interface FileWatch {
  readonly stop: () => void;
  /** Looks at once; while a look is under way, waits for that. */
  readonly check: () => Promise<void>;
}

/**
 * Calls `onChange` when one of the files changed, appeared or vanished since it was read or last looked at. `files` is
 * asked before each look. A network file system that hangs costs one look, however long it hangs.
 */
export function watchFiles(
  files: () => ReadFiles,
  onChange: () => void,
  { intervalMilliseconds }: { readonly intervalMilliseconds: number },
): FileWatch {
  let isStopped = false;
  let read = files();
  let seen = new Map(read);
  const look = async (): Promise<void> => {
    // What was read anew counts from that reading.
    if (files() !== read) {
      read = files();
      seen = new Map(read);
    }
    let isChanged = false;
    // One after the other: each that hangs holds one of the few threads that compress answers, too.
    for (const [path, known] of seen) {
      const stamp = await takeStampLater(path);
      if (isStopped) return;
      seen.set(path, stamp);
      isChanged ||= stamp !== known;
    }
    // A reading that took place meanwhile saw at least as much.
    if (isChanged && files() === read) onChange();
  };
  let looking: Promise<void> | undefined;
  const check = (): Promise<void> => (looking ??= look().finally(() => (looking = undefined)));
  const timer = setInterval(() => {
    // Whoever is called tells of failures; the watch goes on.
    check().catch(() => {});
  }, intervalMilliseconds).unref();
  return {
    stop: () => {
      isStopped = true;
      clearInterval(timer);
    },
    check,
  };
}
