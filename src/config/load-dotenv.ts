import { resolve } from 'node:path';
import { ConfigError } from '../errors.js';
import { codeOf, loadFile, reasonOf } from './file.js';
import { readFileSync } from 'node:fs';

/** Where a dotenv file is looked for. */
export interface DotenvPlace {
  /** `search`: the file that the variable names, else `.env`. `named`: only the former. */
  readonly mode: 'search' | 'named';
  /** `EXP_DOTENV`. */
  readonly variable: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string | undefined;
}

export interface Dotenv {
  /** As the operator wrote it. */
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Reads the dotenv file, if there is one, without touching `process.env`. */
export function loadDotenv({ mode, variable, env, cwd = '' }: DotenvPlace): Dotenv | undefined {
  const name = env[variable];
  if (name) return parse(name, loadFile(resolve(cwd, name), { where: variable, name }));
  if (mode === 'named') return undefined;
  const content = loadUnnamed(resolve(cwd, unnamed));
  return content && parse(unnamed, content);
}

const unnamed = '.env';

function loadUnnamed(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    // A directory of this name is somebody else's, such as a Python environment.
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return undefined;
    throw new ConfigError({ code: 'UNREADABLE_FILE', where: unnamed, what: reasonOf(error), mend: 'Make it readable, or take it away' });
  }
}

function parse(name: string, content: Buffer): Dotenv {
  // Loaded here, since most exporters run without such a file. Only its parser: the rest obeys DOTENV_* variables.
  const dotenv = require('dotenv') as typeof import('dotenv');
  return { name, values: dotenv.parse(content) };
}
