import { validateHeaderValue } from 'node:http';
import { suggest } from '../../model/nearest.js';
import { show } from './report.js';
import type { YamlValue } from './yaml-value.js';

/** The headers that can be set, with their values where these are few. */
const headerValues: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['Strict-Transport-Security', undefined],
  ['X-Content-Type-Options', ['nosniff']],
  ['X-Frame-Options', ['deny', 'sameorigin']],
  ['X-XSS-Protection', undefined],
  ['Content-Security-Policy', undefined],
]);

/** Reads `http_server_config`. */
export function readHttpSection(section: YamlValue): { readonly http2: boolean; readonly headers: Readonly<Record<string, string>> } {
  const { http2, headers } = section.section(['http2', 'headers']);
  return { http2: http2?.boolean() ?? true, headers: Object.fromEntries(headers?.entries().flatMap(readHeader) ?? []) };
}

function readHeader([name, value]: readonly [string, YamlValue]): readonly (readonly [string, string])[] {
  if (!headerValues.has(name)) {
    value.fault('no header that can be set', suggest(name, [...headerValues.keys()]));
    return [];
  }
  const text = value.text();
  const allowed = headerValues.get(name);
  if (text === undefined) return [];
  if (allowed !== undefined && !allowed.includes(text)) {
    value.fault(`${show(text)} is no value of this header`, suggest(text, allowed));
    return [];
  }
  // A text of several lines is one header, as Go writes it.
  const line = text.replaceAll(/[\r\n]/g, ' ').trim();
  try {
    validateHeaderValue(name, line);
  } catch {
    value.fault('has a character that no header may have', 'Leave it out');
  }
  return [[name, line]];
}
