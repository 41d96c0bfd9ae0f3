import { dirname, isAbsolute, join } from 'node:path';
import type { WebTls } from '../../model/web-config.js';
import { quote } from '../../model/name.js';
import type { FileReads } from '../file-reads.js';
import { checkAuthorities, checkPair, type Pem } from '../pem.js';
import type { Section, YamlValue } from './yaml-value.js';

/** The keys that hold certificates and keys, or name their files. */
export const materialKeys = ['cert', 'cert_file', 'key', 'key_file', 'client_ca', 'client_ca_file'] as const;

type Material = Section<(typeof materialKeys)[number]>;

/** What is needed to find the files. */
export interface MaterialPlace {
  /** The path of the web configuration file; relative ones start from its folder. */
  readonly path: string;
  readonly reads: FileReads;
}

/** Reads the certificate, the key and the authorities of a section; a file wins over a text. Undefined where they cannot be used. */
export function loadMaterial(section: YamlValue, values: Material, place: MaterialPlace): Pick<WebTls, 'key' | 'cert' | 'ca'> | undefined {
  const cert = pick(values.cert_file, values.cert, place);
  const key = pick(values.key_file, values.key, place);
  const ca = pick(values.client_ca_file, values.client_ca, place);
  if (cert === 'missing') section.fault('has no certificate', 'Set cert_file or cert');
  if (key === 'missing') section.fault('has no key', 'Set key_file or key');
  const pair = checkPair({ key: pemOrNone(key), cert: pemOrNone(cert) });
  const areAuthorities = ca === 'missing' || (ca !== 'bad' && checkAuthorities(ca));
  return pair && areAuthorities ? { key: pair.key.text, cert: pair.cert.text, ca: pemOrNone(ca)?.text } : undefined;
}

type Picked = Pem | 'missing' | 'bad';

function pemOrNone(picked: Picked): Pem | undefined {
  return typeof picked === 'string' ? undefined : picked;
}

function pick(file: YamlValue | undefined, inline: YamlValue | undefined, place: MaterialPlace): Picked {
  const path = file?.text();
  const text = inline?.text();
  if (file !== undefined && path === undefined) return 'bad';
  if (file !== undefined && path) return loadPem(file, path, place) ?? 'bad';
  if (inline !== undefined && text === undefined) return 'bad';
  return inline !== undefined && text ? pemOf(inline, Buffer.from(text), undefined) : 'missing';
}

function loadPem(value: YamlValue, written: string, { path, reads }: MaterialPlace): Pem | undefined {
  if (/-----|\n/.test(written)) {
    return value.fault('is no path but the text of a file', `Write it under ${value.path.replace(/_file$/, '')}`);
  }
  const located = isAbsolute(written) ? written : join(dirname(path), written);
  const { report } = value;
  const text = reads.load(located, { where: report.where(value), name: located }, (fault) => report.add(value, fault));
  return text && pemOf(value, text, quote(located));
}

function pemOf(value: YamlValue, text: Buffer, name: string | undefined): Pem {
  return { text, name, fault: (what, mend) => value.fault(what, mend, 'INVALID_TLS') };
}
