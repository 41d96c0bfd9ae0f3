import type { ConfigError } from '../errors.js';
import { escapeControls } from '../log.js';

/** The message as the operator reads it: `Invalid value for --port: …`. What commands a terminal is escaped; its lines stay. */
export function messageForOperator({ code, faults, message }: ConfigError): string {
  const text = message.split('\n').map(escapeControls).join('\n');
  return code === 'INVALID_VALUE' && faults.length === 1 ? `Invalid value for ${text}` : text;
}
