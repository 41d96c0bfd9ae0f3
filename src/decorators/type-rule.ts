/** What both decorator dialects give as second argument: a name (legacy) or a context (standard). */
export type MemberKey = string | symbol | ClassMemberDecoratorContext;

/** No value fits it, so that the compiler prints the message. */
export interface Refused<Message extends string> {
  readonly __refused: Message;
}

declare const unseen: unique symbol;

/** Stands for the type of a private or protected member, which legacy decorators cannot see. */
export type Unseen = typeof unseen;

/** The type of the decorated member. */
export type Member<T, Key> =
  Key extends ClassFieldDecoratorContext<never, infer V>
    ? V
    : Key extends ClassAccessorDecoratorContext<never, infer V>
      ? V
      : Key extends ClassMethodDecoratorContext<never, infer V>
        ? V
        : Key extends keyof T
          ? T[Key]
          : Unseen;

/** Whether a rule can say nothing: the member cannot be seen, or is `any`. */
export type IsOpaque<V> = 0 extends 1 & V ? true : [V] extends [Unseen] ? true : false;

/** Refuses the keys that a declaration does not know, which a type parameter alone would let pass. */
export type KnownKeys<D, Known> = { readonly [K in Exclude<keyof D, keyof Known>]: Refused<`unknown key '${K & string}'`> };
