import type { Shutdown } from '../model/hook.js';
import type { HookRule } from './hook.js';
import { declareMember } from './metadata.js';
import type { Member, MemberKey } from './type-rule.js';

/**
 * Runs a method at the end, in the reverse order of startup; always once startup has begun, also when listening failed. It
 * is awaited.
 *
 * @example
 * \@OnShutdown()
 * async close({ log }: Shutdown) { … }
 */
export function OnShutdown() {
  return <T, const K extends MemberKey>(target: T, key: K & HookRule<Member<T, K>, Shutdown, 'Shutdown'>, _descriptor?: unknown): void =>
    declareMember(target, key, (member) => ({ kind: 'shutdown', member }));
}
