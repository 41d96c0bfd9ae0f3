import { execFile, type ExecFileException } from 'node:child_process';
import { promisify } from 'node:util';
import type { Logger } from '../log.js';

/** What is said at once, such as `READY=1` and `STATUS=…` (sd_notify(3)). */
export type Notification = readonly string[];

interface NotifierParts {
  /** The path of systemd's socket, or its abstract name with an `@`. */
  readonly socket: string;
  /** Where the program is looked for, as in PATH. */
  readonly path: string | undefined;
  readonly log: Logger;
  readonly timeoutMilliseconds?: number;
}

const program = 'systemd-notify';
/** The program itself waits up to 5 s until it is heard, but for ever at a socket that is full. */
const usualTimeout = 10_000;
const run = promisify(execFile);

/**
 * Tells systemd one thing after the other, through its own program, since Node has no datagrams on Unix sockets. Whatever
 * fails costs a warning, once.
 */
export class SystemdNotifier {
  readonly #parts: NotifierParts;
  readonly #waiting: Notification[] = [];
  #sending: Promise<void> | undefined;
  #hasWarned = false;

  constructor(parts: NotifierParts) {
    this.#parts = parts;
  }

  /** Says something after what was said before. The same one is not said again while it has yet to be said. */
  notify(notification: Notification): void {
    if (this.#waiting.includes(notification)) return;
    this.#waiting.push(notification);
    this.#sending ??= this.#sendAll();
  }

  /** Resolves when everything has been said. */
  async settled(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await this.#send(next);
    this.#sending = undefined;
  }

  async #send(notification: Notification): Promise<void> {
    const { socket, path, timeoutMilliseconds: timeout = usualTimeout } = this.#parts;
    try {
      // Not with --no-block: without privileges the program speaks for itself, and systemd has to find it alive to know its unit.
      await run(program, notification, { env: { NOTIFY_SOCKET: socket, PATH: path }, timeout, killSignal: 'SIGKILL' });
    } catch (error) {
      this.#tell(error as ExecFileException);
    }
  }

  #tell(error: ExecFileException): void {
    // A stop of the unit ends all of its processes.
    if (error.signal === 'SIGTERM') return;
    this.#parts.log[this.#hasWarned ? 'debug' : 'warn']({ error: describe(error) }, 'systemd not notified');
    this.#hasWarned = true;
  }
}

function describe(error: ExecFileException): string {
  if (error.code === 'ENOENT') return `NOTIFY_SOCKET: ${program} is not found. Install it, or add its folder to PATH.`;
  const what = error.killed ? 'does not end' : error.stderr?.trim() || `fails with ${error.code ?? error.signal}`;
  return `NOTIFY_SOCKET: ${program}: ${what.replace(/\.$/, '')}. Look at what listens there, or start the program without NOTIFY_SOCKET.`;
}
