import { UsageMeter } from '../../../samples/host/usage-meter.js';

const full = { bsize: 4096, blocks: 1000, bfree: 300, bavail: 250, files: 64, ffree: 60 };
const usage = { sizeBytes: 4_096_000, freeBytes: 1_228_800, availBytes: 1_024_000, files: 64, filesFree: 60 };
const { signal } = new AbortController();

test('blocks become bytes', async () => {
  expect(await new UsageMeter(async () => full).measure(['/'], 1000, signal)).toEqual(new Map([['/', usage]]));
});

test('a real filesystem tells its size', async () => {
  const root = (await new UsageMeter().measure(['/'], 10_000, signal)).get('/');
  expect(root?.sizeBytes).toBeGreaterThan(0);
  expect(root?.freeBytes).toBeLessThanOrEqual(root?.sizeBytes ?? 0);
});

test('an error of one filesystem leaves the others alone', async () => {
  const meter = new UsageMeter((mountpoint) => (mountpoint === '/bad' ? Promise.reject(new Error('EIO')) : Promise.resolve(full)));
  expect(await meter.measure(['/bad', '/good'], 1000, signal)).toEqual(new Map([['/bad', undefined], ['/good', usage]])); // prettier-ignore
});

describe('a filesystem that hangs', () => {
  const asked: string[] = [];
  let answer = (): void => {};
  const meter = new UsageMeter((mountpoint) => {
    asked.push(mountpoint);
    return mountpoint === '/good' ? Promise.resolve(full) : new Promise((resolve) => (answer = () => resolve(full)));
  });

  test('holds up nobody for longer than the timeout', async () => {
    expect(await meter.measure(['/hung', '/good'], 1, signal)).toEqual(new Map([['/hung', undefined], ['/good', usage]])); // prettier-ignore
  });

  test('holds up nobody once the signal aborts', async () => {
    const controller = new AbortController();
    const usages = meter.measure(['/hung too'], 1_000_000, controller.signal);
    controller.abort();
    expect(await usages).toEqual(new Map([['/hung too', undefined]]));
  });

  test('is not asked again before it has answered', async () => {
    asked.length = 0;
    expect(await meter.measure(['/hung too'], 1, signal)).toEqual(new Map([['/hung too', undefined]]));
    expect(asked).toEqual([]);
  });

  test('is asked again when it has answered', async () => {
    answer();
    await new Promise(setImmediate);
    const usages = meter.measure(['/hung too'], 1_000_000, signal);
    expect(asked).toEqual(['/hung too']);
    answer();
    expect(await usages).toEqual(new Map([['/hung too', usage]]));
  });
});
