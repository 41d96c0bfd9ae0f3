import { ConfigError } from '../errors.js';
import { quote } from '../model/name.js';

/** A socket that systemd has opened for the program. */
export interface SystemdSocket {
  readonly fd: number;
  /** As the socket unit calls it; undefined where it does not. */
  readonly name: string | undefined;
}

/** systemd passes its sockets on from this one. */
const firstFd = 3;

interface Variables {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the operator asked for them. */
  readonly where: string;
  readonly pid: number;
}

/**
 * Finds the sockets that systemd passes on (sd_listen_fds(3)).
 *
 * @throws ConfigError where there are none, or where the variables are meant for another process.
 */
export function findSystemdSockets({ env, where, pid }: Variables): readonly SystemdSocket[] {
  const { LISTEN_FDS: count, LISTEN_PID: owner, LISTEN_FDNAMES: list } = env;
  const fault = (what: string, mend = 'Start the program by a socket unit of systemd, or leave the option out'): ConfigError =>
    new ConfigError({ code: 'NO_SYSTEMD_SOCKET', where, what, mend });
  if (!count) throw fault('systemd passes no socket on: LISTEN_FDS is not set');
  if (!/^[1-9]\d{0,3}$/.test(count)) throw fault(`LISTEN_FDS is ${quote(count)}, which is no number of sockets`);
  // Whoever inherits the variables by accident does not inherit the sockets.
  if (owner !== String(pid)) throw fault(`LISTEN_PID is ${owner ? quote(owner) : 'not set'}, and this is process ${pid}`, startDirectly);
  const names = list ? list.split(':') : [];
  if (names.length > 0 && names.length !== Number(count)) {
    throw fault(`LISTEN_FDNAMES has ${names.length} names for ${count} sockets`);
  }
  return Array.from({ length: Number(count) }, (_, index) => ({ fd: firstFd + index, name: names[index] || undefined }));
}

const startDirectly = 'Let systemd start the program itself, without a shell or a wrapper between that lives on';
