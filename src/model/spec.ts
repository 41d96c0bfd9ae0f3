import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ErrorPolicy, HookKind, LintRule, MetricType, OptionType } from './declaration.js';
import type { Rhythm } from './rhythm.js';

/** An exporter, complete, checked and frozen. */
export interface ExporterSpec {
  readonly className: string;
  readonly name: string;
  readonly description: string;
  /** Undefined where the running program's package.json is to be asked. */
  readonly version: string | undefined;
  readonly defaultPort: number;
  readonly defaultMetricsPath: string;
  readonly envPrefix: string;
  readonly namespace: string | undefined;
  readonly command: string;
  /** Whether metric and label names may have any characters. */
  readonly utf8Names: boolean;
  /** The author's own options, base classes first. */
  readonly options: readonly OptionSpec[];
  readonly metrics: readonly MetricSpec[];
  readonly collectors: readonly CollectorSpec[];
  /** Member names in the order of startup: base classes first. Shutdown hooks run from the last to the first. */
  readonly hooks: Readonly<Record<HookKind, readonly string[]>>;
}

/** An option of the command line with its variable; the builtin ones have the same form. */
export interface OptionSpec {
  /** The field that takes the value: `maxAge`. */
  readonly member: string;
  /** Without hyphens in front: `max-age`. */
  readonly name: string;
  readonly short: string | undefined;
  /** Other spellings, without hyphens in front: `web.config.file`. */
  readonly aliases: readonly string[];
  readonly description: string;
  readonly type: OptionType;
  readonly choices: readonly (string | number)[] | undefined;
  readonly required: boolean;
  readonly secret: boolean;
  readonly multiple: boolean;
  /** Undefined: any blanks. */
  readonly separator: string | undefined;
  readonly positional: boolean;
  /** The variable's whole name. */
  readonly env: string | undefined;
  /** Already a value, as the field held it. */
  readonly default: unknown;
  /** Inclusive bounds of an integer or number. */
  readonly range: readonly [lowest: number, highest: number] | undefined;
  /** Choices are compared without regard to case. */
  readonly ignoreCase: boolean;
  readonly parse: ((text: string) => unknown) | undefined;
  readonly schema: StandardSchemaV1 | undefined;
}

export interface MetricSpec {
  /** The field that takes the metric; undefined for one created at run time. */
  readonly member: string | undefined;
  /** As declared: the key in maps of metrics. */
  readonly name: string;
  /** As scraped in text format: with namespace, unit, and `_total` or `_info`. */
  readonly exportedName: string;
  readonly type: MetricType;
  readonly help: string;
  readonly unit: string | undefined;
  readonly labels: readonly string[];
  /** The known values of each label in `labels`, undefined for any; undefined where those of no label are known. */
  readonly labelValues: readonly (readonly string[] | undefined)[] | undefined;
  readonly buckets: readonly number[] | undefined;
  readonly percentiles: readonly number[] | undefined;
  readonly maxAgeSeconds: number | undefined;
  readonly ageBuckets: number | undefined;
  readonly states: readonly string[] | undefined;
  /** Whether each series tells when it began. */
  readonly created: boolean;
  /** Whether somebody else counts it, and how much is not known before it is told. */
  readonly mirrored: boolean;
  /** What becomes of a series that the last call did not set again. */
  readonly stale: 'drop' | 'keep';
  /** How many series there may be, 0 for any number; undefined where the operator has the say. */
  readonly maxSeries: number | undefined;
  /** The conventions that it breaks with intent. */
  readonly allow: readonly LintRule[];
}

/** One update handler with its name and deadline. */
export interface CollectorSpec {
  /** The method; undefined for one added at run time. */
  readonly member: string | undefined;
  readonly name: string;
  /** Whether the operator can turn it on and off, since its author gave it a name. */
  readonly isNamed: boolean;
  /** Whether it runs unless the operator says otherwise. */
  readonly enabled: boolean;
  /** Undefined where the author gave none. */
  readonly timeoutMilliseconds: number | undefined;
  readonly rhythm: Rhythm;
  /** The collectors that are done before this one begins. */
  readonly after: readonly string[];
  /** What becomes of its series when a call fails or is late. */
  readonly onError: ErrorPolicy;
  /** How long its last good values are kept, where they are. */
  readonly maxAgeMilliseconds: number;
}
