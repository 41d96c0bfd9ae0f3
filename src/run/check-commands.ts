import { throwDeclarationFaults } from '../errors.js';
import type { ExporterSpec } from '../model/spec.js';

/**
 * Checks that the exporters of one binary can be told apart.
 *
 * @throws DeclarationError for commands of one name.
 */
export function checkCommands(specs: readonly ExporterSpec[]): void {
  if (specs.length === 0) {
    const mend = 'Give at least one class';
    throwDeclarationFaults([{ code: 'INVALID_DECLARATION', where: 'runExporter', what: 'the list of exporters is empty', mend }]);
  }
  const faults = specs.flatMap(({ className, command }, index) => {
    const other = specs.findIndex((candidate) => candidate.command === command);
    if (other === index) return [];
    const what = `the command ${command} belongs to ${specs[other]?.className ?? ''} too`;
    return [{ code: 'DUPLICATE_NAME' as const, where: className, what, mend: 'Give one of them a command of its own in @Exporter' }];
  });
  throwDeclarationFaults(faults);
}
