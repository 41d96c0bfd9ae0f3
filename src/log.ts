import type { Writable } from 'node:stream';
import { inspect, types } from 'node:util';
import type { DestinationStream } from 'pino';
import { messageOf } from './errors.js';

interface LogMethod {
  (message: string): void;
  (fields: object, message: string): void;
}

/** What expositor asks of a logger; a pino logger fits it. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  /** Says whether lines of a level are written, in pino's words, so that none is made for nothing. Default: they are. */
  isLevelEnabled?(level: string): boolean;
}

/** From the most silent to the most talkative. */
export const logLevels = ['critical', 'error', 'warning', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export const logFormats = ['plain', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

const pinoLevels = { critical: 'fatal', error: 'error', warning: 'warn', info: 'info', debug: 'debug' } as const;
const ownLevels: Readonly<Record<string, string>> = { fatal: 'critical', warn: 'warning' };

type LogStream = Writable & { readonly isTTY?: boolean };

/** Creates a logger that writes one line an event, at once. Errors among the fields are shown as their message. */
export function createLogger(level: LogLevel, format: LogFormat, stream: LogStream): Logger {
  // Loaded here, since help and usage errors need no logger and should not wait for one.
  const { pino } = require('pino') as typeof import('pino');
  return pino(
    {
      level: pinoLevels[level],
      base: null,
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        log: toOwnFields,
        // pino-pretty wants numbers.
        ...(format === 'json' && { level: (label: string) => ({ level: ownLevels[label] ?? label }) }),
      },
      // Errors are texts by now, and other objects need no type and stack.
      serializers: { err: (value: unknown) => value, msg: toText },
    },
    format === 'json' ? stream : plainDestination(stream),
  );
}

/** A logger that says nothing. */
export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Logs what somebody else's code threw, as one line; its stack at debug level. */
export function logFailure(log: Logger, message: string, fields: object, error: unknown): void {
  log.error({ ...fields, error: messageOf(error) }, message);
  if (error instanceof Error) log.debug({ ...fields, stack: error.stack }, message);
}

/** Escapes control characters as JSON does, so that a text stays in its line and commands no terminal. */
export function escapeControls(text: string): string {
  return text.replaceAll(controls, (control) => {
    const short = shortEscapes[control];
    return short ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const shortEscapes: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const reservedFields: readonly string[] = ['level', 'time', 'msg'];

/** Fields that are called as ours get an underscore, lest a line has two of them. */
function toOwnFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      reservedFields.includes(name) ? `${name}_` : name,
      isError(value) ? messageOf(value) : value,
    ]),
  );
}

function toText(message: unknown): string {
  if (typeof message === 'string') return message;
  return isError(message) ? messageOf(message) : inspect(message, { breakLength: Infinity });
}

function isError(value: unknown): boolean {
  return value instanceof Error || types.isNativeError(value);
}

/** Written to directly, since a stream between would leave its listeners at the destination. */
function plainDestination(stream: LogStream): DestinationStream {
  const { prettyFactory } = require('pino-pretty') as typeof import('pino-pretty');
  const render = prettyFactory({
    colorize: stream.isTTY === true && !process.env['NO_COLOR'],
    translateTime: 'SYS:yyyy-mm-dd HH:MM:ss.l',
    singleLine: true,
    // The message brings the fields along: pino-pretty has its own ways with some of them, in lines of their own.
    include: 'level,time',
    hideObject: true,
    messageFormat: ({ level: _level, time: _time, msg, ...fields }: Record<string, unknown>, _key, _label, { colors }) => {
      const parts = [
        ...(msg === undefined ? [] : [escapeControls(msg as string)]),
        ...(Object.keys(fields).length === 0 ? [] : [colors.gray(escapeControls(JSON.stringify(fields)))]),
      ];
      return parts.join(' ');
    },
  });
  return { write: (line) => void stream.write(`${render(JSON.parse(line) as object)}\n`) };
}
