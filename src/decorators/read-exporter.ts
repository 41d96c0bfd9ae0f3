import { DeclarationError, type Fault } from '../errors.js';
import type { ExporterDeclaration, MemberDeclaration } from '../model/declaration.js';
import { createExporterSpec } from '../model/exporter-spec.js';
import type { ExporterSpec } from '../model/spec.js';
import { type MemberNote, readExporterDeclaration, readMemberNotes } from './metadata.js';

/**
 * Reads the spec of an exporter from an object of its class.
 *
 * @throws DeclarationError with all mistakes at once.
 */
export function readExporter(instance: object): ExporterSpec {
  const className = instance.constructor.name || 'the class';
  const declaration = readExporterDeclaration(instance);
  if (!declaration) {
    const mend = 'Put @Exporter({ name, description }) above the class';
    throw new DeclarationError([{ code: 'NOT_AN_EXPORTER', where: className, what: 'is no exporter', mend }]);
  }
  const notes = readMemberNotes(instance);
  const usable = notes.filter((note) => faultOf(note, instance, className) === undefined);
  const faults = [
    ...notes.flatMap((note) => faultOf(note, instance, className) ?? []),
    ...findTwofold(usable, className),
    ...findDoubles(usable, className),
  ];
  const members = latest(usable.map((note) => note.declaration));
  return createExporterSpec({ className, declaration: declaration as ExporterDeclaration, members, instance, faults });
}

/** Finds members that are declared both as an option and as a metric. */
function findTwofold(notes: readonly MemberNote[], className: string): readonly Fault[] {
  const membersOf = (kind: string): Set<string> =>
    new Set(notes.filter(({ declaration }) => declaration.kind === kind).map(({ declaration }) => declaration.member));
  const metrics = membersOf('metric');
  return [...membersOf('option')]
    .filter((member) => metrics.has(member))
    .map((member) => {
      const mend = 'Declare it once, as the one or the other';
      return { code: 'INVALID_MEMBER', where: `${className}.${member}`, what: 'is both an option and a metric', mend };
    });
}

/** Finds members that one class declares twice in the same way. */
function findDoubles(notes: readonly MemberNote[], className: string): readonly Fault[] {
  return notes
    .filter(({ owner, declaration: { kind, member } }, index) => {
      const isSame = (other: MemberNote): boolean =>
        other.owner === owner && other.declaration.kind === kind && other.declaration.member === member;
      return owner !== undefined && notes.findIndex(isSame) < index;
    })
    .map(({ declaration: { kind, member } }) => {
      const mend = 'Leave out one of the decorators';
      return { code: 'INVALID_MEMBER', where: `${className}.${member}`, what: `is declared twice as ${kind}`, mend };
    });
}

/** Keeps the last declaration of each member and kind, at the place of the first. */
function latest(members: readonly MemberDeclaration[]): readonly MemberDeclaration[] {
  return [...new Map(members.map((member) => [`${kindGroup(member)} ${member.member}`, member])).values()];
}

/** A member holds either an option or a metric, while a method may be several hooks. */
function kindGroup({ kind }: MemberDeclaration): string {
  return kind === 'option' || kind === 'metric' ? 'value' : kind;
}

function faultOf({ declaration, unusable }: MemberNote, instance: object, className: string): Fault | undefined {
  const isHook = kindGroup(declaration) !== 'value';
  const isFunction = typeof (instance as Readonly<Record<string, unknown>>)[declaration.member] === 'function';
  const what = unusable ?? (isHook === isFunction ? undefined : isHook ? 'is no method' : 'is a method');
  if (what === undefined) return undefined;
  const mend = `Decorate ${isHook ? 'a method' : 'a field'} of the instance`;
  return { code: 'INVALID_MEMBER', where: `${className}.${declaration.member}`, what, mend };
}
