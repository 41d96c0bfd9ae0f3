import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until as waitUntil } from './until.js';

const children: ChildProcess[] = [];

/** Listens where NOTIFY_SOCKET says, as systemd does: at a path, or at an abstract name that begins with `@`. */
export async function listenNotifications(socket: string) {
  const child = spawn('/usr/bin/python3', [join(__dirname, 'fixtures/listen-notifications.py'), socket], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const notifications: (readonly string[])[] = [];
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  lines.on('line', (line) => notifications.push(JSON.parse(line) as string[]));
  const count = (assignment: string): number => notifications.filter((one) => one.includes(assignment)).length;
  return {
    socket,
    /** All so far, each a list of assignments. */
    notifications,
    /** The first assignment of each but the beats of the watchdog. */
    states: () => notifications.map(([first]) => first).filter((first) => first !== 'WATCHDOG=1'),
    /** How often something was said. */
    count,
    /** Waits until something was said so often. */
    async until(assignment: string, times = 1): Promise<void> {
      await waitUntil(
        () => count(assignment) >= times,
        () => `hears no ${assignment}: ${JSON.stringify(notifications)}`,
      );
    },
  };
}

/** Ends all who listen. */
export function killListeners(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}
