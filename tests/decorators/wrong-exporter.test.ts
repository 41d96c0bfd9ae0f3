import { DeclarationError } from '../../src/errors.js';
import { Exporter, type Gauge, Metric, Option } from '../../src/index.js';
import { described, LooseExporter, read, testWrong } from './wrong.js';

testWrong([
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
    'no name',
    () => {
      @LooseExporter({ description: 'x' })
      class C {}
      return C;
    },
    'C: name is missing. Give one, such as weather-exporter.',
  ],
]);

test('all mistakes of a class are told at once, with their codes', () => {
  @Exporter({ ...described, envPrefix: 'x' })
  class Several {
    @Option({ description: 'x', env: 'HOSTS' }) host = 'a';
    @Metric({ type: 'gauge', help: 'h', labels: ['a b'] }) size!: Gauge<'a b'>;
  }
  let told: unknown;
  try {
    read(Several);
  } catch (error) {
    told = error;
  }
  expect(told).toBeInstanceOf(DeclarationError);
  expect((told as DeclarationError).faults.map(({ code, where }) => `${code} ${where}`).sort()).toEqual([
    'INVALID_LABEL Several.size',
    'INVALID_NAME Several',
    'RESERVED_NAME Several.host',
  ]);
});
