/** What an update handler sets while it runs, as far as it is of interest here. */
interface StagedCall {
  run<T>(update: () => T): T;
  publish(): void;
  discard(): void;
}

/** Tells when a call is to end before its update handler has. */
interface Ending {
  onAbort(listener: () => void): void;
}

/**
 * Runs an update handler so that what it sets is published all at once when it has succeeded in time, else not at all.
 *
 * @throws what the update handler throws.
 */
export async function runStaged(call: StagedCall, ending: Ending, update: () => unknown): Promise<void> {
  ending.onAbort(() => call.discard());
  try {
    // Awaited inside, since anything that can be awaited may be returned, and works only then.
    await call.run(async () => await update());
    call.publish();
  } catch (error) {
    call.discard();
    throw error;
  }
}
