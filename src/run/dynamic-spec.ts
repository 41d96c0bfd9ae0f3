import { type Fault, throwDeclarationFaults } from '../errors.js';
import { Check } from '../model/check.js';
import { checkCollectors, checkMetrics } from '../model/check-duplicates.js';
import { createCollectorSpec } from '../model/collector-spec.js';
import type { CollectorDeclaration, NamedMetricDeclaration } from '../model/declaration.js';
import { createMetricSpec } from '../model/metric-spec.js';
import type { CollectorSpec, ExporterSpec, MetricSpec } from '../model/spec.js';

/**
 * Makes the specs of metrics that are known only at run time.
 *
 * @throws DeclarationError with all mistakes at once.
 */
export function createDynamicMetricSpecs(
  declarations: readonly NamedMetricDeclaration[],
  exporter: ExporterSpec,
  existing: readonly MetricSpec[],
): readonly MetricSpec[] {
  return withCheck('createMetrics', (check) => {
    const { namespace, utf8Names } = exporter;
    const created = declarations.map((declaration) =>
      createMetricSpec({ member: undefined, declaration, namespace, utf8Names }, check.at(`createMetrics: ${String(declaration?.name)}`)),
    );
    checkMetrics(created, exporter, check, existing);
    return created;
  });
}

/**
 * Makes the spec of a collector that is known only at run time.
 *
 * @throws DeclarationError with all mistakes at once.
 */
export function createDynamicCollectorSpec(
  declaration: CollectorDeclaration & { readonly name: string },
  handler: unknown,
  existing: readonly CollectorSpec[],
): CollectorSpec {
  return withCheck(`addCollector: ${declaration.name}`, (check) => {
    const created = createCollectorSpec({ member: undefined, declaration }, check);
    checkCollectors([...existing, created], check);
    if (typeof handler !== 'function') check.fault('INVALID_DECLARATION', 'has no update handler', 'Give a function after the declaration');
    return created;
  });
}

function withCheck<R>(where: string, create: (check: Check) => R): R {
  const faults: Fault[] = [];
  const created = create(new Check(faults, where));
  throwDeclarationFaults(faults);
  return created;
}
