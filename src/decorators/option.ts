import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { OptionDeclaration } from '../model/declaration.js';
import { declareMember } from './metadata.js';
import type { IsOpaque, KnownKeys, Member, MemberKey, Refused } from './type-rule.js';

/**
 * Makes a field an option of the command line, with a variable of its own. The field's initial value is the default.
 *
 * The type is the declared one, else that of the field's default. `type`, `choices`, `parse` or `schema` must be given
 * when the option is required, a list, one of several literals, or when its field may be undefined. A duration is held
 * in milliseconds and written as `30s` or `1h30m`. Lists need `multiple: true`; `schema` and `parse` take each element.
 * Mistakes are told when the class is read, by a DeclarationError.
 *
 * @example
 * \@Option({ description: 'city to ask for', short: 'c' })
 * city = 'Berlin';
 */
export function Option<const D extends OptionDeclaration>(declaration: D & KnownKeys<D, OptionDeclaration>) {
  return <T, const K extends MemberKey>(target: T, key: K & OptionRule<D, Member<T, K>>): void =>
    declareMember(target, key, (member) => ({ kind: 'option', member, declaration }));
}

interface ValueByType {
  readonly string: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly path: string;
  readonly duration: number;
  readonly yaml: unknown;
}

/** The type of one value that the option delivers; `never` where the field alone must tell it. */
type One<D> = D extends { readonly schema: infer S extends StandardSchemaV1 }
  ? StandardSchemaV1.InferOutput<S>
  : D extends { readonly parse: (text: string) => infer R }
    ? R
    : D extends { readonly choices: readonly (infer C)[] }
      ? C
      : D extends { readonly type: infer Type extends keyof ValueByType }
        ? ValueByType[Type]
        : never;

type Says<D> = 'schema' | 'parse' | 'choices' | 'type' extends infer Key ? (Key & keyof D extends never ? never : true) : never;

type OptionRule<D, V> =
  IsOpaque<V> extends true
    ? unknown
    : [Says<D>] extends [never]
      ? D extends { readonly required: true }
        ? Refused<'a required option needs type, choices, parse or schema'>
        : D extends { readonly multiple: true }
          ? Refused<'a list needs type, choices, parse or schema'>
          : IsPlain<V> extends true
            ? unknown
            : Refused<'a field that is not plainly string, number or boolean needs type, choices, parse or schema'>
      : D extends { readonly multiple: true }
        ? Fits<One<D>[], V>
        : Fits<One<D>, V>;

type Fits<Delivered, V> = [Delivered] extends [V] ? unknown : Refused<'the option delivers values that do not fit its field'>;

/** Whether a type is all of string, all of number or all of boolean. */
type IsPlain<V> = [V] extends [never]
  ? false
  : [V] extends [string]
    ? [string] extends [V]
      ? true
      : false
    : [V] extends [number]
      ? [number] extends [V]
        ? true
        : false
      : [V] extends [boolean]
        ? [boolean] extends [V]
          ? true
          : false
        : false;
