import { Exporter, type Gauge, type LiveExporter, type Logger, Metric, NoData, type Scrape } from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { startTestExporter, type TestExporterOptions, type TestScrape } from '../../src/testing/index.js';

export type Declaration = Parameters<LiveExporter['addCollector']>[1];
export type Update = (scrape: Scrape) => unknown;

@Exporter({ name: 'farm-exporter', description: 'A farm.' })
class Farm {
  @Metric({ type: 'gauge', help: 'Animals, by kind.', labels: ['kind'] }) animals!: Gauge<'kind'>;
}

/** Starts an exporter with these collectors; each sets one series, unless it is told to do something else next. */
export async function startFarm(collectors: Readonly<Record<string, Declaration>>, options: TestExporterOptions<Farm> = {}) {
  const lines: unknown[] = [];
  const note = (level: string) => (fields: object | string, message?: string) => {
    if (typeof fields === 'object' && !('stack' in fields)) lines.push([level, fields, message]);
  };
  const log: Logger = { ...silentLogger, error: note('error'), debug: note('debug') };
  const test = await startTestExporter(Farm, { log, ...options });
  const next: Record<string, Update[]> = {};
  const calls: Record<string, number> = {};
  for (const [kind, declaration] of Object.entries(collectors)) {
    const updates: Update[] = (next[kind] = []);
    calls[kind] = 0;
    test.exporter.addCollector(kind, declaration, (scrape) => {
      const call = (calls[kind] ?? 0) + 1;
      calls[kind] = call;
      return (updates.shift() ?? (() => test.instance.animals.set({ kind }, call)))(scrape);
    });
  }
  return {
    exporter: test.exporter,
    url: test.url,
    scrape: (timeoutSeconds?: number) => test.scrape(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    stop: () => test.stop(),
    calls,
    lines,
    will: (kind: string, update: Update) => void next[kind]?.push(update),
  };
}

/** `200 cows=1 hens=1 · cows 1 hens 0`: the animals, and which collectors have succeeded. */
export function told({ status, text, families }: TestScrape): string {
  if (status !== 200) return `${status} ${text.trim()}`;
  const samples = families.flatMap((family) => family.samples);
  const animals = samples.filter(({ name }) => name === 'animals').map(({ labels, value }) => ` ${labels['kind']}=${value}`);
  const successes = samples.filter(({ name }) => name === 'farm_scrape_collector_success');
  return `${status}${animals.toSorted().join('')} · ${successes.map(({ labels, value }) => `${labels['collector']} ${value}`).join(' ')}`;
}

export const failed = (names: string): string => `500 Failed or late: ${names}. See the log of the exporter.`;

export const fails: Update = () => {
  throw new Error('no answer');
};
export const hangs: Update = () => new Promise(() => {});
export const nothing: Update = () => {
  throw new NoData('gone to the fair');
};

export const wait = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

/** Tells what answers say, and how many milliseconds they take by jest's clock. */
export async function measure(...answers: readonly Promise<TestScrape>[]): Promise<readonly [told: string, milliseconds: number][]> {
  const began = Date.now();
  let areDone = false;
  const all = Promise.all(answers.map(async (answer) => [told(await answer), Date.now() - began] as [string, number]));
  void all.finally(() => (areDone = true));
  for (await wait(0); !areDone && jest.getTimerCount() > 0;) await jest.advanceTimersToNextTimerAsync();
  return all;
}

export const answerOf = async (answer: Promise<TestScrape>): Promise<string | undefined> => (await measure(answer))[0]?.[0];
