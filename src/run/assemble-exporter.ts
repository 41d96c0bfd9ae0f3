import type { Writable } from 'node:stream';
import type { Config } from '../config/resolve-config.js';
import { createLogger, type Logger } from '../log.js';
import type { BuiltExporter } from './build-exporter.js';
import { ExporterRuntime } from './exporter-runtime.js';
import { programVersion } from './program-version.js';

interface Surroundings {
  readonly config: Config;
  /** Undefined: one on stderr. */
  readonly log?: Logger | undefined;
  readonly stderr: Writable;
  /** Undefined: the class's, else that of the running program. */
  readonly version?: string | undefined;
}

/** Makes a live exporter of a built one and its configuration. */
export function assembleExporter<T extends object>(built: BuiltExporter<T>, surroundings: Surroundings): ExporterRuntime<T> {
  const { config, stderr, log = createLogger(config.server.logLevel, config.server.logFormat, stderr) } = surroundings;
  for (const { level, message, fields } of config.remarks) log[level](fields, message);
  const version = surroundings.version ?? built.spec.version ?? programVersion();
  return new ExporterRuntime({ ...built, config, version, log });
}
