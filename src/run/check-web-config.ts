import { loadWebConfig, WebConfigError } from '../config/load-web-config.js';
import { describeFault } from '../errors.js';
import { escapeControls } from '../log.js';
import type { Output } from './serve.js';

/** Tells which web configuration files are good, and all that is wrong with the others; gives the exit code. */
export function checkWebConfig(paths: readonly string[], { stdout, stderr }: Output): number {
  let code = 0;
  for (const webConfigFile of paths) {
    try {
      loadWebConfig({ webConfigFile }, () => 'check-web-config');
      stdout.write(`${escapeControls(webConfigFile)} is good.\n`);
    } catch (error) {
      if (!(error instanceof WebConfigError)) throw error;
      for (const fault of error.faults) stderr.write(`${escapeControls(describeFault(fault))}\n`);
      code = 2;
    }
  }
  return code;
}
