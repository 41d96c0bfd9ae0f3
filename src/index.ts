export { Exporter } from './decorators/exporter.js';
export { Metric } from './decorators/metric.js';
export { OnConfigure } from './decorators/on-configure.js';
export { OnReload } from './decorators/on-reload.js';
export { OnScrape } from './decorators/on-scrape.js';
export { OnShutdown } from './decorators/on-shutdown.js';
export { OnStartup } from './decorators/on-startup.js';
export { Option } from './decorators/option.js';
export { ConfigError, DeclarationError, type ErrorCode, ExitExporter, ExporterError, type Fault, NoData, ScrapeError } from './errors.js';
export type { Logger, LogFormat, LogLevel } from './log.js';
export type {
  CollectorDeclaration,
  ExporterDeclaration,
  LintRule,
  MetricDeclaration,
  MetricType,
  NamedMetricDeclaration,
  OptionDeclaration,
  OptionType,
} from './model/declaration.js';
export type {
  Configure,
  LiveExporter,
  MetricMap,
  Reload,
  Scrape,
  ScrapeRequest,
  ScrapeResponse,
  Shutdown,
  Startup,
  UpdateHandler,
} from './model/hook.js';
export type {
  AnyMetric,
  Counter,
  Enum,
  Gauge,
  Histogram,
  HistogramTotals,
  Info,
  LabelsOf,
  LabelValue,
  Summary,
  Unknown,
} from './model/metric.js';
export type { CollectorSpec, ExporterSpec, MetricSpec, OptionSpec } from './model/spec.js';
export { createExporter, type CreateExporterOptions } from './run/create-exporter.js';
export { exporterCommand } from './run/exporter-command.js';
export { runExporter, type RunExporterOptions } from './run/run-exporter.js';
