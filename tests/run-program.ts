import { Writable } from 'node:stream';
import { runExporter } from '../src/index.js';
import { until } from './until.js';

type ExporterClass = new () => object;

/** Keeps what is written to it. */
export class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }

  get lines(): readonly string[] {
    return this.text.split('\n').filter((line) => line !== '');
  }
}

/** Runs the program in this process, with its JSON log on the side; `code` resolves when it ends. */
export function runProgram(exporters: ExporterClass | readonly ExporterClass[], argv: readonly string[], env: Record<string, string> = {}) {
  const stdout = new Sink();
  const stderr = new Sink();
  const code = runExporter(exporters, { argv, env: { EXP_LOG_FORMAT: 'json', ...env }, stdout, stderr });
  return {
    code,
    stdout,
    stderr,
    /** The log events so far. */
    get log(): readonly Readonly<Record<string, unknown>>[] {
      return stderr.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    /** Waits for the log line that says where the program listens. */
    async url(): Promise<string> {
      const listening = () => this.log.find(({ msg }) => msg === 'listening');
      let ended: number | undefined;
      void code.then((one) => (ended = one));
      await until(
        () => listening() !== undefined || ended !== undefined,
        () => `does not listen: ${stderr.text}`,
      );
      const urls = listening()?.['urls'] as readonly string[] | undefined;
      if (!urls) throw new Error(`ended with ${ended}: ${stderr.text}`);
      return urls[0] ?? '';
    },
  };
}
