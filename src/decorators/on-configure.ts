import type { Configure } from '../model/hook.js';
import type { HookRule } from './hook.js';
import { declareMember } from './metadata.js';
import type { Member, MemberKey } from './type-rule.js';

/**
 * Runs a method once the options are set, before the server exists: to read files, to create dynamic metrics and
 * collectors. It is awaited; a ConfigError thrown in it ends the program with exit code 2.
 *
 * @example
 * \@OnConfigure()
 * readTargets({ exporter }: Configure) { … }
 */
export function OnConfigure() {
  return <T, const K extends MemberKey>(target: T, key: K & HookRule<Member<T, K>, Configure, 'Configure'>, _descriptor?: unknown): void =>
    declareMember(target, key, (member) => ({ kind: 'configure', member }));
}
