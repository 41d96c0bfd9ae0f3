import { types } from 'node:util';
import { messageOf } from '../errors.js';

/** Gives an error the `Server` header, since Koa answers an error with no headers but those that it carries. */
export function nameServer(thrown: unknown, server: string): Error {
  const error: Error & { headers?: unknown } = isWritableError(thrown) ? thrown : new Error(messageOf(thrown), { cause: thrown });
  error.headers = { ...(typeof error.headers === 'object' ? error.headers : {}), Server: server };
  return error;
}

/** Koa writes to the errors that it answers, and would end the process over one that is frozen. */
function isWritableError(thrown: unknown): thrown is Error {
  return (thrown instanceof Error || types.isNativeError(thrown)) && Object.isExtensible(thrown);
}
