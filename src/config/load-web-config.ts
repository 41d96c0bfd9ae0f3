import { ConfigError, type Fault } from '../errors.js';
import { openWebConfig, type WebConfig } from '../model/web-config.js';
import { FileReads } from './file-reads.js';
import { loadSslOptions, type SslConfig, sslOptions, type WhereOf } from './load-ssl-options.js';
import { loadWebConfigFile } from './load-web-config-file.js';
import type { ServerConfig } from './server-config.js';
import type { ReadFiles } from './watch-files.js';

/** How the server is protected, and which files say so. */
export interface LoadedWebConfig {
  readonly web: WebConfig;
  /** Everything that was read: the file itself, certificates, keys, authorities. */
  readonly files: ReadFiles;
}

/** All that is wrong with a web configuration. */
export class WebConfigError extends ConfigError {
  /** Everything that was read, or could not be. */
  readonly files: ReadFiles;

  constructor(faults: readonly [Fault, ...Fault[]], files: ReadFiles) {
    super(faults);
    this.files = files;
  }
}

/**
 * Loads how the server is protected: from the web configuration file, else from the `--ssl-…` options; without either it is
 * open. `whereOf` tells where an option's value comes from.
 *
 * @throws WebConfigError with all faults at once.
 */
export function loadWebConfig(
  server: SslConfig & Pick<ServerConfig, 'webConfigFile'>,
  whereOf: WhereOf = () => undefined,
): LoadedWebConfig {
  const faults: Fault[] = [];
  const onFault = (fault: Fault): unknown => faults.push(fault);
  const reads = new FileReads();
  const { webConfigFile: path } = server;
  const where = whereOf(fileOption) ?? `--${fileOption}`;
  const others = Object.entries(sslOptions).filter(([, member]) => server[member] !== undefined);
  if (path !== undefined && others.length > 0) {
    const what = `is set beside ${others.map(([option]) => whereOf(option) ?? `--${option}`).join(', ')}`;
    onFault({ code: 'CONFLICTING_OPTIONS', where, what, mend: 'Set only the file, and name key, certificate and CA in it' });
  }
  const web =
    path === undefined
      ? { ...openWebConfig, tls: loadSslOptions(server, { whereOf, reads, onFault }) }
      : loadWebConfigFile(path, { where, reads, onFault });
  const [first, ...rest] = faults;
  if (first !== undefined) throw new WebConfigError([first, ...rest], reads.files);
  return { web, files: reads.files };
}

const fileOption = 'web-config-file';
