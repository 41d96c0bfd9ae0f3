import type { ConfigError } from '../errors.js';

/** The message as the operator reads it: `Invalid value for --port: …`. */
export function messageForOperator({ code, message }: ConfigError): string {
  return code === 'INVALID_VALUE' ? `Invalid value for ${message}` : message;
}
