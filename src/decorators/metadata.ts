import 'reflect-metadata';
import type { ExporterDeclaration, MemberDeclaration } from '../model/declaration.js';
import type { MemberKey } from './type-rule.js';

// Plain texts, so that two copies of this package in one program understand each other's classes.
const membersKey = 'expositor:members';
const exporterKey = 'expositor:exporter';

/** What a decorator noted about a member, with the reason why it cannot be used, if there is one. */
export interface MemberNote {
  readonly declaration: MemberDeclaration;
  readonly unusable: string | undefined;
}

type Declare = (member: string) => MemberDeclaration;

/**
 * Notes a member's declaration: on the prototype in the legacy dialect, on each new instance in the standard one, where
 * decorators do not know their class and not every compiler hands out `context.metadata`.
 */
export function declareMember(target: unknown, key: MemberKey, declare: Declare): void {
  if (typeof key !== 'object') {
    note(target as object, {
      declaration: declare(String(key)),
      unusable: typeof target === 'function' ? 'is static' : typeof key === 'symbol' ? 'has a symbol for a name' : undefined,
    });
    return;
  }
  const entry = { declaration: declare(String(key.name)), unusable: unusableReason(key) };
  if (key.kind === 'field') return initializer(entry) as unknown as void;
  if (key.kind === 'accessor') return { init: initializer(entry) } as unknown as void;
  (key.addInitializer as (initialize: (this: object) => void) => void)(function () {
    note(this, entry);
  });
}

/** Notes what a class decorator says. */
export function declareExporter(exporter: object, declaration: Partial<ExporterDeclaration>): void {
  Reflect.defineMetadata(exporterKey, declaration, exporter);
}

/** Reads all notes about an instance's members, those of base classes first. */
export function readMemberNotes(instance: object): readonly MemberNote[] {
  const owners = [...ancestors(instance).flatMap((prototype) => [prototype.constructor, prototype]), instance];
  return owners.flatMap((owner) => notesOf(owner).map((entry) => ({ ...entry, declaration: withDesignType(owner, entry.declaration) })));
}

/** Reads what the class decorators of an instance's class and of its bases say; a subclass has the last word. */
export function readExporterDeclaration(instance: object): Partial<ExporterDeclaration> | undefined {
  const declarations = ancestors(instance)
    .map(({ constructor }) => Reflect.getOwnMetadata(exporterKey, constructor) as Partial<ExporterDeclaration> | undefined)
    .filter((declaration) => declaration !== undefined);
  if (declarations.length === 0) return undefined;
  const override = Object.assign({}, ...declarations.map((declaration) => declaration.override)) as ExporterDeclaration['override'];
  return Object.assign({}, ...declarations, { override }) as Partial<ExporterDeclaration>;
}

function initializer(entry: MemberNote) {
  return function (this: object, initial: unknown): unknown {
    note(this, entry);
    return initial;
  };
}

function note(owner: object, entry: MemberNote): void {
  Reflect.defineMetadata(membersKey, [...notesOf(owner), entry], owner);
}

function notesOf(owner: object): readonly MemberNote[] {
  return (Reflect.getOwnMetadata(membersKey, owner) as readonly MemberNote[] | undefined) ?? [];
}

function unusableReason(context: ClassMemberDecoratorContext): string | undefined {
  if (context.static) return 'is static';
  if (context.private) return 'is private to the language (#)';
  if (typeof context.name === 'symbol') return 'has a symbol for a name';
  return context.kind === 'getter' || context.kind === 'setter' ? `is a ${context.kind}` : undefined;
}

function withDesignType(owner: object, declaration: MemberDeclaration): MemberDeclaration {
  if (declaration.kind !== 'option') return declaration;
  return { ...declaration, designType: Reflect.getOwnMetadata('design:type', owner, declaration.member) as unknown };
}

/** The prototypes of an instance, the most basic first. */
function ancestors(instance: object): readonly object[] {
  const chain: object[] = [];
  for (let prototype = Object.getPrototypeOf(instance) as object | null; prototype && prototype !== Object.prototype;) {
    chain.unshift(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return chain;
}
