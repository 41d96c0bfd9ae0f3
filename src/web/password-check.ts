import { createHmac, randomBytes } from 'node:crypto';
import { messageOf } from '../errors.js';
import type { Logger } from '../log.js';
import type { Credentials } from './basic-auth.js';
import { createDecoy, type Verify } from './bcrypt.js';
import { TurnQueue } from './turn-queue.js';

/** How many wrong passwords are remembered. */
const mostWrong = 100;

/** Who waits for a check. */
export interface Client {
  readonly address: string;
  readonly isGone: () => boolean;
}

/** `busy`: too many checks are waiting. */
export type Verdict = 'right' | 'wrong' | 'busy';

interface Check {
  readonly verdict: Promise<Verdict>;
  readonly clients: Client[];
}

/**
 * Checks passwords, one at a time, since each check is meant to be dear, and remembers the outcomes. Nothing tells from
 * outside whether a user exists.
 */
export class PasswordCheck {
  readonly #verify: Verify;
  readonly #log: Logger;
  readonly #queue = new TurnQueue();
  /** Passwords are remembered by a digest with this key, which no other process knows. */
  readonly #key = randomBytes(32);
  readonly #checks = new Map<string, Check>();
  /** The last right password of each user. Wrong ones, however many, cannot push it out. */
  readonly #right = new Map<string, string>();
  /** The one that was asked for longest ago comes first. */
  readonly #wrong = new Set<string>();
  #users: ReadonlyMap<string, string> = new Map();
  /** One for each user, with the cost of that user's. */
  #decoys: readonly string[] = [];

  constructor(verify: Verify, log: Logger) {
    this.#verify = verify;
    this.#log = log;
  }

  /** Puts other users in force. Outcomes of hashes that have changed are not found again. */
  use(users: ReadonlyMap<string, string>): void {
    for (const user of this.#right.keys()) if (users.get(user) !== this.#users.get(user)) this.#right.delete(user);
    this.#wrong.clear();
    this.#users = users;
    this.#decoys = [...users.values()].map(createDecoy);
  }

  /** Gives what is remembered; undefined where it has to be checked. */
  recall(credentials: Credentials): Verdict | undefined {
    const digest = this.#digest(credentials, this.#hashOf(credentials));
    if (this.#right.get(credentials.user) === digest) return 'right';
    if (!this.#wrong.delete(digest)) return undefined;
    this.#wrong.add(digest);
    return 'wrong';
  }

  /** Checks a password. All who ask for the same one share the check. */
  async check(credentials: Credentials, client: Client): Promise<Verdict> {
    const hash = this.#hashOf(credentials);
    const digest = this.#digest(credentials, hash);
    const running = this.#checks.get(digest);
    running?.clients.push(client);
    const check = running ?? this.#begin({ credentials, hash, digest }, client);
    const verdict = await check.verdict;
    // Users may have changed in the meantime.
    const isStale = verdict !== 'busy' && hash !== this.#hashOf(credentials);
    return isStale ? (this.recall(credentials) ?? this.check(credentials, client)) : verdict;
  }

  #begin(subject: Subject, client: Client): Check {
    const { promise: verdict, resolve } = createPromise<Verdict>();
    const check: Check = { verdict, clients: [client] };
    const end = (outcome: Verdict): void => {
      this.#checks.delete(subject.digest);
      resolve(outcome);
    };
    this.#checks.set(subject.digest, check);
    const isAdded = this.#queue.add(client.address, async () => {
      const isWanted = check.clients.some(({ isGone }) => !isGone());
      end(isWanted ? await this.#run(subject) : 'busy');
    });
    if (!isAdded) end('busy');
    return check;
  }

  async #run({ credentials: { user, password }, hash, digest }: Subject): Promise<Verdict> {
    const isRight = await this.#verify(password, hash).catch((error: unknown) => {
      this.#log.error({ error: messageOf(error) }, 'cannot check a password');
      return false;
    });
    // A decoy is never right, and neither is a hash that is no longer the user's.
    if (isRight && this.#users.get(user) === hash) {
      this.#right.set(user, digest);
      return 'right';
    }
    this.#wrong.add(digest);
    for (const oldest of this.#wrong) if (this.#wrong.size > mostWrong) this.#wrong.delete(oldest);
    return 'wrong';
  }

  /** An unknown user has the decoy of a known one, always the same, so that its cost tells nothing. */
  #hashOf({ user }: Credentials): string {
    const index = createHmac('sha256', this.#key).update(user).digest().readUInt32BE() % this.#decoys.length;
    return this.#users.get(user) ?? this.#decoys[index] ?? '';
  }

  /** The parts cannot run into each other, as they could in CVE-2022-46146. */
  #digest({ user, password }: Credentials, hash: string): string {
    const digest = createHmac('sha256', this.#key);
    for (const part of [Buffer.from(user), Buffer.from(hash), password]) digest.update(`${part.length}:`).update(part);
    return digest.digest('base64');
  }
}

interface Subject {
  readonly credentials: Credentials;
  readonly hash: string;
  readonly digest: string;
}

function createPromise<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
