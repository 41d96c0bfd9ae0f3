import type { CollectorDeclaration } from '../model/declaration.js';
import type { Scrape } from '../model/hook.js';
import type { HookRule } from './hook.js';
import { declareMember } from './metadata.js';
import type { KnownKeys, Member, MemberKey } from './type-rule.js';

/**
 * Makes a method an update handler, run at each scrape before the response: a collector. Several may stand in one class;
 * scrapes that overlap share one run. What it sets is told when it has succeeded, and what it does not set again is gone.
 * One that throws, or is late, costs its own series and one log line; `onError` says otherwise. Where all fail, so does
 * the scrape, with status 500.
 *
 * @example
 * \@OnScrape()
 * async update({ signal }: Scrape) {
 *   this.temperatureCelsius.set({ station: 'Tegel' }, await ask(signal));
 * }
 */
export function OnScrape<const D extends CollectorDeclaration = Record<never, never>>(
  declaration?: D & KnownKeys<D, CollectorDeclaration>,
) {
  return <T, const K extends MemberKey>(target: T, key: K & HookRule<Member<T, K>, Scrape, 'Scrape'>, _descriptor?: unknown): void =>
    declareMember(target, key, (member) => ({ kind: 'collector', member, declaration: declaration ?? {} }));
}
