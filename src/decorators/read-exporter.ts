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
  const faults = notes.flatMap((note) => faultOf(note, instance, className) ?? []);
  const members = latest(notes.filter((note) => faultOf(note, instance, className) === undefined).map((note) => note.declaration));
  return createExporterSpec({ className, declaration: declaration as ExporterDeclaration, members, instance, faults });
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
