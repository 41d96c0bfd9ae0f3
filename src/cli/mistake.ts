import { ConfigError } from '../errors.js';
import { escapeControls } from '../log.js';
import { quote } from '../model/name.js';
import type { ExporterSpec } from '../model/spec.js';

/** The message as the operator reads it: `Invalid value for --port: …`. What commands a terminal is escaped; its lines stay. */
export function messageForOperator({ code, faults, message }: ConfigError): string {
  const text = message.split('\n').map(escapeControls).join('\n');
  return code === 'INVALID_VALUE' && faults.length === 1 ? `Invalid value for ${text}` : text;
}

/** The mistake of an argument that nothing takes. */
export function unexpectedArgument(text: string, spec: ExporterSpec | undefined, mend: string): ConfigError {
  // It may be a part of a secret value that lacks its quotes.
  const where = spec === undefined || spec.options.some(({ secret }) => secret) ? 'arguments' : quote(text);
  const what = where === 'arguments' ? 'one more than expected' : 'unexpected argument';
  return new ConfigError({ code: 'UNEXPECTED_ARGUMENT', where, what, mend });
}
