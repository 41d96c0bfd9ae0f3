import type { Fault } from '../errors.js';

/** The place where listening failed. */
export interface ListenPlace {
  /** `http://localhost:9090` */
  readonly where: string;
  readonly port: number;
  /** Of the socket; the host itself where that cannot be looked up. */
  readonly address: string;
  /** What the operator chose both by. Default: `--host` and `--port`. */
  readonly option?: string | undefined;
}

/** Says in plain words why the exporter cannot listen, and what the operator can do. */
export function listenFault(error: NodeJS.ErrnoException, place: ListenPlace): Fault {
  const words = wordsOf[String(error.code)] ?? (() => [error.message.replace(/\.$/, ''), 'Give another host or port']);
  const [what, mend] = words(place);
  return { code: 'LISTEN_FAILED', where: place.where, what, mend };
}

type Words = (place: ListenPlace) => readonly [what: string, mend: string];

const missing: Words = ({ address, option = '--host' }) => [
  `this machine has no address ${address}`,
  `Give one that it has as ${option}, such as localhost or 0.0.0.0`,
];
const unknown: Words = ({ option = '--host' }) => [
  'the host is unknown',
  `Give an address of this machine as ${option}, such as localhost or 0.0.0.0`,
];

const wordsOf: Readonly<Record<string, Words>> = {
  EADDRINUSE: ({ port, address, option = '--port' }) => [
    `port ${port} of ${address} is in use`,
    `Stop the program that uses it, or give another as ${option}`,
  ],
  EACCES: ({ port, option = '--port' }) => [
    `port ${port} is not allowed to this user`,
    port < 1024 ? `Give one above 1023 as ${option}, or the right CAP_NET_BIND_SERVICE` : `Give another as ${option}`,
  ],
  EADDRNOTAVAIL: missing,
  EAFNOSUPPORT: missing,
  ENOTFOUND: unknown,
  EAI_AGAIN: ({ option = '--host' }) => [
    'the host cannot be looked up now',
    `Give an address instead of a name as ${option}, or see to the name server`,
  ],
};
