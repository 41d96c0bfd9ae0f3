import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import {
  type Counter,
  type Enum,
  Exporter,
  type Gauge,
  type Histogram,
  type Info,
  type Logger,
  Metric,
  NoData,
  OnScrape,
  type Summary,
} from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { parseMetrics, startTestExporter } from '../../src/testing/index.js';

@Exporter({ name: 'farm-exporter', description: 'A farm.' })
class Farm {
  @Metric({ type: 'gauge', help: 'Eggs, by hen.', labels: ['hen'] }) eggs!: Gauge<'hen'>;
  @Metric({ type: 'gauge', help: 'When a hen was seen.', labels: ['hen'], stale: 'keep' }) seen!: Gauge<'hen'>;
  @Metric({ type: 'gauge', help: 'Warmth.' }) warmth!: Gauge;
  @Metric({ type: 'info', help: 'The farmer.', labels: ['name'] }) farmer!: Info<'name'>;
  @Metric({ type: 'enum', help: 'The gates.', labels: ['side'], states: ['open', 'shut'] }) gate!: Enum<'open' | 'shut', 'side'>;
  @Metric({ type: 'counter', help: 'Milk, as the meter says.', labels: ['cow'] }) milk!: Counter<'cow'>;
  @Metric({ type: 'histogram', help: 'Weights, as the scales say.', labels: ['cow'], buckets: [1] }) weight!: Histogram<'cow'>;
  @Metric({ type: 'counter', help: 'Calls.', labels: ['cow'] }) moos!: Counter<'cow'>;
  @Metric({ type: 'histogram', help: 'Naps.', labels: ['cow'], buckets: [1] }) naps!: Histogram<'cow'>;
  @Metric({ type: 'summary', help: 'Walks.', labels: ['cow'], percentiles: [0.5] }) walks!: Summary<'cow'>;

  /** What the collectors do in the next scrapes. */
  first: (() => unknown)[] = [];
  second: (() => unknown)[] = [];
  @OnScrape() updateFirst() {
    return this.first.shift()?.();
  }
  @OnScrape() updateSecond() {
    return this.second.shift()?.();
  }
}

/** Acts while so much time passes, by jest's clock. */
async function passing<T>(milliseconds: number, act: () => Promise<T>): Promise<T> {
  jest.useFakeTimers();
  const acting = act();
  await jest.advanceTimersByTimeAsync(milliseconds);
  jest.useRealTimers();
  return acting;
}

