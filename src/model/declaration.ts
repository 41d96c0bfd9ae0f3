import type { StandardSchemaV1 } from '@standard-schema/spec';

/** What `@Exporter` takes. */
export interface ExporterDeclaration {
  /** Lower-case words joined by hyphens: `weather-exporter`. */
  readonly name: string;
  readonly description: string;
  /** Default: the version in the nearest package.json of the running program, else "unknown". */
  readonly version?: string;
  /** Default: 9090. */
  readonly defaultPort?: number;
  /** Default: /metrics. */
  readonly defaultMetricsPath?: string;
  /** What every variable begins with, without the underscore. Default: EXP. */
  readonly envPrefix?: string;
  /** What every metric name begins with, without the underscore. */
  readonly namespace?: string;
  /**
   * Allows any characters in metric and label names, which scrapers that cannot read them get escaped. Default: false,
   * letters, digits and underscores only.
   */
  readonly utf8Names?: boolean;
  /** The subcommand's name where several exporters share a binary. Default: `name`. */
  readonly command?: string;
  /** Changes to inherited options and metrics, by member name. */
  readonly override?: Readonly<Record<string, Partial<OptionDeclaration> | Partial<MetricDeclaration>>>;
}

export const optionTypes = ['string', 'integer', 'number', 'boolean', 'path', 'duration', 'yaml'] as const;

/** `path` is an existing file, `duration` is milliseconds written as `30s` or `1h30m`, `yaml` is a file that is read. */
export type OptionType = (typeof optionTypes)[number];

/** What `@Option` takes. */
export interface OptionDeclaration {
  readonly description: string;
  /** Without the two hyphens. Default: the member's name in kebab-case. */
  readonly name?: string;
  /** One letter or digit. */
  readonly short?: string;
  readonly type?: OptionType;
  readonly choices?: readonly (string | number)[];
  readonly required?: boolean;
  /** Never printed anywhere; `<VARIABLE>_FILE` may name a file that holds the value. */
  readonly secret?: boolean;
  /** A list: the option may be repeated. */
  readonly multiple?: boolean;
  /** What separates a list's values in its variable. Default: blanks. */
  readonly separator?: string;
  /** An argument without a name on the command line; positional arguments come in the order of their declaration. */
  readonly positional?: boolean;
  /** The variable's whole name, or false for none. Default: the prefix and the name in capitals. */
  readonly env?: string | false;
  /** Text → value. What it throws becomes the message. */
  readonly parse?: (text: string) => unknown;
  /** Checks and changes the value; must be synchronous. */
  readonly schema?: StandardSchemaV1;
}

export const metricTypes = ['counter', 'gauge', 'histogram', 'summary', 'info', 'enum', 'unknown'] as const;

export type MetricType = (typeof metricTypes)[number];

/** The conventions that metrics are held against, in the order in which findings are told. */
export const lintRules = [
  'abbreviated-unit',
  'base-unit',
  'camel-case',
  'colon',
  'generic-label',
  'label-in-name',
  'outcome-label',
  'ratio',
  'reserved-label',
  'reserved-name',
  'reserved-prefix',
  'reserved-suffix',
  'target-label',
  'time-since',
  'type-in-name',
] as const;

/** What `allow` may name. */
export type LintRule = (typeof lintRules)[number];

/** Label names, or an object with the known values of each label, null for any. */
export type LabelDeclaration = readonly string[] | Readonly<Record<string, readonly string[] | null>>;

