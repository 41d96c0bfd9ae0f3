import { inspect } from 'node:util';
import type Koa from 'koa';
import type { Config } from '../config/resolve-config.js';
import { Exposition } from '../exposition/exposition.js';
import type { Logger } from '../log.js';
import type { MetricStore } from '../metrics/metric-store.js';
import { collectorMetricPrefix } from '../model/builtin-metric.js';
import type { CollectorDeclaration, HookKind, NamedMetricDeclaration } from '../model/declaration.js';
import type { LiveExporter, MetricMap, Scrape, ScrapeRequest, ScrapeResponse, UpdateHandler } from '../model/hook.js';
import type { DeclaredMetrics } from '../model/metric-by-declaration.js';
import type { CollectorSpec, ExporterSpec } from '../model/spec.js';
import { createTimeAllowed } from '../scrape/deadline.js';
import { answerScrape, type MetricsAnswer, type MetricsRequest } from '../web/answer-scrape.js';
import { createApp } from '../web/create-app.js';
import { mountMiddleware } from '../web/mount.js';
import type { RequestObserver } from '../web/request-observer.js';
import { createRoutes } from '../web/routes.js';
import type { Site } from '../web/site.js';
import { AuthorObject } from './author-object.js';
import { Collectors } from './collectors.js';
import { createStore } from './create-store.js';
import { drain } from './drain.js';
import { DynamicParts } from './dynamic-parts.js';
import { ExporterMetrics } from './exporter-metrics.js';
import { isCollectorEnabled } from './is-collector-enabled.js';
import { type Closer, type End, LifeCycle } from './life-cycle.js';
import { createReloadHooks } from './reload-hooks.js';
import { type Reloadable, Reloader, type ReloadObserver } from './reloader.js';
import { reportFindings } from './report-findings.js';
import { runHooks } from './run-hooks.js';
import { siteOf } from './site-of.js';

interface Parts<T> {
  readonly instance: T;
  readonly spec: ExporterSpec;
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
}

/** Puts the rooms together for one object of an exporter class. */
export class ExporterRuntime<T extends object = object> implements LiveExporter<T> {
  readonly app: Koa;
  readonly spec: ExporterSpec;
  readonly log: Logger;
  readonly site: Site;
  /** What the operator chose. */
  readonly config: Config;
  /** What is to hear of the requests of the exporter's own server; undefined for nobody. */
  readonly requestObserver: RequestObserver | undefined;
  readonly #author: AuthorObject<T>;
  readonly #store: MetricStore;
  readonly #exporterMetrics: ExporterMetrics;
  readonly #collectors: Collectors;
  readonly #exposition = new Exposition();
  readonly #routes: Koa.Middleware;
  readonly #lifeCycle: LifeCycle;
  readonly #reloader: Reloader;
  readonly #dynamic: DynamicParts;

