import { z } from 'zod';
import { Exporter, Option } from '../../src/index.js';
import { described, LooseOption, testWrong } from './wrong.js';

testWrong([
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
        @Option({ description: 'x' }) webLater = '';
      }
      return C;
    },
    'C.webLater: --web-later begins with web-, which is kept for builtin options. Choose another name.',
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
]);
