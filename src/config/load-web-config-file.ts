import type { Fault } from '../errors.js';
import { quote } from '../model/name.js';
import { openWebConfig, type WebConfig } from '../model/web-config.js';
import type { FileReads } from './file-reads.js';
import { readHttpSection } from './web-config/http-section.js';
import { parseYaml } from './web-config/parse-yaml.js';
import { readRateLimit } from './web-config/rate-limit-section.js';
import { Report } from './web-config/report.js';
import type { MaterialPlace } from './web-config/tls-material.js';
import { loadTlsSection } from './web-config/tls-section.js';
import { readUsers } from './web-config/users-section.js';
import { YamlValue } from './web-config/yaml-value.js';

const sections = ['tls_server_config', 'http_server_config', 'basic_auth_users', 'rate_limit'] as const;

/** Reads and checks a web configuration file; what comes back counts only where there are no faults. */
export function loadWebConfigFile(
  path: string,
  { where, reads, onFault }: { readonly where: string; readonly reads: FileReads; readonly onFault: (fault: Fault) => void },
): WebConfig {
  const content = reads.load(path, { where, name: path }, onFault);
  if (content === undefined) return openWebConfig;
  const text = decode(content);
  if (text === undefined) {
    onFault({ code: 'INVALID_WEB_CONFIG', where, what: `${quote(path)} is no UTF-8`, mend: 'Save it as UTF-8' });
    return openWebConfig;
  }
  const report = new Report(path, text);
  const web = readSections(report, { path, reads });
  report.faults.forEach(onFault);
  return web;
}

function readSections(report: Report, place: MaterialPlace): WebConfig {
  const root = parseYaml(report);
  if (root === undefined) return openWebConfig;
  const values = new YamlValue(root, { path: '', at: root.at }, report).section(sections);
  const { http2, headers } = values.http_server_config ? readHttpSection(values.http_server_config) : openWebConfig;
  return {
    tls: values.tls_server_config && loadTlsSection(values.tls_server_config, http2, place),
    http2,
    headers,
    users: values.basic_auth_users ? readUsers(values.basic_auth_users) : openWebConfig.users,
    rateLimit: values.rate_limit && readRateLimit(values.rate_limit),
  };
}

function decode(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
