import type { LogFormat, LogLevel } from '../log.js';

/** The values of the builtin options. */
export interface ServerConfig {
  readonly hosts: readonly string[];
  /** 0: any free one. */
  readonly port: number;
  readonly metricsPath: string;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly processStats: boolean;
  /** A path; set together with `sslPublicKey`, or neither. */
  readonly sslPrivateKey?: string;
  readonly sslPublicKey?: string;
  /** A path; clients must present a certificate signed by one in it. */
  readonly sslCa?: string;
}

/** Puts the values of the builtin options, by their members, into a {@link ServerConfig}. */
export function toServerConfig(values: ReadonlyMap<string, unknown>): ServerConfig {
  const server: Record<string, unknown> = {};
  for (const [member, value] of values) server[member === 'host' ? 'hosts' : member] = value;
  // Each builtin option delivers what its own type says; those without a value are the optional ones.
  return server as unknown as ServerConfig;
}
