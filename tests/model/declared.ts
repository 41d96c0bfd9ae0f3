import type { Fault } from '../../src/errors.js';
import { Check } from '../../src/model/check.js';
import { createCollectorSpec } from '../../src/model/collector-spec.js';
import type { CollectorDeclaration, MetricDeclaration, OptionDeclaration } from '../../src/model/declaration.js';
import { createMetricSpec } from '../../src/model/metric-spec.js';
import { createOptionSpec } from '../../src/model/option-spec.js';

function faultsOf(create: (check: Check) => void): readonly string[] {
  const faults: Fault[] = [];
  create(new Check(faults, 'C.a'));
  return faults.map(({ code, what, mend }) => `${code} ${what}. ${mend}`);
}

/** What is told of declarations that JavaScript, or a cast, brings: each may be anything. */
export function metricFaults(declaration: unknown, member: string | null = 'a', utf8Names = false): readonly string[] {
  return faultsOf((check) =>
    createMetricSpec(
      { member: member ?? undefined, declaration: declaration as MetricDeclaration, namespace: undefined, utf8Names },
      check,
    ),
  );
}

export function optionFaults(declaration: unknown, initial: unknown = 'x', member = 'a'): readonly string[] {
  const option = { member, declaration: declaration as OptionDeclaration, initial, designType: undefined, envPrefix: 'EXP' };
  return faultsOf((check) => createOptionSpec(option, check));
}

export function collectorFaults(declaration: unknown, member: string | null = 'a'): readonly string[] {
  return faultsOf((check) => createCollectorSpec({ member: member ?? undefined, declaration: declaration as CollectorDeclaration }, check));
}
