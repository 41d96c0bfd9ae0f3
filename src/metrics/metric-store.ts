import { ScrapeError } from '../errors.js';
import type { MetricType } from '../model/declaration.js';
import type { MetricMap } from '../model/hook.js';
import type { AnyMetric } from '../model/metric.js';
import type { MetricFamily } from '../model/metric-family.js';
import { takenNames } from '../model/sample-name.js';
import type { MetricSpec } from '../model/spec.js';
import { type Call, CallScope } from './call.js';
import { Counter } from './counter.js';
import { DroppedSeries, type OnSeriesDropped } from './dropped-series.js';
import { Enum } from './enum.js';
import type { ForeignMetric } from './foreign-metric.js';
import { ForeignReader, type OnForeignFailure, type SnapshotLimits } from './foreign-reader.js';
import { Gauge } from './gauge.js';
import { Histogram } from './histogram.js';
import { Info } from './info.js';
import type { OwnMetric } from './own-metric.js';
import { OwnRegistry } from './own-registry.js';
import { HelpNotes } from './help-notes.js';
import { type Hidden, Owner, type OwnerParts } from './owner.js';
import { collectDefaultMetrics, type Registry } from './prom-client.js';
import type { SeriesLimit } from './room.js';
import { SelfMetrics } from './self-metrics.js';
import { Summary } from './summary.js';
import { Unknown } from './unknown.js';

/** What a snapshot is to have, and how long it may take. */
interface SnapshotWish extends SnapshotLimits {
  /** Whose series are left out. */
  readonly hidden?: Hidden | undefined;
}

/** The metrics of one exporter. */
export interface MetricStore {
  /** Has our metrics, and those that other packages register. */
  readonly registry: Registry;
  /** Our metrics by declared name; grows with each new one. */
  readonly metrics: MetricMap;
  /** The metrics about the exporter itself, which come after ours. */
  readonly self: SelfMetrics;
  /** Creates and registers a metric. */
  create(spec: MetricSpec): AnyMetric;
  /**
   * Takes all series: ours, all of one moment, in the order of their creation, those about the exporter, then those of other packages. Of these,
   * what does not answer in time is left out. As long as nothing changes, this is the same list.
   */
  takeSnapshot(wish?: SnapshotWish): Promise<readonly MetricFamily[]>;
  /**
   * Creates somebody who sets series in calls. Where several set one series, the one created first shows it.
   */
  createOwner(parts: Omit<OwnerParts, 'rank'>): Owner;
  /**
   * Opens a call of an update handler: what is set in what it runs becomes visible when it is published, and what its
   * owner's last call has set is gone unless this one has set it, too.
   *
   * @param onDropped hears once that something was set when the call had ended already
   */
  openCall(owner: Owner, onDropped: () => void): Call;
  /** To be called when there will be no more calls. */
  close(): void;
}

interface MetricStoreOptions {
  readonly onForeignFailure?: OnForeignFailure;
  /** How many series each metric may have that does not say so itself. Default: 0, any number. */
  readonly maxSeries?: number;
  /** The name of the metric that counts the series beyond. */
  readonly droppedName?: string;
  readonly onSeriesDropped?: OnSeriesDropped;
}

type PromMetric = Parameters<Registry['registerMetric']>[0];

const classes: Readonly<Record<MetricType, new (spec: MetricSpec, scope: CallScope, limit?: SeriesLimit) => OwnMetric & PromMetric>> = {
  counter: Counter,
  gauge: Gauge,
  histogram: Histogram,
  summary: Summary,
  info: Info,
  enum: Enum,
  unknown: Unknown,
};

