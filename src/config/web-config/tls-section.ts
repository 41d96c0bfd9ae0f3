import type { ClientPolicy, TlsVersion, WebTls } from '../../model/web-config.js';
import { cipherSuites, http2Ciphers, isModernCipher, modernCiphers } from './cipher-suite.js';
import { curves, isOlder, policies, requiringPolicies, tlsVersions } from './tls-choices.js';
import { loadMaterial, materialKeys, type MaterialPlace } from './tls-material.js';
import type { Section, YamlValue } from './yaml-value.js';

const tlsKeys = [
  ...materialKeys,
  'client_auth_type',
  'client_allowed_sans',
  'min_version',
  'max_version',
  'cipher_suites',
  'prefer_server_cipher_suites',
  'curve_preferences',
] as const;

type TlsSection = Section<(typeof tlsKeys)[number]>;

/** Reads `tls_server_config`; undefined for plain HTTP, and where something is wrong. */
export function loadTlsSection(section: YamlValue, hasHttp2: boolean, place: MaterialPlace): WebTls | undefined {
  const values = section.section(tlsKeys);
  const versions = readVersions(values);
  const prefersServerCiphers = values.prefer_server_cipher_suites?.boolean() ?? true;
  const allowedSans = values.client_allowed_sans?.items().flatMap((item) => item.scalar()?.text ?? []) ?? [];
  const ciphers = readCiphers(values, { ...versions, hasHttp2 });
  const chosenCurves = readChoices(values.curve_preferences, curves, 'curve');
  const policy = readPolicy(values, allowedSans);
  if (!isEnabled(values)) {
    if (Object.values(values).some((value) => !isBlank(value))) {
      section.fault('has neither a certificate nor a key, so that plain HTTP would be served', 'Set cert_file and key_file');
    }
    return undefined;
  }
  const material = loadMaterial(section, values, place);
  if (material === undefined || policy === undefined) return undefined;
  return {
    ...material,
    clientPolicy: policy,
    allowedSans,
    ...versions,
    ciphers,
    prefersServerCiphers,
    curves: chosenCurves,
  };
}

/** What turns TLS on, in Prometheus's own exporters as well. */
function isEnabled(values: TlsSection): boolean {
  return [...materialKeys, 'client_auth_type' as const].some((key) => !isBlank(values[key]));
}

function isBlank(value: YamlValue | undefined): boolean {
  return value === undefined || (value.node.kind === 'scalar' && value.node.text === '');
}

interface Versions {
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
}

function readVersions({ min_version: min, max_version: max }: TlsSection): Versions {
  const minVersion = min?.choice(tlsVersions, 'version of TLS') ?? 'TLSv1.2';
  const maxVersion = max?.choice(tlsVersions, 'version of TLS') ?? 'TLSv1.3';
  if (isOlder(maxVersion, minVersion)) {
    if (min !== undefined) min.fault('is newer than max_version, so that no client could connect', 'Exchange them');
    else max?.fault('is older than min_version, which is TLS12 where it is not set', 'Set min_version too');
  }
  return { minVersion, maxVersion };
}

function readPolicy(
  { client_auth_type: type, client_allowed_sans: sans, ...values }: TlsSection,
  allowed: readonly string[],
): ClientPolicy | undefined {
  const policy = isBlank(type) ? 'NoClientCert' : type?.choice(policies, 'client policy');
  if (policy === undefined) return undefined;
  const ca = [values.client_ca_file, values.client_ca].find((value) => !isBlank(value));
  if (ca !== undefined && policy === 'NoClientCert') {
    ca.fault('is set, and no client is asked for a certificate', 'Set client_auth_type: RequireAndVerifyClientCert, or leave out the CA');
  }
  if (allowed.length > 0 && !requiringPolicies.includes(policy)) {
    sans?.fault(
      `is set, and under ${policy} a client may come without a certificate`,
      'Set client_auth_type: RequireAndVerifyClientCert, or leave out the names',
    );
  }
  return policy;
}

/** What the entries of a list stand for; undefined where there are none, and where one of them is wrong. */
function readChoices(value: YamlValue | undefined, choices: ReadonlyMap<string, string>, noun: string): readonly string[] | undefined {
  const items = value?.items() ?? [];
  const meanings = items.flatMap((item) => item.choice(choices, noun) ?? []);
  return meanings.length === 0 || meanings.length < items.length ? undefined : meanings;
}

interface Terms extends Versions {
  readonly hasHttp2: boolean;
}

function readCiphers({ cipher_suites: value }: TlsSection, { minVersion, maxVersion, hasHttp2 }: Terms): readonly string[] | undefined {
  const chosen = readChoices(value, cipherSuites, 'cipher suite');
  if (chosen === undefined) return undefined;
  const older = chosen.filter((name) => !isModernCipher(name));
  if (older.length === 0 && isOlder(maxVersion, 'TLSv1.3')) {
    value?.fault('has suites of TLS 1.3 only, which max_version leaves out', 'Add one of TLS 1.2');
  } else if (hasHttp2 && isOlder(minVersion, 'TLSv1.3') && !http2Ciphers.some((name) => chosen.includes(cipherSuites.get(name)!))) {
    value?.fault('lacks a suite that HTTP/2 requires', `Add ${http2Ciphers.join(' or ')}, set min_version: TLS13, or set http2: false`);
  }
  return [...modernCiphers, ...older];
}
