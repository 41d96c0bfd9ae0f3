import type { Logger } from '../../src/log.js';

type Level = 'debug' | 'info' | 'warn' | 'error';

export interface Line {
  readonly level: Level;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A logger that keeps its lines. */
export function recordingLog(): { readonly log: Logger; readonly lines: Line[] } {
  const lines: Line[] = [];
  const write =
    (level: Level) =>
    (first: object | string, message?: string): void =>
      void lines.push(typeof first === 'string' ? { level, message: first } : { ...first, level, message: message ?? '' });
  return { lines, log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } };
}
