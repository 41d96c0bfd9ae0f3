import { dirname } from 'node:path';
import type { Fault } from '../errors.js';
import { quote } from '../model/name.js';

/** The socket that could not be opened. */
export interface UnixSocketPlace {
  readonly path: string;
  /** How long a path may be. */
  readonly mostBytes: number;
}

/** Says in plain words why there is no socket at a path, and what the operator can do. */
export function unixFault(error: NodeJS.ErrnoException, place: UnixSocketPlace): Fault {
  const words = wordsOf[String(error.code)] ?? (() => [error.message.replace(/\.$/, ''), another]);
  const [what, mend] = words(place);
  return { code: 'LISTEN_FAILED', where: `unix:${place.path}`, what, mend };
}

type Words = (place: UnixSocketPlace) => readonly [what: string, mend: string];

const another = 'Give another path';
const forbidden: Words = ({ path }) => [
  `this user may not make or use a socket in ${quote(dirname(path))}`,
  `Let the user write to that folder, or give another path`,
];
const full: Words = ({ path }) => [`there is no room left in ${quote(dirname(path))}`, 'Make room, or give a path on another file system'];

const wordsOf: Readonly<Record<string, Words>> = {
  EADDRINUSE: () => ['another program listens there', 'Stop it, or give another path'],
  ENOTSOCK: () => ['something is there that is no socket', `Remove it, or give another path`],
  ENOENT: ({ path }) => [`the folder ${quote(dirname(path))} does not exist`, 'Make it, or give another path'],
  ENOTDIR: ({ path }) => [`${quote(dirname(path))} is no folder`, another],
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: ({ path }) => [`${quote(dirname(path))} is on a file system that cannot be written to`, another],
  ENOSPC: full,
  EDQUOT: full,
  ENAMETOOLONG: ({ mostBytes }) => [`the path is longer than the ${mostBytes} bytes that a socket's may have`, 'Give a shorter one'],
};