  constructor({ instance, spec, config, version, log }: Parts<T>) {
    this.#author = new AuthorObject(instance, spec);
    this.spec = spec;
    this.log = log;
    this.config = config;
    reportFindings(spec.metrics, config, log);
    this.#store = createStore(spec, config, log);
    const { webExporterMetrics, webDisableExporterMetrics: isOff } = config.server;
    this.#exporterMetrics = new ExporterMetrics({ spec, self: this.#store.self, version, isOff });
    this.requestObserver = webExporterMetrics && !isOff ? this.#exporterMetrics.watchRequests() : undefined;
    this.#author.fill(config.values, (metric) => this.#store.create(metric));
    this.#collectors = new Collectors({
      store: this.#store,
      log,
      prefix: collectorMetricPrefix(spec),
      timeAllowed: createTimeAllowed(config.server.scrapeTimeoutOffset),
      mostAtOnce: config.server.maxConcurrentCollectors,
    });
    this.#dynamic = new DynamicParts({
      spec,
      createMetric: (metric) => this.#store.create(metric),
      onMetrics: (metrics) => reportFindings(metrics, config, log),
      addCollector: (collector, handler) => this.#addCollector(collector, handler),
      collectorSpecs: () => this.#collectors.specs,
    });
    for (const collector of spec.collectors) this.#addCollector(collector, (scrape) => this.#author.call(collector.member, scrape));
    this.site = siteOf({ spec, version, server: config.server });
    this.app = createApp(this.site, log, config.server.webTrustedProxy);
    this.app.context['exporter'] = this;
    this.#routes = createRoutes(this.site, log, {
      scrape: (request) => this.#answer(request),
      reload: config.server.webEnableLifecycle ? () => this.reload() : undefined,
      isReady: () => this.#lifeCycle.isRunning,
      maxConcurrentScrapes: config.server.maxConcurrentScrapes,
      onRejected: this.requestObserver?.rejected,
    });
    this.#lifeCycle = new LifeCycle({
      runHooks: (kind) => this.#runHooks(kind),
      // The author's middleware came with the startup hooks; what answers for us comes after it.
      onStarted: () => {
        this.app.use(this.#routes);
        this.#collectors.start();
      },
      drain: () => drain({ collectors: this.#collectors, reloader: this.#reloader, log, milliseconds: config.server.shutdownTimeout }),
      timeoutMilliseconds: config.server.shutdownTimeout,
      onStartLeft: () => log.error('the start has not ended, and is left behind'),
    });
    this.#reloader = new Reloader({ isRunning: () => this.#lifeCycle.isRunning, log });
    if (spec.hooks.reload.length > 0) {
      const run = (context: object): Promise<void> => this.#runHooks('reload', context);
      this.addReloadable(createReloadHooks({ run, log, onStop: (stop) => this.onStop(stop) }));
    }
    void this.#lifeCycle.stopped.then(() => this.#store.close());
  }

  /** What a console or a log shows of the exporter; its parts hold the values of secret options. */
  toJSON(): object {
    return { exporter: this.spec.name };
  }

  [inspect.custom](): object {
    return this.toJSON();
  }

  get instance(): T {
    return this.#author.instance;
  }

  get registry() {
    return this.#store.registry;
  }

  get metrics(): MetricMap {
    return this.#store.metrics;
  }

  get isStopping(): boolean {
    return this.#lifeCycle.isStopping;
  }

  /** Resolves once the exporter has stopped; never rejects. */
  get stopped(): Promise<End> {
    return this.#lifeCycle.stopped;
  }

  start(): Promise<void> {
    return this.#lifeCycle.start();
  }

  reload(): Promise<void> {
    return this.#reloader.reload();
  }

  /** Tells of reloads from now on; what it returns is to hear how each ends. */
  watchReloads(subject: 'config' | 'web_config'): (isGood: boolean) => void {
    return this.#exporterMetrics.watchReloads(subject);
  }

  /** Lets somebody hear of each reload. */
  observeReloads(observer: ReloadObserver): void {
    this.#reloader.observe(observer);
  }

  /** Adds something to reload, before the author's own, and tells of reloads from now on. */
  addReloadable(reloadable: Reloadable): void {
    if (!this.#reloader.hasAny) this.observeReloads({ ended: this.watchReloads('config') });
    this.#reloader.addBefore(reloadable);
  }

  stop(): Promise<void> {
    return this.#lifeCycle.stop();
  }

  /** Stops because of a failure. */
  fail(error: unknown): Promise<void> {
    return this.#lifeCycle.fail(error);
  }

  /** Runs a function at the very beginning of the stop, beside what is under way. */
  onStop(close: Closer): void {
    this.#lifeCycle.onStop(close);
  }

  async scrape(request: ScrapeRequest = {}): Promise<ScrapeResponse> {
    const { body, ...answer } = await this.#answer(request);
    return { ...answer, body: Buffer.concat(body) };
  }

  middleware(): Koa.Middleware {
    // Without the first one, which answers for every response of the exporter's own server.
    const inner = (): readonly Koa.Middleware[] | undefined => (this.#lifeCycle.hasStarted ? this.app.middleware.slice(1) : undefined);
    return mountMiddleware(this.site, inner, (ctx) => {
      ctx['exporter'] = this;
    });
  }

  createMetrics<const D extends readonly NamedMetricDeclaration[]>(declarations: D): DeclaredMetrics<D> {
    return this.#dynamic.createMetrics(declarations);
  }

  addCollector(name: string, declaration: Omit<CollectorDeclaration, 'name'>, handler: UpdateHandler): void {
    this.#dynamic.addCollector(name, declaration, handler);
  }

  setUpdateHandler(handler: (metrics: MetricMap, scrape: Scrape) => unknown): void {
    this.#dynamic.setUpdateHandler(handler);
  }

  #answer(request: MetricsRequest): Promise<MetricsAnswer> {
    return answerScrape(request, {
      isRunning: this.#lifeCycle.isRunning,
      exposition: this.#exposition,
      faultOf: (choice) => this.#collectors.faultOf(choice),
      collect: (scrape) => this.#collectors.collect(scrape),
    });
  }

  #addCollector(spec: CollectorSpec, handler: UpdateHandler): void {
    this.#collectors.add(spec, isCollectorEnabled(spec, this.config), ({ abort, deadline }) =>
      handler({
        exporter: this,
        log: this.log,
        metrics: this.metrics,
        deadline,
        get signal() {
          return abort.signal;
        },
      }),
    );
  }

  #runHooks(kind: HookKind, context: object = { app: this.app }): Promise<void> {
    return runHooks({
      className: this.spec.className,
      kind,
      members: this.spec.hooks[kind],
      call: (member) => this.#author.call(member, { exporter: this, log: this.log, ...context }),
      isStopping: () => this.#lifeCycle.isStopping,
      log: this.log,
      shutdownMilliseconds: this.config.server.shutdownTimeout,
    });
  }
}
