import { type Counter, type Enum, Exporter, type Gauge, type Histogram, type Info, Metric, type Summary } from '../../src/index.js';
import { described, LooseMetric, testWrong } from './wrong.js';

testWrong([
  [
    'metrics about scrapes and about the exporter itself',
    () => {
      @Exporter({ ...described, command: 'version' })
      class C {
        @Metric({ type: 'gauge', help: 'h' }) xScrapeCollectorSuccess!: Gauge;
        @Metric({ type: 'info', help: 'h', labels: ['version'] }) xExporterBuild!: Info<'version'>;
      }
      return C;
    },
    [
      '3 mistakes:',
      'C: the command version is kept for a builtin one. Choose another command.',
      'C.xScrapeCollectorSuccess: x_scrape_collector_success is kept for metrics about the exporter itself. Choose another name.',
      'C.xExporterBuild: x_exporter_build_info is kept for metrics about the exporter itself. Choose another name.',
    ].join('\n  '),
  ],
  [
    'mirrored metrics that cannot be, or that say when they began',
    () => {
      @Exporter(described)
      class C {
        @LooseMetric({ type: 'gauge', help: 'h', mirrored: true }) a!: Gauge;
        @LooseMetric({ type: 'counter', help: 'h', mirrored: true, created: true }) b!: Counter;
        @LooseMetric({ type: 'histogram', help: 'h', mirrored: 1 }) c!: Histogram;
      }
      return C;
    },
    [
      '3 mistakes:',
      'C.a: mirrored is given for type gauge. Leave it out, or make the type counter or histogram.',
      'C.b: created is given with mirrored. Leave it out: when a total began is for its source to know.',
      'C.c: mirrored is 1. Give true or false.',
    ].join('\n  '),
  ],
  [
    'an unknown metric type',
    () => {
      @Exporter(described)
      class C {
        @LooseMetric({ type: 'gage', help: 'h' }) a!: Gauge;
      }
      return C;
    },
    'C.a: unknown metric type "gage". Did you mean gauge?',
  ],
  [
    'a metric without help',
    () => {
      @Exporter(described)
      class C {
        @LooseMetric({ type: 'gauge' }) a!: Gauge;
      }
      return C;
    },
    'C.a: help is missing. Say in a sentence what the metric tells.',
  ],
  [
    'an unknown key of a metric',
    () => {
      @Exporter(described)
      class C {
        @LooseMetric({ type: 'gauge', help: 'h', label: ['a'] }) a!: Gauge;
      }
      return C;
    },
    'C.a: unknown key "label". Did you mean labels?',
  ],
  [
    'a metric name that Prometheus does not take',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'gauge', help: 'h', name: 'a-b' }) a!: Gauge;
      }
      return C;
    },
    'C.a: metric name "a-b" is not allowed. Use letters, digits and underscores, such as http_requests.',
  ],
  [
    'a label le in a histogram',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'histogram', help: 'h', labels: ['le'] }) a!: Histogram<'le'>;
      }
      return C;
    },
    'C.a: label "le" is histogram\'s own. Choose another name.',
  ],
  [
    'a label quantile in a summary',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'summary', help: 'h', labels: ['quantile'] }) a!: Summary<'quantile'>;
      }
      return C;
    },
    'C.a: label "quantile" is summary\'s own. Choose another name.',
  ],
  [
    "a label of an enum's own name",
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'enum', help: 'h', labels: ['state'], states: ['on'] }) state!: Enum<'on', 'state'>;
      }
      return C;
    },
    'C.state: label "state" is enum\'s own. Choose another name.',
  ],
  [
    'labels of the internal kind, or twice',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'gauge', help: 'h', labels: ['__name__', 'a', 'a'] }) a!: Gauge<'__name__' | 'a'>;
      }
      return C;
    },
    '2 mistakes:\n  C.a: label "__name__" is not allowed. Use letters, digits and underscores, with fewer than two underscores in front.\n' +
      '  C.a: label "a" stands twice. Name each label once.',
  ],
  [
    'two metrics of one exported name',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'counter', help: 'h' }) requests!: Counter;
        @Metric({ type: 'counter', help: 'h' }) requestsTotal!: Counter;
      }
      return C;
    },
    'C.requestsTotal: requests_total belongs to requests too. Rename one of them.',
  ],
  [
    "a gauge beside a histogram's own sample name",
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'histogram', help: 'h' }) size!: Histogram;
        @Metric({ type: 'gauge', help: 'h' }) sizeCount!: Gauge;
      }
      return C;
    },
    'C.sizeCount: size_count belongs to size too. Rename one of them.',
  ],
  [
    "a gauge that is called like a counter's family",
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'counter', help: 'h' }) requests!: Counter;
        @Metric({ type: 'gauge', help: 'h', name: 'requests' }) open!: Gauge;
      }
      return C;
    },
    'C.open: requests belongs to requests too. Rename one of them.',
  ],
  [
    'buckets that do not ascend',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'histogram', help: 'h', buckets: [2, 1] }) a!: Histogram;
      }
      return C;
    },
    'C.a: buckets are [2,1]. Give finite upper bounds in ascending order; +Inf is added.',
  ],
  [
    'percentiles above 1',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'summary', help: 'h', percentiles: [50, 99] }) a!: Summary;
      }
      return C;
    },
    'C.a: percentiles are [50,99]. Give numbers between 0 and 1 in ascending order.',
  ],
  [
    'buckets of a gauge',
    () => {
      @Exporter(described)
      class C {
        @LooseMetric({ type: 'gauge', help: 'h', buckets: [1] }) a!: Gauge;
      }
      return C;
    },
    'C.a: buckets is given for type gauge. Leave it out, or make the type histogram.',
  ],
  [
    'age buckets without an age',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'summary', help: 'h', ageBuckets: 3 }) a!: Summary;
      }
      return C;
    },
    'C.a: ageBuckets is given without maxAgeSeconds. Add maxAgeSeconds, or leave it out.',
  ],
  [
    'an enum without states',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'enum', help: 'h' }) a!: Enum<never>;
      }
      return C;
    },
    'C.a: states are undefined. Give at least one state, each once.',
  ],
  [
    'an info without labels, and with a unit',
    () => {
      @Exporter(described)
      class C {
        @Metric({ type: 'info', help: 'h', unit: 'bytes' }) a!: Info<never>;
      }
      return C;
    },
    '2 mistakes:\n  C.a: unit is given for type info. Leave it out: what is no quantity has no unit.\n' +
      '  C.a: an info without labels says nothing. Add labels: the names of the facts.',
  ],
]);