/** Creates an empty store with a registry of its own. */
export function createMetricStore({
  onForeignFailure = () => {},
  maxSeries = 0,
  droppedName = 'metric_series_dropped_total',
  onSeriesDropped = () => {},
}: MetricStoreOptions = {}): MetricStore {
  const registry = new OwnRegistry();
  const scope = new CallScope();
  const metrics = Object.create(null) as Record<string, AnyMetric>;
  const own = new Map<string, OwnMetric>();
  const ours = new Set<object>();
  const clashing = new WeakSet<object>();
  const foreignReader = new ForeignReader(onForeignFailure);
  let last: readonly MetricFamily[] = [];
  const owners: Owner[] = [];
  const notes = new HelpNotes(owners);
  const self = new SelfMetrics();
  const dropped = new DroppedSeries({ name: droppedName, onDropped: onSeriesDropped, self });

  function createOwner(parts: Omit<OwnerParts, 'rank'>): Owner {
    const owner = new Owner({ ...parts, rank: owners.length }, scope.gone.failed);
    owners.push(owner);
    return owner;
  }

  /** Tells of a clash once, since it will not go away. */
  function reportClash(metric: ForeignMetric): void {
    if (!clashing.has(metric)) onForeignFailure(metric.name, duplicateName(metric.name));
    clashing.add(metric);
  }

  function create(spec: MetricSpec): AnyMetric {
    const name = spec.exportedName;
    if (own.has(name) || spec.name in metrics) throw duplicateName(name);
    const foreign = registry.getSingleMetric(name);
    if (foreign) {
      registry.removeSingleMetric(name);
      reportClash(foreign as unknown as ForeignMetric);
    }
    const metric = new classes[spec.type](spec, scope, createLimit(spec));
    registry.registerMetric(metric);
    own.set(name, metric);
    ours.add(metric);
    // Has the methods of its own type only, as AnyMetric says.
    const anyMetric = metric as unknown as AnyMetric;
    metrics[spec.name] = anyMetric;
    return anyMetric;
  }

  function createLimit(spec: MetricSpec): SeriesLimit | undefined {
    // One without labels has one series at most.
    return spec.labels.length === 0 ? undefined : dropped.createLimit(spec, spec.maxSeries ?? maxSeries);
  }

  /** In the order of registration. */
  function findForeigns(): readonly ForeignMetric[] {
    // By identity: prom-client's OpenMetrics renames counters.
    return (registry.getMetricsAsArray() as unknown as readonly ForeignMetric[]).filter((metric) => !ours.has(metric));
  }

  async function takeSnapshot({ hidden, ...limits }: SnapshotWish = {}): Promise<readonly MetricFamily[]> {
    const others = findForeigns();
    const foreigns = others.length === 0 ? undefined : await foreignReader.read(others, registry.defaultLabels, limits);
    // From here on nothing waits until all of ours are read.
    const registered = [...own].filter(([name, metric]) => registry.getSingleMetric(name) === (metric as object));
    const families = registered.map(([, metric]) => metric.takeFamily(registry.defaultLabels, hidden));
    // Few are read with a delay, and waiting for all of them costs more than reading them.
    const taken = families.filter(isTaken);
    const all = taken.length === families.length ? taken : await Promise.all(families.map(async (family) => family));
    const snapshot = all.map((family, index) => notes.addTo(family, registered[index]?.[0] ?? ''));
    snapshot.push(...self.take(registry.defaultLabels));
    if (foreigns !== undefined) addForeigns(snapshot, foreigns);
    const isSame = snapshot.length === last.length && snapshot.every((family, index) => family === last[index]);
    return isSame ? last : (last = snapshot);
  }

  function addForeigns(snapshot: MetricFamily[], foreigns: ReadonlyMap<ForeignMetric, MetricFamily>): void {
    const taken = new Set(snapshot.flatMap(takenNames));
    for (const [metric, family] of foreigns) {
      const names = takenNames(family);
      if (names.some((name) => taken.has(name))) {
        reportClash(metric);
        continue;
      }
      for (const name of names) taken.add(name);
      snapshot.push(family);
    }
  }

  return {
    registry,
    metrics,
    self,
    create,
    takeSnapshot,
    createOwner,
    openCall: (owner, onDropped) => scope.open(owner, onDropped),
    close: () => scope.close(),
  };
}

function isTaken(family: MetricFamily | Promise<MetricFamily>): family is MetricFamily {
  return 'blocks' in family;
}

/** Adds the metrics of the program itself, as prom-client has them: CPU, memory, event loop … */
export function enableProcessStats({ registry }: MetricStore): void {
  collectDefaultMetrics({ register: registry });
}

function duplicateName(name: string): ScrapeError {
  const what = 'two metrics would produce this name';
  return new ScrapeError({ code: 'DUPLICATE_NAME', where: name, what, mend: 'Rename one of them' });
}
