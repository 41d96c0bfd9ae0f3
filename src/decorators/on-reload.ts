import type { Reload } from '../model/hook.js';
import type { HookRule } from './hook.js';
import { declareMember } from './metadata.js';
import type { Member, MemberKey } from './type-rule.js';

/**
 * Runs a method when the exporter is told to read its files again: at SIGHUP, at `POST /-/reload` where that is enabled, and
 * at `exporter.reload()`. It reads and checks; what it hands to `commit` puts the result in force, once everything was found
 * good. What it throws makes the reload fail, with one log line, and leaves all as it was. Hooks of base classes run first.
 *
 * @example
 * \@OnReload()
 * async readCity({ commit, signal }: Reload) {
 *   const warmth = await ask(signal);
 *   commit(() => this.temperatureCelsius.set({ station: 'Tegel' }, warmth));
 * }
 */
export function OnReload() {
  return <T, const K extends MemberKey>(target: T, key: K & HookRule<Member<T, K>, Reload, 'Reload'>, _descriptor?: unknown): void =>
    declareMember(target, key, (member) => ({ kind: 'reload', member }));
}
