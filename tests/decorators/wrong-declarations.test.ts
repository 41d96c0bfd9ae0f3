import { z } from 'zod';
import { DeclarationError } from '../../src/errors.js';
import {
  type Counter,
  type Enum,
  Exporter,
  type Gauge,
  type Histogram,
  type Info,
  Metric,
  OnScrape,
  OnStartup,
  Option,
  type Summary,
} from '../../src/index.js';
import { buildExporter } from '../../src/run/build-exporter.js';

/* What the compiler refuses anyway must still be told when JavaScript, or a cast, brings it here. */
type Loose = (declaration: unknown) => (target: unknown, key: unknown) => void;
const LooseExporter = Exporter as Loose;
const LooseOption = Option as Loose;
const LooseMetric = Metric as Loose;

const described = { name: 'x-exporter', description: 'For tests.' } as const;

/** One class each, with all that is told of it. */
const wrong: readonly (readonly [rule: string, build: () => new () => object, message: string])[] = [
  ['a class without @Exporter', () => class Plain {}, 'Plain: is no exporter. Put @Exporter({ name, description }) above the class.'],
  [
    'an exporter name with capitals',
    () => {
      @Exporter({ ...described, name: 'Weather_Exporter' })
      class C {}
      return C;
    },
    'C: exporter name "Weather_Exporter" is not allowed. Use lower-case words joined by hyphens, such as weather-exporter.',
  ],
  [
    'no description',
    () => {
      @LooseExporter({ name: 'x-exporter' })
      class C {}
      return C;
    },
    'C: description is missing. Say in a sentence what the exporter is for.',
  ],
  [
    'an unknown key of @Exporter',
    () => {
      @LooseExporter({ ...described, defaultport: 5 })
      class C {}
      return C;
    },
    'C: unknown key "defaultport". Did you mean defaultPort?',
  ],
  [
    'a default port that is none',
    () => {
      @Exporter({ ...described, defaultPort: 70_000 })
      class C {}
      return C;
    },
    'C: defaultPort is 70000. Give a whole number in the range 0..65535.',
  ],
  [
    'a metrics path without a slash',
    () => {
      @Exporter({ ...described, defaultMetricsPath: 'metrics' })
      class C {}
      return C;
    },
    'C: defaultMetricsPath "metrics" is not allowed. Use a path such as /metrics.',
  ],
  [
    'a lower-case variable prefix',
    () => {
      @Exporter({ ...described, envPrefix: 'exp' })
      class C {}
      return C;
    },
    'C: envPrefix "exp" is not allowed. Use capitals, digits and underscores, such as WEATHER.',
  ],
  [
    'a namespace with a colon',
    () => {
      @Exporter({ ...described, namespace: 'a:b' })
      class C {}
      return C;
    },
    'C: namespace "a:b" is not allowed. Use letters, digits and underscores, such as weather; one underscore is added.',
  ],
  [
    'an override of nothing',
    () => {
      @LooseExporter({ ...described, override: { citty: { description: 'x' } } })
      class C {
        @Option({ description: 'city' }) city = 'Berlin';
      }
      return C;
    },
    'C: override names citty, which is no option or metric. Did you mean city?',
  ],
  [
    'an option that hides a builtin',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x' }) port = 5;
      }
      return C;
    },
    'C.port: --port hides the builtin --port. Choose another name.',
  ],
  [
    'an option that hides a builtin of a later version',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x' }) webConfigFile = '';
      }
      return C;
    },
    'C.webConfigFile: --web-config-file begins with web-, which is kept for builtin options. Choose another name.',
  ],
  [
    'the short name of a builtin option',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', short: 'p' }) project = '';
      }
      return C;
    },
    "C.project: -p is a builtin option's. Choose another letter, or none.",
  ],
  [
    'the variable of a builtin option',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', env: 'EXP_PORT' }) project = '';
      }
      return C;
    },
    'C.project: EXP_PORT is kept for a builtin option. Choose another variable.',
  ],
  [
    'two options of one name',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', env: false }) city = '';
        @Option({ description: 'x', name: 'city', env: false }) town = '';
      }
      return C;
    },
    'C.town: --city belongs to city too. Rename one of them.',
  ],
  [
    'a secret beside an option for its file',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', secret: true }) token = '';
        @Option({ description: 'x' }) tokenFile = '';
      }
      return C;
    },
    'C.tokenFile: EXP_TOKEN_FILE belongs to token too. Rename one of them.',
  ],
  [
    'a name beside its own negation',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x' }) cache = true;
        @Option({ description: 'x' }) noCache = '';
      }
      return C;
    },
    'C.noCache: --no-cache belongs to cache too. Rename one of them.',
  ],
  [
    'an option whose type cannot be told',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x' }) city: unknown;
      }
      return C;
    },
    'C.city: its type cannot be told. Add type: one of string, integer, number, boolean, path, duration, yaml; or choices, parse or schema.',
  ],
  [
    'an unknown option type',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x', type: 'int' }) size = 5;
      }
      return C;
    },
    'C.size: unknown option type "int". Use one of string, integer, number, boolean, path, duration, yaml.',
  ],
  [
    'a default that is no choice',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', choices: ['a', 'b'] }) mode = 'c';
      }
      return C;
    },
    'C.mode: the default "c" does not fit. Use one of a, b.',
  ],
  [
    'a default that is no whole number',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', type: 'integer' }) size = 1.5;
      }
      return C;
    },
    'C.size: the default 1.5 does not fit. Give a whole number.',
  ],
  [
    'a secret default that does not fit is not printed',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x', type: 'integer', secret: true }) pin = 'hunter2';
      }
      return C;
    },
    'C.pin: the default does not fit. Give a whole number.',
  ],
  [
    'a single default of a list',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x', type: 'string', multiple: true }) hostsToAsk = 'a';
      }
      return C;
    },
    'C.hostsToAsk: the default "a" does not fit. Make it a list.',
  ],
  [
    'a required option with a default',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', type: 'string', required: true }) city = 'Berlin';
      }
      return C;
    },
    'C.city: is required and has a default. Leave out one of them.',
  ],
  [
    'a positional list before another positional',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', type: 'string', multiple: true, positional: true }) targets: string[] = [];
        @Option({ description: 'x', positional: true }) city = '';
      }
      return C;
    },
    'C.targets: is a positional list but not the last positional. Declare it last.',
  ],
  [
    'a required positional after an optional one',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', positional: true }) city = '';
        @Option({ description: 'x', type: 'string', positional: true, required: true }) target!: string;
      }
      return C;
    },
    'C.city: is optional but target after it is required. Declare the required one first.',
  ],
  [
    'several mistakes of one option, all told',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: '', short: 'xy', separator: ',', schema: 5, choices: [] }) city = '';
      }
      return C;
    },
    [
      '5 mistakes:',
      'C.city: description is "". Give a text that is not empty.',
      'C.city: schema is 5. Give a Standard Schema, such as one made by zod or valibot.',
      'C.city: choices is []. Give a list of strings or a list of numbers, not empty.',
      'C.city: short name "xy" is not allowed. Use one letter or digit.',
      'C.city: has a separator but is no list. Add multiple: true, or leave the separator out.',
    ].join('\n  '),
  ],
  [
    'a static member',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x' }) static city = '';
      }
      return C;
    },
    'C.city: is static. Decorate a field of the instance.',
  ],
  [
    'an option that is a method',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x' }) city() {}
      }
      return C;
    },
    'C.city: is a method. Decorate a field of the instance.',
  ],
  [
    'a hook that is a field',
    () => {
      const onStartup = OnStartup() as unknown as (target: unknown, key: unknown) => void;
      @Exporter(described)
      class C {
        @onStartup city = '';
      }
      return C;
    },
    'C.city: is no method. Decorate a method of the instance.',
  ],
  [
    'a member that is both an option and a metric',
    () => {
      @Exporter(described)
      class C {
        @LooseMetric({ type: 'gauge', help: 'h' }) @LooseOption({ description: 'x', type: 'integer' }) size = 5;
      }
      return C;
    },
    'C.size: is both an option and a metric. Declare it once, as the one or the other.',
  ],
  [
    'an update handler with two names',
    () => {
      @Exporter(described)
      class C {
        @OnScrape({ name: 'one' }) @OnScrape({ name: 'two' }) update() {}
      }
      return C;
    },
    'C.update: is declared twice as collector. Leave out one of the decorators.',
  ],
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
    'an option without a default whose type only some compilers note',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x' }) city!: string;
      }
      return C;
    },
    'C.city: its type cannot be told. Add type: one of string, integer, number, boolean, path, duration, yaml; or choices, parse or schema.',
  ],
  [
    'types that contradict choices and parse, and choices that are secret',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x', type: 'integer', choices: ['a'] }) one = 'a';
        @LooseOption({ description: 'x', type: 'integer', parse: Number }) two = 2;
        @LooseOption({ description: 'x', secret: true, choices: ['a'] }) three = 'a';
      }
      return C;
    },
    [
      '3 mistakes:',
      'C.one: has choices that are no integer. Leave out the type.',
      'C.two: has both type and parse. Leave out one of them.',
      'C.three: is secret and has choices, which the help shows. Leave out one of them.',
    ].join('\n  '),
  ],
  [
    'an option that is a getter',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x', type: 'integer' }) get size() {
          return 5;
        }
      }
      return C;
    },
    'C.size: is a getter. Decorate a field of the instance.',
  ],
  [
    'the variable of a builtin option of a later version',
    () => {
      @Exporter(described)
      class C {
        @Option({ description: 'x', env: 'EXP_SHUTDOWN_TIMEOUT' }) project = '';
      }
      return C;
    },
    'C.project: EXP_SHUTDOWN_TIMEOUT is kept for a builtin option. Choose another variable.',
  ],
  [
    'no name',
    () => {
      @LooseExporter({ description: 'x' })
      class C {}
      return C;
    },
    'C: name is missing. Give one, such as weather-exporter.',
  ],
  [
    'a constructor that throws',
    () => {
      @Exporter(described)
      class C {
        constructor() {
          throw new Error('no database');
        }
      }
      return C;
    },
    'C: cannot be built (no database). Give it a constructor without arguments and side effects, or use createExporter with create.',
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
        @Metric({ type: 'gauge', help: 'h', buckets: [1] }) a!: Gauge;
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
  [
    'two collectors of one name',
    () => {
      @Exporter(described)
      class C {
        @OnScrape({ name: 'disk' }) a() {}
        @OnScrape({ name: 'disk' }) b() {}
      }
      return C;
    },
    'C.b: collector disk is there already. Give one of them another name.',
  ],
  [
    'a timeout that is none',
    () => {
      @Exporter(described)
      class C {
        @OnScrape({ timeout: 'soon' }) a() {}
      }
      return C;
    },
    'C.a: timeout is "soon". Give milliseconds or a text such as 30s.',
  ],
  [
    'a list of booleans with both choices and parse',
    () => {
      @Exporter(described)
      class C {
        @LooseOption({ description: 'x', type: 'boolean', multiple: true }) flags = [];
        @LooseOption({ description: 'x', choices: ['a'], parse: String, schema: z.string() }) both = 'a';
      }
      return C;
    },
    '2 mistakes:\n  C.flags: is a list of booleans. Leave out multiple, or choose another type.\n' +
      '  C.both: has both choices and parse. Leave out one of them.',
  ],
];

test.each(wrong)('%s is told', (_rule, build, message) => {
  expect(() => read(build())).toThrow(DeclarationError);
  expect(() => read(build())).toThrow(new Error(message));
});

test('all mistakes of a class are told at once, with their codes', () => {
  @Exporter({ ...described, envPrefix: 'x' })
  class Several {
    @Option({ description: 'x', env: 'HOSTS' }) host = 'a';
    @Metric({ type: 'gauge', help: 'h', labels: ['a b'] }) size!: Gauge<'a b'>;
  }
  const error = failure(() => read(Several));
  expect(error.faults.map(({ code, where }) => `${code} ${where}`).sort()).toEqual([
    'INVALID_LABEL Several.size',
    'INVALID_NAME Several',
    'RESERVED_NAME Several.host',
  ]);
});

function read(exporterClass: new () => object) {
  return buildExporter(exporterClass, () => new exporterClass()).spec;
}

function failure(act: () => unknown): DeclarationError {
  try {
    act();
  } catch (error) {
    if (error instanceof DeclarationError) return error;
  }
  throw new Error('no DeclarationError was thrown');
}
