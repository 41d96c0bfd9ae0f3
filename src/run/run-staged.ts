/** What an update handler sets while it runs, as far as it is of interest here. */
interface StagedCall {
  run<T>(update: () => T): T;
  publish(): void;
  discard(): void;
}

/**
 * Runs an update handler so that what it sets is published all at once when it has succeeded in time, else not at all.
 *
 * @throws what the update handler throws.
 */
export async function runStaged(call: StagedCall, signal: AbortSignal, update: () => unknown): Promise<void> {
  const discard = (): void => call.discard();
  signal.addEventListener('abort', discard, { once: true });
  try {
    await call.run(update);
    call.publish();
  } catch (error) {
    call.discard();
    throw error;
  } finally {
    signal.removeEventListener('abort', discard);
  }
}
