import type { IsOpaque, Refused } from './type-rule.js';

/** Demands a method that can be called with the hook's one object. */
export type HookRule<V, Context, Name extends string> =
  IsOpaque<V> extends true
    ? unknown
    : V extends (context: Context) => unknown
      ? unknown
      : Refused<`a hook is a method that takes one ${Name}`>;
