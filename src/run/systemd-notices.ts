import type { SystemdNotification } from '../config/systemd-notification.js';
import { escapeControls } from '../log.js';
import { longestTimer } from '../model/duration.js';
import { settlesWithin } from './settles-within.js';
import type { Notification, SystemdNotifier } from './systemd-notifier.js';

/** How long the end of a program waits until systemd knows of it, which it mostly does by then. */
const patienceMilliseconds = 1_000;
/** With the rest of a message far below the 4,096 bytes that systemd reads. */
const longestStatus = 1_000;

const beat: Notification = ['WATCHDOG=1'];

/** What systemd is told in the life of one exporter. */
export class SystemdNotices {
  readonly #notifier: SystemdNotifier;
  readonly #watchdogMilliseconds: number | undefined;
  /** What it does while it serves. */
  #serving: string | undefined;
  #watchdog: NodeJS.Timeout | undefined;

  constructor(notifier: SystemdNotifier, { watchdogMilliseconds }: Pick<SystemdNotification, 'watchdogMilliseconds'>) {
    this.#notifier = notifier;
    this.#watchdogMilliseconds = watchdogMilliseconds;
  }

  listening(urls: readonly string[]): void {
    this.#serving = `Listening at ${urls.join(', ')}`;
    this.#ready(this.#serving);
    this.#startWatchdog();
  }

  reloading(): void {
    if (this.#serving === undefined) return;
    // systemd heeds only what is newer than its own signal.
    const microseconds = process.hrtime.bigint() / 1_000n;
    this.#notifier.notify(['RELOADING=1', `MONOTONIC_USEC=${microseconds}`, 'STATUS=Reloading']);
  }

  reloaded(isGood: boolean): void {
    if (this.#serving !== undefined) this.#ready(isGood ? this.#serving : `Last reload failed. ${this.#serving}`);
  }

  stopping(): void {
    this.#serving = undefined;
    this.#notifier.notify(['STOPPING=1', 'STATUS=Stopping']);
  }

  /** Ends with the process: resolves when everything has been said, or has had its time. */
  async end(): Promise<void> {
    clearInterval(this.#watchdog);
    await settlesWithin(this.#notifier.settled(), patienceMilliseconds);
  }

  #ready(status: string): void {
    this.#notifier.notify(['READY=1', `STATUS=${escapeControls(status).slice(0, longestStatus)}`]);
  }

  /** Twice as often as systemd asks for, and from the event loop, so that it ends when that is blocked. */
  #startWatchdog(): void {
    if (this.#watchdogMilliseconds === undefined) return;
    const interval = Math.min(this.#watchdogMilliseconds / 2, longestTimer);
    this.#watchdog = setInterval(() => this.#notifier.notify(beat), interval).unref();
    this.#notifier.notify(beat);
  }
}
