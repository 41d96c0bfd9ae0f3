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
  /** The same for all declarations of one member in one class, where the compiler lets us know it. */
  readonly owner: unknown;
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
      unusable: unusableLegacy(target as object, key),
      owner: target,
    });
    return;
  }
  const entry = { declaration: declare(String(key.name)), unusable: unusableReason(key), owner: target ?? key.metadata };
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
  return declarations.reduce(inherit);
}

/** What a subclass says, on top of what its bases say; overrides of one member add up, and a new name is a new command. */
function inherit(base: Partial<ExporterDeclaration>, own: Partial<ExporterDeclaration>): Partial<ExporterDeclaration> {
  const { command, ...rest } = base;
  const kept = own.name === undefined && command !== undefined ? { command } : {};
  const merged = base.override && own.override ? { override: mergeByMember(base.override, own.override) } : {};
  return { ...rest, ...kept, ...own, ...merged };
}

type Override = NonNullable<ExporterDeclaration['override']>;

function mergeByMember(base: Override, own: Override): Override {
  const members = new Set([...Object.keys(base), ...Object.keys(own)]);
  return Object.fromEntries([...members].map((member) => [member, { ...base[member], ...own[member] }]));
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

function unusableLegacy(target: object, key: string | symbol): string | undefined {
  if (typeof target === 'function') return 'is static';
  if (typeof key === 'symbol') return 'has a symbol for a name';
  const property = Object.getOwnPropertyDescriptor(target, key) ?? {};
  const halves = (['get', 'set'] as const).filter((half) => property[half] !== undefined);
  // Both together are what an accessor compiles to.
  return halves.length === 1 ? `is a ${halves[0]}ter` : undefined;
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
