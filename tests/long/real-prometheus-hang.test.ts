import { Exporter, type Gauge, Metric, OnScrape } from '../../src/index.js';
import { startTestExporter } from '../../src/testing/index.js';
import { describeWith } from '../real-parts.js';
import { startPrometheus, until } from '../samples/prometheus.js';

@Exporter({ name: 'hang-exporter', description: 'Has a source that hangs.', namespace: 'hang' })
class HangExporter {
  @Metric({ type: 'gauge', help: 'How often the source that works was asked.' }) steady!: Gauge;
  @Metric({ type: 'gauge', help: 'What the source says that hangs.', labels: ['part'] }) shaky!: Gauge<'part'>;
  source: Promise<void> | undefined;
  calls = 0;

  @OnScrape() updateSteady() {
    this.calls += 1;
    this.steady.set(this.calls);
  }
  /** Does not heed its signal. */
  @OnScrape() async updateShaky() {
    await this.source;
    for (const part of ['left', 'right']) this.shaky.set({ part }, 7);
  }
}

describeWith('prometheus', 'a real Prometheus', () => {
  test('a collector that hangs costs its own series only, which are stale at once, and come back', async () => {
    // Answers come long before Prometheus gives up, also on a slow machine.
    await using exporter = await startTestExporter(HangExporter, {
      listen: true,
      options: { host: ['127.0.0.1'], scrapeTimeoutOffset: '800ms' },
    });
    await using prometheus = await startPrometheus([
      { job_name: 'hang', static_configs: [{ targets: [new URL(exporter.url ?? '').host] }] },
    ]);
    const valuesOf = async (expression: string) => (await prometheus.query(expression)).map(({ value }) => Number(value[1]));
    const untilIs = (expression: string, expected: readonly number[]): Promise<void> =>
      until(async () => JSON.stringify(await valuesOf(expression)) === JSON.stringify(expected));
    const success = 'hang_scrape_collector_success{collector="update_shaky"}';

    await prometheus.untilUp(['hang']);
    await untilIs('hang_shaky', [7, 7]);
    await untilIs(success, [1]);

    let release = (): void => {};
    exporter.instance.source = new Promise((resolve) => (release = resolve));
    await untilIs(success, [0]);
    // Prometheus would show them for five minutes, were they not marked as stale.
    expect(await valuesOf('hang_shaky')).toEqual([]);
    const before = exporter.instance.calls;
    await until(async () => (await valuesOf('hang_steady'))[0]! > before + 1);
    expect(await valuesOf('hang_scrape_collector_success{collector="update_steady"}')).toEqual([1]);
    expect(await valuesOf('hang_scrape_collector_last_success_timestamp_seconds')).toHaveLength(2);
    // No scrape has failed.
    expect(await valuesOf('min_over_time(up[5m])')).toEqual([1]);

    release();
    await untilIs(success, [1]);
    expect(await valuesOf('hang_shaky')).toEqual([7, 7]);
  });
});
