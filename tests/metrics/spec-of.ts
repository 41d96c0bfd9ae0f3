import type { NamedMetricDeclaration } from '../../src/model/declaration.js';
import { Check } from '../../src/model/check.js';
import { createMetricSpec } from '../../src/model/metric-spec.js';
import type { MetricSpec } from '../../src/model/spec.js';
import { type Fault, throwDeclarationFaults } from '../../src/errors.js';

/** The spec of a metric, made as the exporter makes it. */
export function specOf(declaration: Omit<NamedMetricDeclaration, 'help'>, utf8Names = false): MetricSpec {
  const faults: Fault[] = [];
  const spec = createMetricSpec(
    { member: undefined, declaration: { help: 'Help.', ...declaration }, namespace: undefined, utf8Names },
    new Check(faults, 'test'),
  );
  throwDeclarationFaults(faults);
  return spec;
}

/** What a call threw, as code and message. */
export function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    const { name, code, message } = error as Error & { readonly code?: string };
    return `${name} ${code ?? ''} ${message}`;
  }
  return 'nothing';
}
