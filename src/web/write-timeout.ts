import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Session } from 'node:http2';
import { breakOff } from './http2.js';

/** An answer of HTTP/1, or a stream of HTTP/2. */
interface Answer {
  readonly writableLength: number;
  destroy(): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/**
 * Cuts off who does not read: an answer of which bytes have been waiting for so long, at each look. One that waits for more
 * to be written is left alone.
 */
export class WriteTimeout {
  readonly #milliseconds: number;
  readonly #onCut: () => void;
  /** Since when bytes are waiting, by `performance.now`; undefined while none are. */
  readonly #answers = new Map<Answer, number | undefined>();
  #timer: NodeJS.Timeout | undefined;

  /** @param milliseconds 0 for any time */
  constructor(milliseconds: number, onCut: () => void) {
    this.#milliseconds = milliseconds;
    this.#onCut = onCut;
  }

  readonly watchRequest = (_req: IncomingMessage, res: ServerResponse): void => this.#watch(res);

  watchSession(session: ServerHttp2Session): void {
    session.on('stream', (stream) =>
      this.#watch({
        get writableLength() {
          return stream.writableLength;
        },
        destroy: () => breakOff(stream),
        once: (event, listener) => stream.once(event, listener),
      }),
    );
  }

  #watch(answer: Answer): void {
    if (this.#milliseconds === 0) return;
    this.#answers.set(answer, undefined);
    answer.once('close', () => this.#answers.delete(answer));
    if (this.#timer !== undefined) return;
    // One timer for all: most answers are gone before it is due.
    this.#timer = setInterval(() => this.#look(), Math.min(1_000, this.#milliseconds / 4));
    this.#timer.unref();
  }

  #look(): void {
    const now = performance.now();
    for (const [answer, since] of this.#answers) {
      const isWaiting = answer.writableLength > 0;
      if (isWaiting !== (since !== undefined)) this.#answers.set(answer, isWaiting ? now : undefined);
      if (!isWaiting || since === undefined || now - since < this.#milliseconds) continue;
      this.#onCut();
      answer.destroy();
    }
    if (this.#answers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
