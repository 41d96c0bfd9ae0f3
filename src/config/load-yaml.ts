import type { YAMLError } from 'yaml';
import { ConfigError } from '../errors.js';
import { loadFile } from './file.js';

interface YamlPlace {
  readonly where: string;
  /** The file as the operator wrote it; undefined where neither it nor its content must be shown. */
  readonly name: string | undefined;
}

/** Reads the one document of a YAML file, or throws a {@link ConfigError} with line and column. */
export function loadYaml(path: string, { where, name }: YamlPlace): unknown {
  const text = loadFile(path, { where, name }).toString('utf8');
  const place = name === undefined ? where : `${where}: ${name}`;
  // Loaded here, since few exporters read YAML.
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  // Prometheus's own files may merge keys with <<. Warnings would go to stderr, and could quote a secret file.
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', merge: true, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw invalidYaml(place, name === undefined ? undefined : `line ${line}, column ${col}: ${describe(error)}`);
  }
  try {
    return document.toJS();
  } catch (thrown) {
    throw invalidYaml(place, name === undefined ? undefined : describe(thrown as Error));
  }
}

function invalidYaml(where: string, what = 'the value is not valid'): ConfigError {
  return new ConfigError({ code: 'INVALID_VALUE', where, what, mend: 'Correct the file' });
}

function describe(error: Error | YAMLError): string {
  if ('code' in error && error.code === 'MULTIPLE_DOCS') return 'a second document begins; one is allowed';
  return error.message.replace(/\.$/, '').replaceAll(/\s*\n\s*/g, ' ');
}
