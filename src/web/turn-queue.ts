/** How many jobs may wait for one client, and how many in all. */
const mostWaiting = { ofOne: 16, ofAll: 256 } as const;

type Job = () => Promise<void>;

/** Runs one job at a time. Clients take turns, so that one with many jobs does not keep the others waiting. */
export class TurnQueue {
  /** Whose turn is next comes first. */
  readonly #waiting = new Map<string, Job[]>();
  #count = 0;
  #isRunning = false;

  /** Adds a job, which must not fail; false where too many wait already. */
  add(client: string, job: Job): boolean {
    const jobs = this.#waiting.get(client) ?? [];
    if (jobs.length >= mostWaiting.ofOne || this.#count >= mostWaiting.ofAll) return false;
    jobs.push(job);
    this.#count += 1;
    this.#waiting.set(client, jobs);
    if (!this.#isRunning) void this.#run();
    return true;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let job = this.#take(); job; job = this.#take()) await job();
    this.#isRunning = false;
  }

  #take(): Job | undefined {
    for (const [client, jobs] of this.#waiting) {
      const job = jobs.shift();
      this.#count -= 1;
      this.#waiting.delete(client);
      if (jobs.length > 0) this.#waiting.set(client, jobs);
      return job;
    }
    return undefined;
  }
}
