import { Exporter, OnScrape, OnStartup, Option } from '../../src/index.js';
import { described, LooseMetric, LooseOption, testWrong } from './wrong.js';

testWrong([
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
]);
