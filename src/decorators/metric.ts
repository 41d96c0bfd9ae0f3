import type { MetricDeclaration } from '../model/declaration.js';
import type { Kind, kind, LabelValue } from '../model/metric.js';
import type { DeclaredLabels, DeclaredStates, DeclaredValues } from '../model/metric-by-declaration.js';
import { declareMember } from './metadata.js';
import type { IsOpaque, KnownKeys, Member, MemberKey, Refused } from './type-rule.js';

/**
 * Makes a field a metric, filled once the object is built: it can be used from `@OnConfigure` on.
 *
 * The exported name is the namespace, the name (by default the member's in snake_case), the unit, and `_total` for
 * counters or `_info` for infos; only what is missing is added. The field's type must name the same metric class, labels
 * and states. Mistakes are told when the class is read, by a DeclarationError.
 *
 * @example
 * \@Metric({ type: 'gauge', help: 'Air temperature, by station.', labels: ['station'] })
 * temperatureCelsius!: Gauge<'station'>; // exported as temperature_celsius
 */
export function Metric<const D extends MetricDeclaration>(declaration: D & KnownKeys<D, MetricDeclaration> & OwnKeys<D> & OneSource<D>) {
  return <T, const K extends MemberKey>(target: T, key: K & MetricRule<D, Member<T, K>>): void =>
    declareMember(target, key, (member) => ({ kind: 'metric', member, declaration }));
}

/** Which keys only some metric types have. */
interface KeyOwner {
  readonly buckets: 'histogram';
  readonly percentiles: 'summary';
  readonly maxAgeSeconds: 'summary';
  readonly ageBuckets: 'summary';
  readonly states: 'enum';
  readonly created: 'counter' | 'histogram' | 'summary';
  readonly mirrored: 'counter' | 'histogram';
}

type OwnKeys<D extends MetricDeclaration> = {
  readonly [K in keyof D & keyof KeyOwner as D['type'] extends KeyOwner[K] ? never : K]: Refused<`type '${D['type']}' has no ${K}`>;
};

/** When a total began is for its source to know. */
type OneSource<D> = D extends { readonly mirrored: true; readonly created: true }
  ? { readonly created: Refused<'what is mirrored does not tell when it was created'> }
  : unknown;

type MetricRule<D extends MetricDeclaration, V> =
  IsOpaque<V> extends true
    ? unknown
    : V extends { readonly [kind]?: infer K }
      ? Exclude<K, undefined> extends Kind<infer Type, infer Labels, infer States, infer Values>
        ? Type extends D['type']
          ? Same<'label', DeclaredLabels<D>, Labels> & Same<'state', DeclaredStates<D>, States> & SameValues<DeclaredValues<D>, Values>
          : Refused<`the field's metric class is not that of type '${D['type']}'`>
        : Refused<'the field is no metric: use Gauge, Counter, Histogram, Summary, Info, Enum or Unknown'>
      : Refused<'the field is no metric: use Gauge, Counter, Histogram, Summary, Info, Enum or Unknown'>;

/** Compares the names that the declaration lists with those of the field's type. */
type Same<What extends string, Declared, InField> = [Exclude<Declared, InField>] extends [never]
  ? [Exclude<InField, Declared>] extends [never]
    ? unknown
    : Refused<`${What} '${Exclude<InField, Declared> & string}' of the field's type is not declared`>
  : Refused<`${What} '${Exclude<Declared, InField> & string}' is missing in the field's type`>;

/** Compares the known values that the declaration lists with those of the field's type, label by label. */
type SameValues<Declared, InField> =
  ValueFault<Declared, InField> extends infer Fault extends string ? ([Fault] extends [never] ? unknown : Refused<Fault>) : never;

type ValueFault<Declared, InField> = {
  [L in keyof Declared & keyof InField & string]: IsOpen<Declared[L]> extends true
    ? never
    : IsOpen<InField[L]> extends true
      ? never
      : OneValueFault<L, TextOf<Declared[L]>, TextOf<InField[L]>>;
}[keyof Declared & keyof InField & string];

/** A field that takes any text or number is wider than known values, which are then checked at run time only. */
type IsOpen<Value> = string extends Value ? true : number extends Value ? true : false;

type TextOf<Value> = Value extends LabelValue ? `${Value}` : never;

type OneValueFault<L extends string, Declared extends string, InField extends string> =
  | (Exclude<Declared, InField> extends infer V extends string ? `value '${V}' of label '${L}' is missing in the field's type` : never)
  | (Exclude<InField, Declared> extends infer V extends string
      ? `value '${V}' of label '${L}' of the field's type is not declared`
      : never);
