import { ConfigError, ExitExporter } from '../errors.js';
import { type Logger, logFailure } from '../log.js';
import type { HookKind } from '../model/declaration.js';

interface Hooks {
  readonly kind: HookKind;
  /** In the order of startup. */
  readonly members: readonly string[];
  readonly call: (member: string) => unknown;
  /** Whether the rest of the startup is to be left out. */
  readonly isStopping: () => boolean;
  readonly log: Logger;
}

/**
 * Runs the hooks of one kind one after the other: shutdown hooks in the reverse order, and all of them whatever fails.
 * Rejects with the first failure, which is logged.
 */
export async function runHooks({ kind, members, call, isStopping, log }: Hooks): Promise<void> {
  const failures: { readonly error: unknown }[] = [];
  for (const member of kind === 'shutdown' ? members.toReversed() : members) {
    if (kind === 'startup' && isStopping()) return;
    try {
      await call(member);
    } catch (error) {
      // What a hook says to the operator is printed, not logged.
      if (kind === 'shutdown' || !isForOperator(error)) logFailure(log, `${kind} hook failed`, { hook: member }, error);
      if (kind !== 'shutdown') throw error;
      failures.push({ error });
    }
  }
  const [first] = failures;
  if (first) throw first.error;
}

function isForOperator(error: unknown): boolean {
  return error instanceof ConfigError || error instanceof ExitExporter;
}
