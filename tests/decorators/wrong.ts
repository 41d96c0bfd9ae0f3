import { DeclarationError } from '../../src/errors.js';
import { Exporter, Metric, Option } from '../../src/index.js';
import { buildExporter } from '../../src/run/build-exporter.js';

/* What the compiler refuses anyway must still be told when JavaScript, or a cast, brings it here. */
type Loose = (declaration: unknown) => (target: unknown, key: unknown) => void;
export const LooseExporter = Exporter as Loose;
export const LooseOption = Option as Loose;
export const LooseMetric = Metric as Loose;

export const described = { name: 'x-exporter', description: 'For tests.' } as const;

/** A class with all that is told of it. */
export type Wrong = readonly [rule: string, build: () => new () => object, message: string];

export function testWrong(rows: readonly Wrong[]): void {
  test.each(rows)('%s is told', (_rule, build, message) => {
    const exporterClass = build();
    expect(() => read(exporterClass)).toThrow(DeclarationError);
    expect(() => read(exporterClass)).toThrow(new Error(message));
  });
}

export function read(exporterClass: new () => object) {
  return buildExporter(exporterClass, () => new exporterClass()).spec;
}
