import type { Check, Form } from './check.js';
import type { CollectorDeclaration } from './declaration.js';
import { parseDuration } from './duration.js';
import { nameOf } from './member-name.js';
import { namePatterns, quote, toSnakeCase } from './name.js';
import type { CollectorSpec } from './spec.js';

const shape: Readonly<Record<keyof CollectorDeclaration, Form>> = { name: 'text', timeout: 'duration' };

interface CollectorMember {
  /** The method; undefined for a collector added at run time. */
  readonly member: string | undefined;
  readonly declaration: CollectorDeclaration;
}

/** Makes the spec of a collector from what its author wrote, collecting what is wrong. */
export function createCollectorSpec({ member, declaration }: CollectorMember, check: Check): CollectorSpec {
  if (!check.object(declaration)) return createCollectorSpec({ member, declaration: {} }, check.silent());
  const sound = check.shape(declaration, shape);
  const name = nameOf({ member, declaration, sound, convert: toSnakeCase }, check);
  if (name !== undefined) check.name(name, 'collector name', namePatterns.collector);
  const { timeout } = sound;
  const timeoutMilliseconds = typeof timeout === 'string' ? parseDuration(timeout) : timeout;
  if (typeof timeout === 'string' && !timeoutMilliseconds) {
    check.fault('INVALID_DECLARATION', `timeout is ${quote(timeout)}`, 'Give milliseconds or a text such as 30s');
  }
  return { member, name: name ?? member ?? '', timeoutMilliseconds };
}
