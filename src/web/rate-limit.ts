import type { RateLimit } from '../model/web-config.js';

/** A bucket of tokens: each request takes one, and one comes back at each interval. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  #tokens: number;
  #at: number;

  /** `now` is in milliseconds and never goes back. */
  constructor(limit: RateLimit, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    this.#tokens = limit.burst;
    this.#at = now();
  }

  /** Takes a token; else gives the milliseconds until there is one, which is never where nothing may be taken at once. */
  take(): { readonly waitMilliseconds: number } | undefined {
    const { intervalMilliseconds: interval, burst } = this.#limit;
    const now = this.#now();
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#at) / interval);
    this.#at = now;
    if (this.#tokens < 1) return { waitMilliseconds: (1 - this.#tokens) * interval };
    this.#tokens -= 1;
    return undefined;
  }
}
