import { constants } from 'node:os';
import type { LiveExporter } from '../model/hook.js';

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/** Lets the first signal stop the exporter and the second end the process at once; returns what undoes it. */
export function stopOnSignals(exporter: LiveExporter): () => void {
  let isStopping = false;
  const handle = (signal: (typeof stopSignals)[number]): void => {
    if (isStopping) process.exit(128 + constants.signals[signal]);
    isStopping = true;
    exporter.log.info({ signal }, 'stopping');
    // What goes wrong is logged there and told by the exit code.
    exporter.stop().catch(() => {});
  };
  for (const signal of stopSignals) process.on(signal, handle);
  return () => {
    for (const signal of stopSignals) process.off(signal, handle);
  };
}

/** Lets SIGHUP reload the exporter, which without this would end the process; returns what undoes it. */
export function reloadOnSignal(exporter: LiveExporter, served: Promise<void>): () => void {
  const handle = (signal: string): void => {
    exporter.log.info({ signal }, 'reloading');
    // One that comes during the start has its turn after it. What goes wrong is logged there.
    served.then(() => exporter.reload()).catch(() => {});
  };
  process.on('SIGHUP', handle);
  return () => process.off('SIGHUP', handle);
}

/** Keeps what cannot be written (`--help | head`, a log on a full disk) from ending the program. */
export function ignoreWriteErrors(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** Ends the process once its output is written. Timers and sockets that somebody left open do not hold it up. */
export async function exitProcess(code: number): Promise<void> {
  process.exitCode = code;
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write('', () => resolve()))));
  process.exit(code);
}
