import { type Counter, Exporter, type Gauge, type Histogram, Metric } from '../../src/index.js';
import { described, LooseExporter, read, testWrong } from './wrong.js';

@Exporter({ ...described, utf8Names: true, namespace: 'app' })
class Dotted {
  @Metric({ type: 'counter', help: 'h', name: 'http.requests', labels: ['http.method', 'größe'] }) requests!: Counter<'http.method' | 'größe'>;
  @Metric({ type: 'histogram', help: 'h', name: 'http.wait', unit: 'seconds', created: true }) wait!: Histogram;
} // prettier-ignore

test('an exporter may allow any characters in names', () => {
  const spec = read(Dotted);
  expect(spec.utf8Names).toBe(true);
  expect(spec.metrics).toMatchObject([
    { name: 'http.requests', exportedName: 'app_http.requests_total', labels: ['http.method', 'größe'], created: false },
    { name: 'http.wait', exportedName: 'app_http.wait_seconds', created: true },
  ]);
});

test('a subclass inherits that, or takes it back', () => {
  @Exporter(described)
  class Inheriting extends Dotted {}
  @Exporter({ ...described, utf8Names: false })
  class Strict extends Dotted {}
  expect(read(Inheriting).utf8Names).toBe(true);
  expect(() => read(Strict)).toThrow('metric name "app_http.requests_total" is not allowed');
});

testWrong([
  [
    'a name with a dot, which nobody allowed',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'gauge', help: 'h', name: 'http.requests', labels: ['http.method'] }) a!: Gauge<'http.method'>;
      }
      return C;
    },
    '2 mistakes:\n  C.a: metric name "http.requests" is not allowed. Use letters, digits and underscores, such as http_requests.\n' +
      '  C.a: label "http.method" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front.',
  ],
  [
    'a word for a boolean',
    () => {
      @LooseExporter({ ...described, utf8Names: 'yes' })
      class C {}
      return C;
    },
    'C: utf8Names is "yes". Give true or false.',
  ],
  [
    'two metrics that are one where names are escaped',
    () => {
      @Exporter({ ...described, utf8Names: true })
      class C {
        @Metric({ type: 'gauge', help: 'h', name: 'http_open' }) one!: Gauge;
        @Metric({ type: 'gauge', help: 'h', name: 'http.open' }) other!: Gauge;
        @Metric({ type: 'gauge', help: 'h', name: 'http/open' }) third!: Gauge;
      }
      return C;
    },
    '2 mistakes:\n  C.other: http.open and http_open of one are one where names are escaped. Rename one of them.\n' +
      '  C.third: http/open and http.open of other are one where names are escaped. Rename one of them.',
  ],
  [
    "a gauge that is a histogram's sample where names are escaped",
    () => {
      @Exporter({ ...described, utf8Names: true })
      class C {
        @Metric({ type: 'histogram', help: 'h', name: 'wait' }) wait!: Histogram;
        @Metric({ type: 'gauge', help: 'h', name: 'wait.count' }) count!: Gauge;
      }
      return C;
    },
    'C.count: wait.count and wait_count of wait are one where names are escaped. Rename one of them.',
  ],
  [
    'two metrics of one name with dots',
    () => {
      @Exporter({ ...described, utf8Names: true })
      class C {
        @Metric({ type: 'gauge', help: 'h', name: 'http.open' }) one!: Gauge;
        @Metric({ type: 'gauge', help: 'h', name: 'http.open' }) other!: Gauge;
      }
      return C;
    },
    'C.other: http.open belongs to one too. Rename one of them.',
  ],
  [
    'a metric about the exporter itself, in other characters',
    () => {
      @Exporter({ ...described, utf8Names: true })
      class C {
        @Metric({ type: 'gauge', help: 'h', name: 'x.scrape.collector.success' }) a!: Gauge;
      }
      return C;
    },
    'C.a: x.scrape.collector.success is kept for metrics about the exporter itself. Choose another name.',
  ],
]);
