import { readExporter } from '../decorators/read-exporter.js';
import { DeclarationError, messageOf } from '../errors.js';
import type { ExporterSpec } from '../model/spec.js';

/** An object of an exporter class with what its declarations say. */
export interface BuiltExporter<T extends object = object> {
  readonly instance: T;
  readonly spec: ExporterSpec;
}

/** A class whose constructor takes no arguments. */
export type ExporterClass<T extends object = object> = new () => T;

/** Builds an object of the class and reads its spec. */
export function buildExporter<T extends object>(exporterClass: { readonly name: string }, create: () => T): BuiltExporter<T> {
  const instance = construct(exporterClass.name, create);
  if (!isFillable(instance)) {
    const mend = 'Return an object of the class whose fields can be set';
    throw new DeclarationError([{ code: 'CONSTRUCTOR_FAILED', where: exporterClass.name, what: 'has no fields that can be filled', mend }]);
  }
  return { instance, spec: readExporter(instance) };
}

/** Options and metrics are put into the fields of what an author's function may have made. */
function isFillable(instance: unknown): boolean {
  return typeof instance === 'object' && instance !== null && Object.isExtensible(instance);
}

function construct<T>(where: string, create: () => T): T {
  try {
    return create();
  } catch (error) {
    const mend = 'Give it a constructor without arguments and side effects, or use createExporter with create';
    throw new DeclarationError([{ code: 'CONSTRUCTOR_FAILED', where, what: `cannot be built (${messageOf(error)})`, mend }]);
  }
}
