import { EventEmitter } from 'node:events';
import { createLogger, escapeControls, logFailure, logFormats, type Logger, silentLogger } from '../src/log.js';
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

/** Calls that the types forbid, since JavaScript makes them. */
type AnyLog = Record<keyof Logger, (...parameters: readonly unknown[]) => void>;

const circular: Record<string, unknown> = {};
circular['self'] = circular;

test.each<[what: string, parameters: readonly unknown[], plain: string, json: object]>([
  ['an error alone', [new Error('x')], 'x {"error":"x"}', { msg: 'x', error: 'x' }],
  ['an error and a message', [new Error('x'), 'it failed'], 'it failed {"error":"x"}', { msg: 'it failed', error: 'x' }],
  ['an error as err', [{ err: new Error('x') }, 'm'], 'm {"err":"x"}', { err: 'x' }],
  ['an error as error', [{ error: new Error('x'), a: 1 }, 'm'], 'm {"error":"x","a":1}', { error: 'x', a: 1 }],
  ['an error without a message', [{ error: new TypeError() }, 'm'], 'm {"error":"TypeError"}', { error: 'TypeError' }],
  ['an error under another name', [{ reason: new Error('a\nb') }, 'm'], 'm {"reason":"a\\nb"}', { reason: 'a\nb' }],
  ['an error that is the message', [{ a: 1 }, new Error('x')], 'x {"a":1}', { msg: 'x' }],
  ['an object like an error', [{ error: { message: 'x' } }, 'm'], 'm {"error":{"message":"x"}}', { error: { message: 'x' } }],
  ['a type and a stack', [{ type: 'Error', stack: 'a\n b' }, 'm'], 'm {"type":"Error","stack":"a\\n b"}', { type: 'Error' }],
  ['lines in the message', ['a\nb\r\n\u001b[31m'], String.raw`a\nb\r\n\u001b[31m`, { msg: 'a\nb\r\n\u001b[31m' }],
  ['lines in a name', [{ 'a\nb': 1 }, 'm'], 'm {"a\\nb":1}', { 'a\nb': 1 }],
  ['backslashes', [{ path: 'C:\\new' }, 'm'], String.raw`m {"path":"C:\\new"}`, { path: 'C:\\new' }],
  ['fields of pino', [{ name: 'a\nb', pid: 5, hostname: 'h' }, 'm'], 'm {"name":"a\\nb","pid":5,"hostname":"h"}', { name: 'a\nb', pid: 5 }],
  [
    'fields that are called as ours',
    [{ level: 'x', time: 'y', msg: 'z' }, 'm'],
    'm {"level_":"x","time_":"y","msg_":"z"}',
    { level: 'error', msg: 'm', level_: 'x', time_: 'y', msg_: 'z' },
  ],
  ['fields alone', [{ a: 1 }], '{"a":1}', { a: 1 }],
  ['nothing', [], '', {}],
  ['a symbol', [Symbol('x')], 'Symbol(x)', { msg: 'Symbol(x)' }],
  ['a number', [5], '5', { msg: '5' }],
  ['a circle', [circular, 'm'], 'm {"self":{"self":"[Circular]"}}', { msg: 'm' }],
  ['no text in the fields', [{ a: undefined, b: () => {}, c: 1n }, 'm'], 'm {"c":1}', { c: 1 }],
])('%s: one line in both formats', (_what, parameters, plain, json) => {
  const [plainSink, jsonSink] = logFormats.map((format) => {
    const sink = new Sink();
    (createLogger('info', format, sink) as unknown as AnyLog).error(...parameters);
    return sink;
  }) as [Sink, Sink];
  expect(plainSink.text.replace(/^\[[-\d]{10} [:\d]{8}\.\d{3}\] ERROR: /, '')).toBe(`${plain}\n`);
  expect(jsonSink.text.trim().split('\n')).toHaveLength(1);
  const event = JSON.parse(jsonSink.text) as object;
  expect(event).toMatchObject({ level: 'error', time: expect.stringMatching(/^\d{4}-.*Z$/), ...json });
  // No name twice.
  expect(Object.keys(event).filter((name) => jsonSink.text.split(`"${name}":`).length > 2 && name !== 'self')).toEqual([]);
});

test.each(logFormats)('a logger in the format %s adds no listener to its stream', (format) => {
  const sink = new Sink();
  const count = (): number => sink.eventNames().reduce((sum, name) => sum + EventEmitter.listenerCount(sink, name), 0);
  const before = count();
  for (let index = 0; index < 20; index += 1) createLogger('info', format, sink).info('hello');
  expect(count()).toBe(before);
  expect(sink.lines).toHaveLength(20);
});

describe('colours', () => {
  const saved = process.env['NO_COLOR'];
  beforeEach(() => delete process.env['NO_COLOR']);
  afterEach(() => {
    if (saved === undefined) delete process.env['NO_COLOR'];
    else process.env['NO_COLOR'] = saved;
  });

  const write = (isTTY: boolean): string => {
    const sink = Object.assign(new Sink(), { isTTY });
    createLogger('info', 'plain', sink).info({ a: 1 }, 'hello');
    return sink.text;
  };

  test('are for terminals', () => {
    expect(write(true)).toContain('\u001b[32mINFO\u001b[39m');
    expect(write(true)).toContain('\u001b[90m{"a":1}');
    expect(write(false)).not.toContain('\u001b');
  });

  test('are not for those who want none', () => {
    process.env['NO_COLOR'] = '1';
    expect(write(true)).not.toContain('\u001b');
  });
});

test.each([
  ['a\nb', String.raw`a\nb`],
  ['\u0000\b\t\u007f\u0085\u2028', String.raw`\u0000\b\t\u007f\u0085\u2028`],
  ['ä € \u{1F600}', 'ä € \u{1F600}'],
])('control characters in %j are escaped', (text, escaped) => {
  expect(escapeControls(text)).toBe(escaped);
});