/** What `@Metric` takes. */
export interface MetricDeclaration {
  readonly type: MetricType;
  readonly help: string;
  /**
   * Their names; or an object with the known values of each, null for any: `{ method: ['GET', 'POST'], code: null }`. Where the
   * values of all are known, counters, histograms and summaries start with all combinations at 0, at most 10,000.
   */
  readonly labels?: LabelDeclaration;
  /** Default: the member's name in snake_case. */
  readonly name?: string;
  /** A base unit, which the name then ends in: `seconds`, `bytes`. */
  readonly unit?: string;
  /** Histogram: upper bounds in ascending order, without `+Inf`. */
  readonly buckets?: readonly number[];
  /** Summary: numbers between 0 and 1. Default: those of prom-client. */
  readonly percentiles?: readonly number[];
  /** Summary: seconds after which observations are forgotten. Default: never. */
  readonly maxAgeSeconds?: number;
  /** Summary: into how many parts `maxAgeSeconds` is divided. Default: 5. */
  readonly ageBuckets?: number;
  /** Enum: the states, at least one. */
  readonly states?: readonly string[];
  /**
   * Counter, histogram, summary: whether each series tells when it began, in OpenMetrics and protobuf; one that mirrors
   * a foreign total does not know. Default: false.
   */
  readonly created?: boolean;
  /**
   * Counter, histogram: whether it mirrors what somebody else counts, by `setTotal` or `setBuckets` only; it then has no series
   * before the first of these. Default: false, what is called first decides.
   */
  readonly mirrored?: boolean;
  /**
   * What becomes of a series that was set in a call and that the next call did not set again, or that failed: it is gone
   * (`drop`, the default), or stays (`keep`) until it is removed. What is counted always stays.
   */
  readonly stale?: 'drop' | 'keep';
  /**
   * How many series the metric may have, 0 for any number; those beyond are dropped, and counted. A histogram or summary is one
   * for each set of labels. Default: what the operator says by `--max-series`.
   */
  readonly maxSeries?: number;
  /** The conventions that the metric breaks with intent: nothing is said of them. Default: none. */
  readonly allow?: readonly LintRule[];
}

/** What `createMetrics` takes for each metric. */
export interface NamedMetricDeclaration extends MetricDeclaration {
  readonly name: string;
}

export const errorPolicies = ['drop', 'keep', 'fail'] as const;

export type ErrorPolicy = (typeof errorPolicies)[number];

/** What `@OnScrape` and `addCollector` take. */
export interface CollectorDeclaration {
  /** Default: the member's name in snake_case. */
  readonly name?: string;
  /**
   * How long one call may take when no scrape asks for less, as milliseconds or as `30s`. Default: 60 s. Where it is
   * given, it is also how long a scrape waits that names no deadline of its own (else 10 s).
   */
  readonly timeout?: number | string;
  /** Whether it runs unless the operator says otherwise by `--collector.<name>`, for which it needs a name. Default: true. */
  readonly enabled?: boolean;
  /**
   * What becomes of its series when a call fails or is late: they are gone (`drop`, the default), stay as they were for
   * `maxAge` (`keep`), or the whole scrape fails (`fail`).
   */
  readonly onError?: ErrorPolicy;
  /**
   * How long the result of a successful call is used again, as milliseconds or as `5m`. Such a call ignores the deadlines
   * of scrapes; its `timeout` is this long unless given.
   */
  readonly cache?: number | string;
  /** Calls in the background this often, as milliseconds or as `30s`; its `timeout` is this long unless given. */
  readonly every?: number | string;
  /** Calls in the background at the times of a cron pattern: `0 * * * *`; its `timeout` ends at the next one unless given. */
  readonly cron?: string;
  /** The names of collectors that are done before this one begins. */
  readonly after?: readonly string[];
  /** With `onError: 'keep'`, how long after the last success: milliseconds or `5m`, the default. */
  readonly maxAge?: number | string;
}

/** The life cycle entries that are not update handlers. */
export const hookKinds = ['configure', 'startup', 'reload', 'shutdown'] as const;

export type HookKind = (typeof hookKinds)[number];

/** What a decorator wrote about one member of a class. */
export type MemberDeclaration =
  | { readonly kind: 'option'; readonly member: string; readonly declaration: OptionDeclaration; readonly designType?: unknown }
  | { readonly kind: 'metric'; readonly member: string; readonly declaration: MetricDeclaration }
  | { readonly kind: 'collector'; readonly member: string; readonly declaration: CollectorDeclaration }
  | { readonly kind: HookKind; readonly member: string };
