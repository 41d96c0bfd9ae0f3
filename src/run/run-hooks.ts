import { ConfigError, ExitExporter, ScrapeError } from '../errors.js';
import { type Logger, logFailure } from '../log.js';
import type { HookKind } from '../model/declaration.js';
import { settlesWithin } from './settles-within.js';

/** What a shutdown hook may take at least, also where the operator has a stop wait for nothing. */
const leastShutdownMilliseconds = 1_000;

interface Hooks {
  readonly className: string;
  readonly kind: HookKind;
  /** In the order of startup. */
  readonly members: readonly string[];
  readonly call: (member: string) => unknown;
  /** Whether the rest of a startup or a reload is to be left out. */
  readonly isStopping: () => boolean;
  readonly log: Logger;
  /** How long each shutdown hook may take, after which it is left behind; at least a second. */
  readonly shutdownMilliseconds: number;
}

/** What becomes of a kind when the exporter stops, and of what its hooks throw. */
interface Rule {
  /** Whether those that have not begun are left out once the exporter stops. */
  readonly endsAtStop: boolean;
  /** Whether all run whatever fails. */
  readonly runsAll: boolean;
  /** Whether what a hook says to the operator is printed in the end, and so not logged. */
  readonly isPrinted: boolean;
}

const rules: Readonly<Record<HookKind, Rule>> = {
  configure: { endsAtStop: false, runsAll: false, isPrinted: true },
  startup: { endsAtStop: true, runsAll: false, isPrinted: true },
  reload: { endsAtStop: true, runsAll: false, isPrinted: false },
  shutdown: { endsAtStop: false, runsAll: true, isPrinted: false },
};

/**
 * Runs the hooks of one kind one after the other: shutdown hooks in the reverse order, and all of them whatever fails.
 * Rejects with the first failure, which is logged.
 */
export async function runHooks({ className, kind, members, call, isStopping, log, shutdownMilliseconds }: Hooks): Promise<void> {
  const { endsAtStop, runsAll, isPrinted } = rules[kind];
  const failures: { readonly error: unknown }[] = [];
  for (const member of kind === 'shutdown' ? members.toReversed() : members) {
    if (endsAtStop && isStopping()) return;
    try {
      if (kind === 'shutdown')
        await callWithin(Math.max(shutdownMilliseconds, leastShutdownMilliseconds), `${className}.${member}`, () => call(member));
      else await call(member);
    } catch (error) {
      if (!(isPrinted && isForOperator(error))) logFailure(log, `${kind} hook failed`, { hook: member }, error);
      if (!runsAll) throw error;
      failures.push({ error });
    }
  }
  const [first] = failures;
  if (first) throw first.error;
}

function isForOperator(error: unknown): boolean {
  return error instanceof ConfigError || error instanceof ExitExporter;
}

async function callWithin(milliseconds: number, where: string, call: () => unknown): Promise<void> {
  // Anything that can be awaited may be returned.
  const called = (async () => await call())();
  if (await settlesWithin(called, milliseconds)) return void (await called);
  throw new ScrapeError({
    code: 'STUCK_HOOK',
    where,
    what: `has not ended within ${milliseconds / 1_000} s, and is left behind`,
    mend: 'Let it end sooner, or give it more time by --shutdown-timeout',
  });
}
