import { findSystemdNotification, notificationVariables } from '../config/systemd-notification.js';
import type { ExporterRuntime } from './exporter-runtime.js';
import { SystemdNotices } from './systemd-notices.js';
import { SystemdNotifier } from './systemd-notifier.js';

/**
 * Tells systemd about an exporter where the environment has NOTIFY_SOCKET, and takes the variables out of what child
 * processes inherit, lest they speak for the program.
 */
export function notifySystemd(exporter: ExporterRuntime, env: Readonly<Record<string, string | undefined>>): SystemdNotices | undefined {
  const notification = findSystemdNotification({ env, pid: process.pid });
  if (notification === undefined) return undefined;
  for (const name of notificationVariables) delete process.env[name];
  const notifier = new SystemdNotifier({ socket: notification.socket, path: env['PATH'], log: exporter.log });
  const notices = new SystemdNotices(notifier, notification);
  exporter.observeReloads({ began: () => notices.reloading(), ended: (isGood) => notices.reloaded(isGood) });
  exporter.onStop(async () => {
    notices.stopping();
    return true;
  });
  return notices;
}
