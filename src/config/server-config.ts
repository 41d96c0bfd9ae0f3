import type { LogFormat, LogLevel } from '../log.js';
import { isCollectorOption } from '../model/builtin-option.js';
import type { ListenAddress } from '../model/listen-address.js';

/** The values of the builtin options. */
export interface ServerConfig {
  readonly hosts: readonly string[];
  /** 0: any free one. */
  readonly port: number;
  readonly metricsPath: string;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly processStats: boolean;
  /** Whether metrics that are against a convention are refused; else they cost a warning. */
  readonly strictMetrics: boolean;
  /** A path; set together with `sslPublicKey`, or neither. */
  readonly sslPrivateKey?: string;
  readonly sslPublicKey?: string;
  /** A path; clients must present a certificate signed by one in it. */
  readonly sslCa?: string;
  /** Milliseconds. */
  readonly scrapeTimeoutOffset: number;
  /** 0: any number. */
  readonly maxConcurrentScrapes: number;
  /** Milliseconds. */
  readonly shutdownTimeout: number;
  /** A path; instead of the three `ssl` options. */
  readonly webConfigFile?: string;
  /** Empty: `hosts` and `port`. */
  readonly webListenAddress: readonly ListenAddress[];
  /** Octal digits. */
  readonly webSocketMode: string;
  readonly webSystemdSocket: boolean;
  /** Without a slash at its end; empty for none. */
  readonly webRoutePrefix?: string;
  /** Without a slash at its end. */
  readonly webExternalUrl?: string;
  /** Addresses, networks, or `unix`. */
  readonly webTrustedProxy: readonly string[];
  readonly webOpenHealth: boolean;
  readonly webEnableLifecycle: boolean;
  /** 0: any number. */
  readonly webMaxConnections: number;
  /** Milliseconds, as the three that follow; 0: any time. */
  readonly webHeaderTimeout: number;
  readonly webRequestTimeout: number;
  readonly webIdleTimeout: number;
  readonly webWriteTimeout: number;
  readonly webExporterMetrics: boolean;
  readonly webDisableExporterMetrics: boolean;
  /** 0: all. */
  readonly maxConcurrentCollectors: number;
  /** Of each metric that does not say so itself; 0: any number. */
  readonly maxSeries: number;
  /** The values of the options about collectors, by their names. */
  readonly collectors: Readonly<Record<string, unknown>>;
}

/** Puts the values of the builtin options, by their members, into a {@link ServerConfig}. */
export function toServerConfig(values: ReadonlyMap<string, unknown>): ServerConfig {
  const collectors: Record<string, unknown> = {};
  const server: Record<string, unknown> = { collectors };
  for (const [member, value] of values) {
    if (isCollectorOption(member)) collectors[member] = value;
    else server[member === 'host' ? 'hosts' : member] = value;
  }
  // Each builtin option delivers what its own type says; those without a value are the optional ones.
  return server as unknown as ServerConfig;
}
