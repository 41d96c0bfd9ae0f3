import type { Writable } from 'node:stream';
import type { PrettyOptions } from 'pino-pretty';
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
}

/** From the most silent to the most talkative. */
export const logLevels = ['critical', 'error', 'warning', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

export const logFormats = ['plain', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

const pinoLevels = { critical: 'fatal', error: 'error', warning: 'warn', info: 'info', debug: 'debug' } as const;
const ownLevels: Readonly<Record<string, string>> = { fatal: 'critical', warn: 'warning' };

/** Creates a logger that writes one line an event, at once. */
export function createLogger(level: LogLevel, format: LogFormat, stream: Writable & { readonly isTTY?: boolean }): Logger {
  // Loaded here, since help and usage errors need no logger and should not wait for one.
  const { pino } = require('pino') as typeof import('pino');
  const destination = format === 'json' ? stream : prettyStream(stream);
  return pino(
    {
      level: pinoLevels[level],
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // pino-pretty wants numbers.
      ...(format === 'json' && { formatters: { level: (label: string) => ({ level: ownLevels[label] ?? label }) } }),
    },
    destination,
  );
}

/** A logger that says nothing. */
export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Logs what somebody else's code threw, as one line; its stack at debug level. */
export function logFailure(log: Logger, message: string, fields: object, error: unknown): void {
  log.error({ ...fields, error: messageOf(error) }, message);
  if (error instanceof Error) log.debug({ ...fields, stack: error.stack }, message);
}

function prettyStream(destination: Writable & { readonly isTTY?: boolean }): NodeJS.WritableStream {
  const { PinoPretty } = require('pino-pretty') as typeof import('pino-pretty');
  const options: PrettyOptions = {
    destination,
    sync: true,
    singleLine: true,
    // Else a field called error takes lines of its own.
    errorLikeObjectKeys: [],
    colorize: destination.isTTY === true && !process.env['NO_COLOR'],
    translateTime: 'SYS:yyyy-mm-dd HH:MM:ss.l',
  };
  return PinoPretty(options);
}
