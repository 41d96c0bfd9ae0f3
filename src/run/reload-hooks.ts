import { type Logger, logFailure } from '../log.js';
import type { Reload } from '../model/hook.js';
import type { Closer } from './life-cycle.js';
import type { Reloadable } from './reloader.js';

interface ReloadHooks {
  /** Runs the hooks; logs and rejects with the first failure. */
  readonly run: (context: Pick<Reload, 'signal' | 'commit'>) => Promise<void>;
  readonly log: Logger;
  readonly onStop: (stop: Closer) => void;
}

/** Makes the author's reload hooks a thing to reload: they prepare, and what they commit is put in force. */
export function createReloadHooks({ run, log, onStop }: ReloadHooks): Reloadable {
  let running: AbortController | undefined;
  onStop(async () => {
    running?.abort(new Error('The exporter stops.'));
    return true;
  });
  return {
    async prepare() {
      const commits: (() => void)[] = [];
      running = new AbortController();
      await run({ signal: running.signal, commit: (apply) => void commits.push(apply) });
      return () => applyAll(commits, log);
    },
  };
}

/** All of them, whatever fails, since the others count on it. */
function applyAll(commits: readonly (() => void)[], log: Logger): void {
  const failures: { readonly error: unknown }[] = [];
  for (const commit of commits) {
    try {
      commit();
    } catch (error) {
      logFailure(log, 'reload could not be put in force', {}, error);
      failures.push({ error });
    }
  }
  const [first] = failures;
  if (first) throw first.error;
}
