import type Koa from 'koa';
import type { Registry } from 'prom-client';
import type { Logger } from '../log.js';
import type { CollectorDeclaration, NamedMetricDeclaration } from './declaration.js';
import type { AnyMetric } from './metric.js';
import type { DeclaredMetrics } from './metric-by-declaration.js';
import type { ExporterSpec } from './spec.js';

/** What `@OnConfigure` hooks take. */
export interface Configure {
  readonly exporter: LiveExporter;
  readonly log: Logger;
}

/** What `@OnStartup` hooks take. */
export interface Startup extends Configure {
  /** Middleware and routes added here come before the exporter's own. */
  readonly app: Koa;
}

/** What `@OnReload` hooks take. */
export interface Reload extends Configure {
  /** Aborts when the exporter stops. */
  readonly signal: AbortSignal;
  /**
   * Has a function run once all that is reloaded was found good; where anything was not, it never runs. It puts into force
   * what the hook has read, at once and without fail. Functions run in the order in which they were given.
   */
  readonly commit: (apply: () => void) => void;
}

/** What `@OnShutdown` hooks take. */
export interface Shutdown extends Startup {}

/** What update handlers take. */
export interface Scrape extends Configure {
  /** Aborts when the call's time is over, when nobody waits for it any more, or when the exporter stops. */
  readonly signal: AbortSignal;
  /** When the call is to be done, in milliseconds since the epoch: when the scrape that began it is answered, or its own time is over. */
  readonly deadline: number;
  /** All metrics by declared name. */
  readonly metrics: MetricMap;
}

/** All metrics by declared name; which names there are, the compiler cannot know. */
export type MetricMap = Readonly<Record<string, AnyMetric | undefined>>;

/** An update handler. */
export type UpdateHandler = (scrape: Scrape) => unknown;

/** A scrape without HTTP. */
export interface ScrapeRequest {
  /** The `Accept` header. */
  readonly accept?: string | undefined;
  /** The `Accept-Encoding` header. Default: nothing is compressed. */
  readonly acceptEncoding?: string | undefined;
  /** Only families of these names, or with samples of these names, are told. Default: all. */
  readonly names?: readonly string[] | undefined;
  /** Only these collectors run, and the series of others are left out. Default: all that are enabled. */
  readonly collect?: readonly string[] | undefined;
  /** All collectors run but these, whose series are left out. Default: none. */
  readonly exclude?: readonly string[] | undefined;
  /** How long Prometheus waits, as its header says: seconds. */
  readonly timeoutSeconds?: number | undefined;
  /** Aborts when the asker goes away. */
  readonly signal?: AbortSignal | undefined;
}

export interface ScrapeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** One exporter with its metrics, its life cycle and its Koa application. */
export interface LiveExporter<T extends object = object> {
  readonly app: Koa;
  /** Holds this exporter's metrics only; metrics that other packages register here are served as well. */
  readonly registry: Registry;
  /** The author's object. */
  readonly instance: T;
  readonly spec: ExporterSpec;
  readonly log: Logger;
  /** All metrics by declared name. */
  readonly metrics: MetricMap;
  /** Configures and starts up, without listening. A second call returns the first one's promise. */
  start(): Promise<void>;
  /** Runs the update handlers and encodes the metrics. */
  scrape(request?: ScrapeRequest): Promise<ScrapeResponse>;
  /** The exporter as one middleware for an existing Koa application, under any mount path; may be mounted before `start`. */
  middleware(): Koa.Middleware;
  /**
   * Reads the web configuration again where there is a server, runs the reload hooks, then puts everything in force. Rejects
   * with the first failure, which is logged, and leaves all as it was. One at a time: those asked for during a reload share
   * the one that follows it.
   */
  reload(): Promise<void>;
  /** Answers the scrapes in flight, then runs the shutdown hooks if startup had begun. A second call returns the first one's promise. */
  stop(): Promise<void>;
  /** Creates metrics that are known only at run time. Throws a DeclarationError with all mistakes. */
  createMetrics<const D extends readonly NamedMetricDeclaration[]>(declarations: D): DeclaredMetrics<D>;
  /** Adds an update handler that is known only at run time. */
  addCollector(name: string, declaration: Omit<CollectorDeclaration, 'name'>, handler: UpdateHandler): void;
  /** Sets or replaces the one update handler that takes the map of metrics first, as prometheus-aioexporter has it; its collector is `update_handler`. */
  setUpdateHandler(handler: (metrics: MetricMap, scrape: Scrape) => unknown): void;
}

declare module 'koa' {
  interface DefaultContext {
    /** The exporter whose middleware runs; undefined in other applications. */
    exporter?: LiveExporter;
  }
}
