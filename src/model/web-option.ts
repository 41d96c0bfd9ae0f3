import { parseListenAddress, parseSocketMode } from './listen-address.js';
import type { OptionSpec } from './spec.js';
import { parseTrustedProxy } from './trusted-proxy.js';
import { parseExternalUrl, parseRoutePrefix } from './web-url.js';

/** A builtin option, as far as it says more than others. */
export type Builtin = Pick<OptionSpec, 'name' | 'description'> & Partial<OptionSpec>;

/** What operators say of the server; in Prometheus's own exporters these names have a dot: `--web.config.file`. */
export const webOptions: readonly Builtin[] = (
  [
    {
      name: 'web-config-file',
      aliases: ['web.config.file'],
      description: 'YAML file with TLS, HTTP/2, headers, users and a rate limit, as all exporters of Prometheus read it',
      type: 'path',
    },
    {
      name: 'web-listen-address',
      description: 'where to listen instead of --host and --port: host:port, :port or unix:/path',
      multiple: true,
      parse: parseListenAddress,
      default: [],
    },
    { name: 'web-socket-mode', description: 'mode of the Unix sockets that are made', parse: parseSocketMode, default: '660' },
    { name: 'web-systemd-socket', description: 'listen on the sockets that systemd passes on instead', type: 'boolean', default: false },
    {
      name: 'web-route-prefix',
      description: 'path that all routes are below; default: that of the external URL',
      parse: parseRoutePrefix,
    },
    { name: 'web-external-url', description: 'URL under which the exporter is seen from outside', parse: parseExternalUrl },
    {
      name: 'web-trusted-proxy',
      description: 'addresses or networks (10.0.0.0/8), or unix, whose X-Forwarded headers are believed',
      multiple: true,
      parse: parseTrustedProxy,
      default: [],
    },
    { name: 'web-open-health', description: 'let health be asked without authentication', type: 'boolean', default: false },
    { name: 'web-enable-lifecycle', description: 'reload at POST /-/reload', type: 'boolean', default: false },
    {
      name: 'web-max-connections',
      description: 'how many connections may be open (0 = any number)',
      type: 'integer',
      range: [0, 1_000_000],
      default: 1_000,
    },
    { name: 'web-header-timeout', description: 'how long the headers of a request may take', type: 'duration', default: 10_000 },
    { name: 'web-request-timeout', description: 'how long a whole request may take', type: 'duration', default: 30_000 },
    { name: 'web-idle-timeout', description: 'how long a connection may wait for its next request', type: 'duration', default: 300_000 },
    { name: 'web-write-timeout', description: 'how long an answer may take to be read', type: 'duration', default: 120_000 },
    { name: 'web-exporter-metrics', description: 'include metrics about requests', type: 'boolean', default: false },
    { name: 'web-disable-exporter-metrics', description: 'leave out metrics about the exporter itself', type: 'boolean', default: false },
  ] satisfies readonly Builtin[]
).map((option) => ({ aliases: [option.name.replace('-', '.')], ...option }));

const webNames: ReadonlySet<string> = new Set(webOptions.map(({ name }) => name));

export function isWebOption(name: string): boolean {
  return webNames.has(name);
}