async function start() {
  const warnings: unknown[] = [];
  const warn = (fields: object | string, message?: string): void => {
    if (typeof fields === 'object' && 'collector' in fields) warnings.push([fields, message]);
  };
  const log: Logger = { ...silentLogger, warn };
  const test = await startTestExporter(Farm, { log, options: { webDisableExporterMetrics: true } });
  const { exporter, instance: farm } = test;
  /** The samples without those about the collectors: `eggs{ada}=1 warmth{}=20`. HELP and TYPE are there always. */
  const scrape = async (request: Parameters<typeof exporter.scrape>[0] = {}): Promise<string> => {
    const { status, body } = await exporter.scrape(request);
    if (status === 200) expect(body.toString().match(/^# (?:HELP|TYPE) (?!farm_scrape_)/gm)).toHaveLength(2 * exporter.spec.metrics.length);
    const samples = status === 200 ? parseMetrics(body.toString()).flatMap((family) => family.samples) : [];
    const told = samples.filter(({ name }) => !name.startsWith('farm_scrape_'));
    return told.map(({ name, labels, value }) => `${name}{${Object.values(labels).join()}}=${value}`).join(' ');
  };
  return {
    farm,
    scrape,
    /** Scrapes with this as what the first collector does. */
    scrapeWith: (update: () => unknown): Promise<string> => {
      farm.first.push(update);
      return scrape();
    },
    warnings,
    [Symbol.asyncDispose]: () => test.stop(),
  };
}

const dropped = [{ collector: 'update_first' }, 'set after the end of the call, and dropped'];
const failing = (): never => {
  throw new Error('no answer');
};

/** A promise and what resolves it. */
function door() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

test.each<[way: string, run: (set: () => void) => unknown]>([
  ['at once', (set) => set()],
  ['after it has waited', async (set) => (await sleep(1), set())],
  ['in a helper that waits', (set) => (async () => (await nextTurn(), set()))()],
  ['in promises that it started', (set) => Promise.all([sleep(2).then(set), nextTurn().then(set), Promise.resolve().then(set)])],
  ['in a timer', (set) => new Promise<void>((done) => setTimeout(() => done(set()), 1))],
  ['in what listens', (set) => new EventEmitter().on('it', set).emit('it')],
])('what a handler sets %s is told when its call has ended, and gone after the next', async (_way, run) => {
  await using parts = await start();
  const { farm, scrape, scrapeWith } = parts;
  const { opened, open } = door();
  const set = door();
  const answer = scrapeWith(async () => {
    const child = farm.eggs.labels('bea');
    await run(() => (farm.eggs.set({ hen: 'ada' }, 1), child.set(2), farm.warmth.set(20)));
    set.open();
    await opened;
  });
  await set.opened;
  expect(await scrape({ collect: ['update_second'] })).toBe('');
  open();
  expect(await answer).toBe('eggs{ada}=1 eggs{bea}=2 warmth{}=20');
  expect(await scrape()).toBe('');
  expect(parts.warnings).toEqual([]);
});

test('what a handler counts is told at once, and stays whatever becomes of its call', async () => {
  await using parts = await start();
  const { farm, scrape, scrapeWith } = parts;
  const count = (): void => {
    farm.moos.inc({ cow: 'c' });
    farm.naps.observe({ cow: 'c' }, 1);
    farm.walks.observe({ cow: 'c' }, 3);
  };
  const told = (times: number): string =>
    `moos_total{c}=${times} naps_bucket{c,1.0}=${times} naps_bucket{c,+Inf}=${times} naps_sum{c}=${times} naps_count{c}=${times} ` +
    `walks{c,0.5}=3 walks_sum{c}=${3 * times} walks_count{c}=${times}`;
  const { opened, open } = door();
  const answer = scrapeWith(async () => (count(), await opened, count()));
  await nextTurn();
  expect(await scrape({ collect: ['update_second'] })).toBe(told(1));
  open();
  expect(await answer).toBe(told(2));
  expect(await scrapeWith(() => (count(), failing()))).toBe(told(3));
  const late = door();
  farm.first.push(async () => (await late.opened, count()));
  expect(await passing(500, () => scrape({ timeoutSeconds: 0.5 }))).toBe(told(3));
  late.open();
  await nextTurn();
  expect(await scrape()).toBe(told(4));
  expect(parts.warnings).toEqual([]);
});

describe('a series that is not set again is gone, and its HELP and TYPE stay', () => {
  test.each<[what: string, set: (farm: Farm, key: string) => void, told: (key: string) => string]>([
    ['a gauge', (farm, hen) => farm.eggs.set({ hen }, 1), (key) => `eggs{${key}}=1`],
    ['a gauge that is raised', (farm, hen) => farm.eggs.inc({ hen }), (key) => `eggs{${key}}=1`],
    ['an info', (farm, name) => farm.farmer.info({ name }), (key) => `farmer_info{${key}}=1`],
    ['an enum', (farm, side) => farm.gate.state({ side }, 'shut'), (key) => `gate{${key},open}=0 gate{${key},shut}=1`],
    ['a mirrored counter', (farm, cow) => farm.milk.setTotal({ cow }, 7), (key) => `milk_total{${key}}=7`],
    [
      'a mirrored histogram',
      (farm, cow) => farm.weight.setBuckets({ cow }, { buckets: { 1: 2 }, sum: 3, count: 4 }),
      (key) => `weight_bucket{${key},1.0}=2 weight_bucket{${key},+Inf}=4 weight_sum{${key}}=3 weight_count{${key}}=4`,
    ],
  ])('%s', async (_what, set, told) => {
    await using parts = await start();
    const { farm, scrapeWith } = parts;
    expect(await scrapeWith(() => ['x', 'y'].forEach((key) => set(farm, key)))).toBe(`${told('x')} ${told('y')}`);
    expect(await scrapeWith(() => set(farm, 'z'))).toBe(told('z'));
    expect(await scrapeWith(() => failing())).toBe('');
    expect(await scrapeWith(() => set(farm, 'x'))).toBe(told('x'));
    farm.first.push(() => {
      throw new NoData('no cows');
    });
    expect(await parts.scrape()).toBe('');
  });
});

test("stale: 'keep' has a series until it is removed, also when a call fails", async () => {
  await using parts = await start();
  const { farm, scrapeWith } = parts;
  expect(await scrapeWith(() => ['ada', 'bea'].forEach((hen) => farm.seen.set({ hen }, 1)))).toBe('seen{ada}=1 seen{bea}=1');
  expect(await scrapeWith(() => farm.seen.set({ hen: 'bea' }, 2))).toBe('seen{ada}=1 seen{bea}=2');
  expect(await scrapeWith(() => (farm.seen.set({ hen: 'bea' }, 3), failing()))).toBe('seen{ada}=1 seen{bea}=2');
  expect(await scrapeWith(() => farm.seen.remove('ada'))).toBe('seen{bea}=2');
  farm.seen.remove('bea');
  expect(await scrapeWith(() => {})).toBe('');
});

describe('nothing is published, and what is set afterwards is dropped with one warning', () => {
  test('of a call that fails', async () => {
    await using parts = await start();
    const { farm, scrapeWith } = parts;
    const { opened, open } = door();
    const ghost = async (): Promise<void> => (await opened, farm.eggs.set({ hen: 'ada' }, 1), farm.warmth.set(2));
    expect(await scrapeWith(() => (farm.eggs.set({ hen: 'bea' }, 3), void ghost(), failing()))).toBe('');
    open();
    await nextTurn();
    expect(await scrapeWith(() => {})).toBe('');
    expect(parts.warnings).toEqual([dropped]);
  });

  test('of a call that is late', async () => {
    await using parts = await start();
    const { farm, scrape } = parts;
    const { opened, open } = door();
    farm.first.push(async () => {
      farm.eggs.set({ hen: 'ada' }, 1);
      await opened;
      farm.eggs.set({ hen: 'ada' }, 2);
      farm.eggs.set({ hen: 'bea' }, 2);
    });
    expect(await passing(500, () => scrape({ timeoutSeconds: 0.5 }))).toBe('');
    open();
    await nextTurn();
    expect(await scrape()).toBe('');
    expect(parts.warnings).toEqual([dropped]);
  });

  test('of a call that left something behind it that goes on', async () => {
    await using parts = await start();
    const { farm, scrapeWith } = parts;
    const { opened, open } = door();
    expect(await scrapeWith(() => (farm.warmth.set(1), void opened.then(() => farm.warmth.set(2))))).toBe('warmth{}=1');
    open();
    await nextTurn();
    expect(await scrapeWith(() => farm.warmth.set(3))).toBe('warmth{}=3');
    expect(parts.warnings).toEqual([dropped]);
  });
});

test('of a set outside and a call the later has the series', async () => {
  await using parts = await start();
  const { farm, scrape, scrapeWith } = parts;
  farm.warmth.set(1);
  expect(await scrape()).toBe('warmth{}=1');
  expect(await scrapeWith(() => farm.warmth.set(2))).toBe('warmth{}=2');
  // Now it is the handler's.
  expect(await scrape()).toBe('');
  expect(await scrapeWith(() => farm.warmth.set(3))).toBe('warmth{}=3');
  farm.warmth.set(3);
  // Now it is nobody's again.
  expect(await scrapeWith(failing)).toBe('warmth{}=3');
  const { opened, open } = door();
  const answer = scrapeWith(async () => (farm.warmth.set(4), await opened));
  await nextTurn();
  farm.warmth.set(5);
  expect(await scrape({ collect: ['update_second'] })).toBe('warmth{}=5');
  open();
  expect(await answer).toBe('warmth{}=4');
});

test.each([
  ['declared first', [1, 2]],
  ['declared last', [2, 1]],
])('of two collectors that set one series the one declared first has it, if the one %s ends first; one warning', async (_rule, order) => {
  await using parts = await start();
  const { farm, scrape } = parts;
  for (let round = 0; round < 3; round++) {
    const doors = [door(), door()] as const;
    farm.first.push(async () => (await doors[0].opened, farm.eggs.set({ hen: 'ada' }, 1), farm.eggs.set({ hen: 'bea' }, 1)));
    farm.second.push(async () => (await doors[1].opened, ['ada', 'bea', 'cleo'].forEach((hen) => farm.eggs.set({ hen }, 2))));
    const answer = scrape();
    for (const place of order) {
      await nextTurn();
      doors[place - 1]?.open();
    }
    expect(await answer).toMatch(/^(?=.*eggs\{ada\}=1)(?=.*eggs\{bea\}=1)(?=.*eggs\{cleo\}=2)/);
  }
  expect(parts.warnings).toHaveLength(1);
  expect(parts.warnings).toMatchObject([[{ series: 'eggs{hen="ada"}' }, 'set by two collectors']]);
});

describe('what the events of a connection set', () => {
  const connectTo = (port: number) => new Promise<Socket>((resolve) => { const socket = connect(port, '127.0.0.1', () => resolve(socket)); }); // prettier-ignore

  test('belongs to the call that has opened it, and is dropped once that is over', async () => {
    await using parts = await start();
    const { farm, scrape, scrapeWith, warnings } = parts;
    await using server = await listen();
    const events = new EventEmitter();
    let client: Socket | undefined;
    await scrapeWith(async () => {
      client = await connectTo(server.port);
      client.on('data', () => {
        farm.eggs.set({ hen: 'ada' }, 1);
        events.emit('data');
      });
    });
    const heard = once(events, 'data');
    farm.first.push(async () => {
      server.send('x');
      // What comes after an await belongs to the call that waits.
      await heard;
      farm.eggs.set({ hen: 'bea' }, 2);
    });
    expect(await scrape()).toBe('eggs{bea}=2');
    expect(warnings).toEqual([dropped]);
    client?.destroy();
  });

  test('is set outside where a startup hook has opened it', async () => {
    await using parts = await start();
    await using server = await listen();
    const events = new EventEmitter();
    const client = await connectTo(server.port);
    client.on('data', () => {
      parts.farm.eggs.set({ hen: 'ada' }, 1);
      events.emit('data');
    });
    const heard = once(events, 'data');
    server.send('x');
    await heard;
    expect(await parts.scrape()).toBe('eggs{ada}=1');
    client.destroy();
  });
});

/** A server that sends to who has come last. */
async function listen() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const send = (text: string): void => void sockets.at(-1)?.write(text);
  return { port: (server.address() as AddressInfo).port, send, [Symbol.asyncDispose]: async () => void server.close() };
}
