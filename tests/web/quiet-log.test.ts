import { createQuietWarning } from '../../src/web/quiet-log.js';
import { recordingLog } from './recording-log.js';

test('a warning comes at once, then at most once a minute, with how often it happened', () => {
  const { log, lines } = recordingLog();
  let now = 0;
  const warn = createQuietWarning(log, 'refused', () => now);
  warn({ client: '::1' });
  for (now = 1_000; now < 60_000; now += 1_000) warn();
  expect(lines).toEqual([{ level: 'warn', message: 'refused', client: '::1', times: 1 }]);
  now = 60_000;
  warn();
  expect(lines[1]).toEqual({ level: 'warn', message: 'refused', times: 60 });
});
