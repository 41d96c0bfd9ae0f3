import { createLogger, logFailure, type Logger, silentLogger } from '../src/log.js';
import { Sink } from './run-program.js';

test('JSON logs are one object a line, with the level in words and the time', () => {
  const sink = new Sink();
  const log = createLogger('warning', 'json', sink);
  log.info('not written');
  log.warn({ url: 'http://x/' }, 'written');
  log.error('also');
  const [first, second] = sink.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(first).toEqual({ level: 'warning', time: expect.stringMatching(/^\d{4}-.*Z$/), url: 'http://x/', msg: 'written' });
  expect(second).toMatchObject({ level: 'error', msg: 'also' });
});

test('plain logs are one line an event, without colours off a terminal', () => {
  const sink = new Sink();
  createLogger('info', 'plain', sink).info({ a: 1, error: 'why', stack: 'x\n    at y' }, 'hello');
  expect(sink.text).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\] INFO: hello \{"a":1,"error":"why","stack":"x\\n    at y"\}\n$/);
});

test.each(['critical', 'error', 'warning', 'info', 'debug'] as const)('the level %s lets through what is at least as grave', (level) => {
  const sink = new Sink();
  const log = createLogger(level, 'json', sink);
  for (const method of ['error', 'warn', 'info', 'debug'] as const) log[method](method);
  const levels = ['error', 'warn', 'info', 'debug'];
  const count = { critical: 0, error: 1, warning: 2, info: 3, debug: 4 }[level];
  expect(sink.lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(levels.slice(0, count));
});

test('a failure is one line at error level and its stack at debug level', () => {
  const lines: unknown[] = [];
  const log: Logger = {
    ...silentLogger,
    error: (...line: unknown[]) => void lines.push(line),
    debug: (...line: unknown[]) => void lines.push(line),
  };
  logFailure(log, 'it failed', { hook: 'x' }, new Error('why'));
  logFailure(log, 'it failed', { hook: 'x' }, 'no error');
  expect(lines).toEqual([
    [{ hook: 'x', error: 'why' }, 'it failed'],
    [{ hook: 'x', stack: expect.stringContaining('Error: why\n') }, 'it failed'],
    [{ hook: 'x', error: 'no error' }, 'it failed'],
  ]);
});

test('the silent logger takes everything', () => {
  for (const method of Object.values(silentLogger)) expect(method('x')).toBeUndefined();
});

test.each([
  ['error', 'ERROR'],
  ['warn', 'WARN'],
  ['info', 'INFO'],
  ['debug', 'DEBUG'],
] as const)('plain logs of %s say %s', (method, word) => {
  const sink = new Sink();
  createLogger('debug', 'plain', sink)[method]('hello');
  expect(sink.text).toMatch(new RegExp(`\\] ${word}: hello\\n$`));
});
