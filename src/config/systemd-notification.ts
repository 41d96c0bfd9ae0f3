/** How systemd wants to hear of the program (sd_notify(3), sd_watchdog_enabled(3)). */
export interface SystemdNotification {
  readonly socket: string;
  /** After how long a silence, in milliseconds, systemd takes the program for dead; undefined where it does not watch it. */
  readonly watchdogMilliseconds: number | undefined;
}

/** What systemd says it in. */
export const notificationVariables = ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'] as const;

interface Variables {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pid: number;
}

/** Finds out whether and how systemd wants to hear of the program; a watchdog that is meant for another process is none. */
export function findSystemdNotification({ env, pid }: Variables): SystemdNotification | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: microseconds = '', WATCHDOG_PID: owner } = env;
  if (!socket) return undefined;
  const isWatched = /^[1-9]\d*$/.test(microseconds) && (!owner || owner === String(pid));
  return { socket, watchdogMilliseconds: isWatched ? Number(microseconds) / 1_000 : undefined };
}
