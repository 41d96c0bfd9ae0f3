import { findSystemdNotification } from '../../src/config/systemd-notification.js';

const socket = '/run/systemd/notify';

test.each<[rule: string, env: Record<string, string>, found: ReturnType<typeof findSystemdNotification>]>([
  ['without a socket nothing is to be told', { WATCHDOG_USEC: '1000000' }, undefined],
  ['an empty socket is none', { NOTIFY_SOCKET: '' }, undefined],
  ['a socket alone has no watchdog', { NOTIFY_SOCKET: socket }, { socket, watchdogMilliseconds: undefined }],
  ['an abstract name is a socket', { NOTIFY_SOCKET: '@notify' }, { socket: '@notify', watchdogMilliseconds: undefined }],
  ['a watchdog without an owner is ours', { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1500000' }, { socket, watchdogMilliseconds: 1_500 }],
  [
    'a watchdog of this process is ours',
    { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '500', WATCHDOG_PID: '7' },
    { socket, watchdogMilliseconds: 0.5 },
  ],
  [
    'a watchdog of another process is not',
    { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1500000', WATCHDOG_PID: '8' },
    { socket, watchdogMilliseconds: undefined },
  ],
  ...['0', '-1', '1.5', '30s', ''].map(
    (text) =>
      [
        `a watchdog of ${JSON.stringify(text)} is none`,
        { NOTIFY_SOCKET: socket, WATCHDOG_USEC: text },
        { socket, watchdogMilliseconds: undefined },
      ] as [string, Record<string, string>, ReturnType<typeof findSystemdNotification>],
  ),
])('%s', (_rule, env, found) => {
  expect(findSystemdNotification({ env, pid: 7 })).toEqual(found);
});
