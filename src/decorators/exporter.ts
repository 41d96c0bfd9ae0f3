import type { ExporterDeclaration } from '../model/declaration.js';
import { declareExporter } from './metadata.js';
import type { KnownKeys, Refused } from './type-rule.js';

/** A subclass with `override` may say only what differs from its base. */
type Complete<D> = D extends { readonly override: object } ? unknown : Pick<ExporterDeclaration, 'name' | 'description'>;

type ExporterClass = abstract new (...parameters: never[]) => object;

/**
 * Makes a class an exporter. Its constructor takes no arguments and has no side effects, since the class is built once
 * to read the defaults of its options. A subclass inherits the options, metrics and hooks of its decorated bases, and may
 * change them by `override`. Mistakes are told when the class is read, all at once, by a DeclarationError.
 *
 * @example
 * \@Exporter({ name: 'weather-exporter', description: 'Weather of a city.', defaultPort: 9400, envPrefix: 'WEATHER' })
 * class WeatherExporter {}
 */
export function Exporter<const D extends Partial<ExporterDeclaration>>(declaration: D & Complete<D> & KnownKeys<D, ExporterDeclaration>) {
  return <C extends ExporterClass>(target: C & OverrideRule<D, InstanceType<C>>, _context?: ClassDecoratorContext): void =>
    declareExporter(target, declaration);
}

type OverrideRule<D, Instance> = D extends { readonly override: infer O }
  ? [Exclude<keyof O, keyof Instance>] extends [never]
    ? unknown
    : Refused<`override names '${Exclude<keyof O, keyof Instance> & string}', which is no public member`>
  : unknown;
