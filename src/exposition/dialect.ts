import type { MetricFamily } from '../model/metric-family.js';
import { sampleNames } from '../model/sample-name.js';
import { Page } from './page.js';
import { writeSamples } from './sample.js';

/** What stands above the samples of a family. */
export interface Head {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string | undefined;
}

/** How a text format names and heads families, and which ones it cannot hold. Samples look the same in all of them. */
export interface Dialect {
  readonly types: Readonly<Record<MetricFamily['type'], string>>;
  /** The name that the head tells. */
  name(family: MetricFamily): string;
  /** Names that no other family may use, beside those of the samples. */
  reservedNames(family: MetricFamily): readonly string[];
  /** Whether its values fit its type. */
  canHold(family: MetricFamily): boolean;
  renderHead(head: Head): string;
}

/**
 * Writes families so that no name stands for two things.
 *
 * Metrics of other packages may clash with ours, and values may break the rules of their type. A family whose samples
 * have a name that an earlier one uses is left out. One that clashes otherwise, or breaks a rule, keeps all its
 * series and loses only its type: it is shown as families of unknown type, one for each name that its samples have.
 */
export function writeFamilies(families: readonly MetricFamily[], dialect: Dialect): Page {
  const page = new Page();
  const used = new Set<string>();
  for (const family of withoutTwins(families, used)) {
    const own = sampleNames(family);
    const reserved = [dialect.name(family), ...dialect.reservedNames(family)].filter((name) => !own.includes(name));
    if (dialect.canHold(family) && !reserved.some((name) => used.has(name))) {
      for (const name of reserved) used.add(name);
      page.add(dialect.renderHead({ ...family, name: dialect.name(family), type: dialect.types[family.type] }));
      writeSamples(family, page);
    } else writeUntyped(family, dialect, page);
  }
  return page;
}

function withoutTwins(families: readonly MetricFamily[], used: Set<string>): readonly MetricFamily[] {
  return families.filter((family) => {
    const names = sampleNames(family);
    const isTwin = names.some((name) => used.has(name));
    if (!isTwin) for (const name of names) used.add(name);
    return !isTwin;
  });
}

function writeUntyped(family: MetricFamily, dialect: Dialect, page: Page): void {
  for (const name of sampleNames(family)) {
    page.add(dialect.renderHead({ name, type: dialect.types.unknown, help: family.help, unit: undefined }));
    writeSamples(family, page, name);
  }
}
