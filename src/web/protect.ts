import { type IncomingMessage, type RequestListener, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Logger } from '../log.js';
import type { WebConfig } from '../model/web-config.js';
import { parseBasicAuth } from './basic-auth.js';
import { loadVerify } from './bcrypt.js';
import { PasswordCheck, type Verdict } from './password-check.js';
import type { RejectionReason } from './request-observer.js';
import { RateLimiter } from './rate-limit.js';

interface Terms {
  /** The `Server` header, which is the realm of the passwords as well. */
  readonly server: string;
  readonly log: Logger;
  /** Which requests need no password; none unless given. */
  readonly isOpen?: ((req: IncomingMessage) => boolean) | undefined;
  /** Hears why a request may not come in. */
  readonly onRejected?: ((reason: RejectionReason) => void) | undefined;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
}

const statusOf = { authentication: 401, password_checks: 503, rate_limit: 429 } as const satisfies Partial<Record<RejectionReason, number>>;

/** What stands before an application: the rate limit, the configured headers, the passwords, in this order. */
export class Protection {
  readonly #listener: RequestListener;
  readonly #terms: Terms;
  #web: WebConfig;
  #limiter: RateLimiter | undefined;
  #passwords: PasswordCheck | undefined;

  constructor(listener: RequestListener, web: WebConfig, terms: Terms) {
    this.#listener = listener;
    this.#terms = terms;
    this.#web = web;
    this.use(web);
  }

  /**
   * Puts another configuration in force for the requests to come.
   *
   * @throws ConfigError CONFIG where passwords cannot be checked; then nothing has changed.
   */
  use(web: WebConfig): void {
    if (web.users.size > 0) this.#passwords ??= new PasswordCheck(loadVerify(), this.#terms.log);
    this.#passwords?.use(web.users);
    const { rateLimit } = this.#web;
    const isSameLimit =
      rateLimit?.burst === web.rateLimit?.burst && rateLimit?.intervalMilliseconds === web.rateLimit?.intervalMilliseconds;
    if (!isSameLimit || !this.#limiter) {
      this.#limiter = web.rateLimit && new RateLimiter(web.rateLimit, this.#terms.now ?? (() => performance.now()));
    }
    this.#web = web;
  }

  /** Answers a request that may not come in, and lets the application answer the others. */
  readonly answer: RequestListener = (req, res) => {
    const wait = this.#limiter?.take();
    if (wait) return this.#refuse(res, 'rate_limit', { 'Retry-After': String(Math.max(1, Math.ceil(wait.waitMilliseconds / 1_000))) });
    keepHeaders(res, this.#web.headers);
    if (this.#web.users.size === 0 || this.#terms.isOpen?.(req)) this.#listener(req, res);
    else this.#authenticate(req, res);
  };

  #authenticate(req: IncomingMessage, res: ServerResponse): void {
    const credentials = parseBasicAuth(req.headers.authorization);
    const passwords = this.#passwords;
    if (!credentials || !passwords) return this.#conclude('wrong', req, res);
    const known = passwords.recall(credentials);
    if (known) return this.#conclude(known, req, res);
    const client = { address: req.socket.remoteAddress ?? '', isGone: () => res.destroyed };
    void passwords.check(credentials, client).then((verdict) => this.#conclude(verdict, req, res));
  }

  #conclude(verdict: Verdict, req: IncomingMessage, res: ServerResponse): void {
    if (res.destroyed) return;
    // The last user may have been taken away in the meantime.
    if (verdict === 'right' || this.#web.users.size === 0) this.#listener(req, res);
    else if (verdict === 'busy') this.#refuse(res, 'password_checks', { 'Retry-After': '1' });
    else this.#refuse(res, 'authentication', { 'WWW-Authenticate': `Basic realm="${this.#realm}", charset="UTF-8"` });
  }

  get #realm(): string {
    return this.#terms.server.replace(/\/.*$/s, '').replaceAll(/["\\]/g, '_');
  }

  #refuse(res: ServerResponse, reason: keyof typeof statusOf, headers: Readonly<Record<string, string>>): void {
    const { server, log, onRejected } = this.#terms;
    const status = statusOf[reason];
    onRejected?.(reason);
    log.debug({ status, client: res.req.socket.remoteAddress, method: res.req.method }, 'request refused');
    const text = `${STATUS_CODES[status]}\n`;
    const own = { Server: server, 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
    res.writeHead(status, { ...own, 'Content-Length': text.length, ...headers }).end(text);
  }
}

/** Sets headers, also where the application takes all headers away to answer an error. */
function keepHeaders(res: ServerResponse, headers: Readonly<Record<string, string>>): void {
  const entries = Object.entries(headers);
  if (entries.length === 0) return;
  for (const [name, value] of entries) res.setHeader(name, value);
  const writeHead = res.writeHead.bind(res) as (...given: readonly unknown[]) => ServerResponse;
  res.writeHead = (...given: readonly unknown[]) => {
    for (const [name, value] of entries) if (!res.hasHeader(name)) res.setHeader(name, value);
    return writeHead(...given);
  };
}
