import type { YamlValue } from './yaml-value.js';

/** Version, minor version, cost, salt and hash. */
const bcrypt = /^\$2([^$]?)\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** Reads `basic_auth_users`: bcrypt hashes by user. */
export function readUsers(section: YamlValue): ReadonlyMap<string, string> {
  const users = section.entries().flatMap(([user, value]) => {
    const hash = readHash(value);
    return hash === undefined ? [] : [[user, hash] as const];
  });
  return new Map(users);
}

function readHash(value: YamlValue): string | undefined {
  const hash = value.text();
  if (hash === undefined) return undefined;
  const problem = hashProblem(hash);
  if (problem !== undefined) return value.fault(problem, 'Make one with htpasswd -nBC 10 USER');
  // Go reads any minor version alike; the package that checks passwords knows these.
  return /^\$2[abxy]\$/.test(hash) ? hash : hash.replace(/^\$2[^$]?/, '$$2b');
}

function hashProblem(hash: string): string | undefined {
  if (hash === '') return 'has no hash';
  if (!hash.startsWith('$')) return 'is no bcrypt hash, which begins with $2';
  if (hash.length < 59) return 'is too short for a bcrypt hash';
  const [, , cost] = bcrypt.exec(hash) ?? [];
  if (cost === undefined) return hash.startsWith('$2') ? 'is no whole bcrypt hash' : 'is no bcrypt hash, which begins with $2';
  return Number(cost) < 4 || Number(cost) > 31 ? `has a cost of ${Number(cost)}, which is not in the range 4..31` : undefined;
}
