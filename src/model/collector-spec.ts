import { type Check, type Form, quoteDeclared } from './check.js';
import { type CollectorDeclaration, errorPolicies } from './declaration.js';
import { parseDuration } from './duration.js';
import { nameOf } from './member-name.js';
import { namePatterns, quote, toSnakeCase } from './name.js';
import { suggest } from './nearest.js';
import { faultOfCron, type Rhythm } from './rhythm.js';
import type { CollectorSpec } from './spec.js';

const shape: Readonly<Record<keyof CollectorDeclaration, Form>> = {
  name: 'text',
  timeout: 'duration',
  enabled: 'boolean',
  onError: 'text',
  maxAge: 'duration',
  cache: 'duration',
  every: 'duration',
  cron: 'text',
  after: 'texts',
};

const defaultMaxAgeMilliseconds = 5 * 60_000;

interface CollectorMember {
  /** The method; undefined for a collector added at run time. */
  readonly member: string | undefined;
  readonly declaration: CollectorDeclaration;
}

/** Makes the spec of a collector from what its author wrote, collecting what is wrong. */
export function createCollectorSpec({ member, declaration }: CollectorMember, check: Check): CollectorSpec {
  if (!check.object(declaration)) return createCollectorSpec({ member, declaration: {} }, check.silent());
  const sound = check.shape(declaration, shape);
  const name = nameOf({ member, declaration, sound, convert: toSnakeCase }, check);
  if (name !== undefined) check.name(name, 'collector name', namePatterns.collector);
  const { enabled = true, onError = 'drop' } = sound;
  if (!errorPolicies.includes(onError)) {
    check.fault('INVALID_DECLARATION', `onError is ${quoteDeclared(onError)}`, suggest(String(onError), errorPolicies));
  }
  if (declaration.maxAge !== undefined && onError !== 'keep') {
    check.fault('INVALID_DECLARATION', 'maxAge is given without onError: keep', "Add onError: 'keep', or leave it out");
  }
  const isNamed = member !== undefined && sound.name !== undefined;
  if (!enabled && !isNamed) {
    const mend = member === undefined ? 'Leave enabled out: no option can turn it on' : 'Add a name, so that operators can turn it on';
    check.fault('INVALID_DECLARATION', member === undefined ? 'is disabled for good' : 'is disabled and has no name', mend);
  }
  return {
    member,
    name: name ?? member ?? '',
    isNamed,
    enabled,
    timeoutMilliseconds: readDuration('timeout', sound.timeout, check),
    rhythm: readRhythm(sound, check),
    after: sound.after ?? [],
    onError,
    maxAgeMilliseconds: readDuration('maxAge', sound.maxAge, check) ?? defaultMaxAgeMilliseconds,
  };
}

const rhythms = ['cache', 'every', 'cron'] as const;

function readRhythm(sound: Partial<CollectorDeclaration>, check: Check): Rhythm {
  const [kind, other] = rhythms.filter((one) => sound[one] !== undefined);
  if (other !== undefined) check.fault('INVALID_DECLARATION', `${kind} and ${other} are given together`, 'Give one of them');
  if (kind === undefined) return { kind: 'scrape' };
  if (kind !== 'cache' && sound.after !== undefined) {
    check.fault(
      'INVALID_DECLARATION',
      `after is given together with ${kind}`,
      'Leave one of them out: what calls by itself waits for nobody',
    );
  }
  if (kind !== 'cron') return { kind, milliseconds: readDuration(kind, sound[kind], check) ?? 0 };
  const pattern = sound.cron ?? '';
  const fault = faultOfCron(pattern);
  if (fault !== undefined)
    check.fault('INVALID_DECLARATION', `cron is ${quote(pattern)}, which ${fault}`, 'Give a pattern such as 0 * * * *');
  return { kind, pattern };
}

function readDuration(key: string, duration: number | string | undefined, check: Check): number | undefined {
  if (typeof duration !== 'string') return duration;
  const milliseconds = parseDuration(duration);
  if (!milliseconds) check.fault('INVALID_DECLARATION', `${key} is ${quote(duration)}`, 'Give milliseconds or a text such as 30s');
  return milliseconds;
}
