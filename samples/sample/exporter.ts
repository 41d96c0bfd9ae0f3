import { Exporter, Metric, OnScrape } from 'expositor';
import type { Counter, Gauge } from 'expositor';

@Exporter({ name: 'expositor-sample', description: 'A sample exporter.', defaultPort: 9091 })
export class SampleExporter {
  @Metric({ type: 'gauge', help: 'a gauge', labels: ['foo', 'bar'], allow: ['type-in-name'] })
  aGauge!: Gauge<'foo' | 'bar'>;

  @Metric({ type: 'counter', help: 'a counter', labels: ['baz'], allow: ['type-in-name'] })
  aCounter!: Counter<'baz'>;

  @OnScrape()
  update() {
    for (const foo of ['this-foo', 'other-foo']) {
      for (const bar of ['this-bar', 'other-bar']) this.aGauge.set({ foo, bar }, Math.random() * 100);
    }
    const baz = Math.random() < 0.5 ? 'this-baz' : 'other-baz';
    this.aCounter.inc({ baz }, Math.floor(Math.random() * 10));
  }
}
