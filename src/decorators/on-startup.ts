import type { Startup } from '../model/hook.js';
import type { HookRule } from './hook.js';
import { declareMember } from './metadata.js';
import type { Member, MemberKey } from './type-rule.js';

/**
 * Runs a method before the server listens; middleware and routes that it adds to `app` come before the exporter's own. It
 * is awaited. Hooks of base classes run first.
 *
 * @example
 * \@OnStartup()
 * async connect({ app, log }: Startup) { … }
 */
export function OnStartup() {
  return <T, const K extends MemberKey>(target: T, key: K & HookRule<Member<T, K>, Startup, 'Startup'>, _descriptor?: unknown): void =>
    declareMember(target, key, (member) => ({ kind: 'startup', member }));
}
