import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as valibot from 'valibot';
import { z } from 'zod';
import { type Config, type ConfigSources, resolveConfig } from '../../src/config/resolve-config.js';
import type { OptionDeclaration } from '../../src/model/declaration.js';
import { createExporterSpec } from '../../src/model/exporter-spec.js';
import type { ExporterSpec } from '../../src/model/spec.js';

let cwd = '';
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

type Options = Readonly<Record<string, Omit<OptionDeclaration, 'description'>>>;

function specOf(options: Options, instance: object = {}, prefix = 'WEATHER'): ExporterSpec {
  const members = Object.entries(options).map(
    ([member, option]) => ({ kind: 'option', member, declaration: { description: 'x', ...option } }) as const,
  );
  const declaration = { name: 'weather-exporter', description: 'x', envPrefix: prefix, defaultPort: 9400 };
  return createExporterSpec({ className: 'Weather', declaration, members, instance });
}

function resolve(spec: ExporterSpec, sources: Partial<ConfigSources> = {}): Config {
  return resolveConfig(spec, { given: {}, givenWhere: ({ name }) => `options.${name}`, env: {}, dotenv: 'search', cwd, ...sources });
}

function write(name: string, content: string): string {
  writeFileSync(join(cwd, name), content);
  return name;
}

/** Resolves one option called `item`. */
function item(option: Omit<OptionDeclaration, 'description'>, given: unknown, initial?: unknown): unknown {
  return resolve(specOf({ item: option }, initial === undefined ? {} : { item: initial }), { given: { item: given } }).values['item'];
}

function mistakeOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return `${(error as { code: string }).code} ${(error as Error).message}`;
  }
}

describe('values', () => {
  const upper = { parse: (text: string) => text.toUpperCase() };
  test.each<[type: Omit<OptionDeclaration, 'description'>, given: unknown, value: unknown]>([
    [{ type: 'string' }, 'a b', 'a b'],
    [{ type: 'string' }, '', ''],
    [{ type: 'integer' }, '42', 42],
    [{ type: 'integer' }, '-0', 0],
    [{ type: 'integer' }, '+1e3', 1000],
    [{ type: 'integer' }, '9007199254740991', Number.MAX_SAFE_INTEGER],
    [{ type: 'integer' }, 5, 5],
    [{ type: 'number' }, '-.5', -0.5],
    [{ type: 'number' }, '5.', 5],
    [{ type: 'number' }, '1.5E-3', 0.0015],
    [{ type: 'number' }, 0.5, 0.5],
    [{ type: 'boolean' }, 'Yes', true],
    [{ type: 'boolean' }, 'TRUE', true],
    [{ type: 'boolean' }, 'on', true],
    [{ type: 'boolean' }, '1', true],
    [{ type: 'boolean' }, 'no', false],
    [{ type: 'boolean' }, 'False', false],
    [{ type: 'boolean' }, 'OFF', false],
    [{ type: 'boolean' }, '0', false],
    [{ type: 'boolean' }, true, true],
    [{ type: 'duration' }, '1h30m', 5_400_000],
    [{ type: 'duration' }, '0', 0],
    [{ type: 'duration' }, 250, 250],
    [{ choices: ['a', 'b'] }, 'b', 'b'],
    [{ choices: [1, 5, 60_000] }, '5', 5],
    [{ choices: [1, 5, 60_000] }, '5.0', 5],
    [{ choices: [1, 5, 60_000] }, 5, 5],
    [{ choices: [1, 5, 60_000], type: 'duration' }, '1m', 60_000],
    [upper, 'abc', 'ABC'],
    [upper, 7, 7],
    [{ schema: z.coerce.number().max(9) }, '7', 7],
    [{ schema: z.number() }, 7, 7],
    [{ schema: valibot.pipe(valibot.string(), valibot.trim()) }, ' a ', 'a'],
    [{ type: 'duration', schema: z.number().transform((ms) => ms / 1000) }, '90s', 90],
    [{ ...upper, schema: z.literal('ABC') }, 'abc', 'ABC'],
    [{ choices: ['a', 'b'], schema: z.string().transform((text) => [text]) }, 'a', ['a']],
    [{ type: 'yaml' }, { a: 1 }, { a: 1 }],
    [{ type: 'yaml' }, null, null],
    [{ type: 'yaml', schema: z.object({ a: z.number().default(3) }) }, {}, { a: 3 }],
    [{ type: 'string', multiple: true }, ['a', 'b c'], ['a', 'b c']],
    [{ type: 'string', multiple: true }, 'a b', ['a b']],
    [{ type: 'integer', multiple: true }, ['1', 2], [1, 2]],
    [{ ...upper, multiple: true }, ['a', 'b'], ['A', 'B']],
    [{ choices: ['a', 'b'], multiple: true }, ['b', 'a', 'b'], ['b', 'a', 'b']],
    [{ type: 'string', multiple: true, schema: z.string().transform((text) => text.length) }, ['a', 'bc'], [1, 2]],
    [{ type: 'string', multiple: true }, [], []],
  ])('%#: %j given as %j', (option, given, value) => {
    expect(item(option, given)).toEqual(value);
  });

  test.each<[type: Omit<OptionDeclaration, 'description'>, given: unknown, message: string]>([
    [{ type: 'string' }, 5, 'INVALID_VALUE options.item: 5 is no string. Give a string.'],
    [{ type: 'string' }, ['a'], 'INVALID_VALUE options.item: ["a"] is no string. Give a string.'],
    [{ type: 'string' }, null, 'INVALID_VALUE options.item: null is no string. Give a string.'],
    [{ type: 'string' }, 5n, 'INVALID_VALUE options.item: 5n is no string. Give a string.'],
    [{ type: 'integer' }, 5.5, 'INVALID_VALUE options.item: 5.5 is no whole number. Give one, such as 10.'],
    [
      { type: 'integer' },
      2 ** 53,
      'INVALID_VALUE options.item: 9007199254740992 is not in the range -9007199254740991..9007199254740991. Give a whole number in it, such as 10.',
    ],
    [{ type: 'number' }, Number.NaN, 'INVALID_VALUE options.item: null is no number. Give one, such as 10.'],
    [{ type: 'number' }, true, 'INVALID_VALUE options.item: true is no number. Give one, such as 10.'],
    [{ type: 'number' }, 'NaN', 'INVALID_VALUE options.item: "NaN" is no number. Give one, such as 10.'],
    [{ type: 'number' }, '', 'INVALID_VALUE options.item: "" is no number. Give one, such as 10.'],
    [{ type: 'boolean' }, 1, 'INVALID_VALUE options.item: 1 is neither true nor false. Give one of true, yes, on, 1, false, no, off, 0.'],
    [{ type: 'duration' }, -1, 'INVALID_VALUE options.item: -1 is no duration. Give one, such as 30s or 1h30m.'],
    [
      { type: 'duration' },
      '99999999999999999999d',
      'INVALID_VALUE options.item: "99999999999999999999d" is no duration. Give one, such as 30s or 1h30m.',
    ],
    [{ type: 'path' }, 5, 'INVALID_VALUE options.item: 5 is no path. Give a string.'],
    [{ type: 'path' }, '', 'INVALID_VALUE options.item: "" does not exist. Name an existing file.'],
    [{ type: 'path' }, 'a\0b', 'INVALID_VALUE options.item: "a\\u0000b" cannot be read (ERR_INVALID_ARG_VALUE). Name an existing file.'],
    [{ choices: [1, 2] }, 3, 'INVALID_VALUE options.item: 3 is not one of 1, 2. Give one of them.'],
    [
      { choices: ['plain', 'json'], type: 'path' },
      'jsn',
      'INVALID_VALUE options.item: "jsn" is not one of plain, json. Did you mean json?',
    ],
    [
      { type: 'yaml', schema: z.object({ a: z.array(z.number('is no number')) }) },
      { a: ['x'] },
      'INVALID_VALUE options.item: a[0]: is no number. Correct it.',
    ],
    [
      { schema: valibot.object({ a: valibot.string(() => 'no string') }) },
      { a: 1 },
      'INVALID_VALUE options.item: {"a":1} is not valid: a: no string. Correct it.',
    ],
    [
      { schema: z.string().min(5, 'too short').regex(/x/, 'has no x.') },
      'abc',
      'INVALID_VALUE options.item: "abc" is not valid: too short; has no x. Correct it.',
    ],
    [
      {
        schema: {
          '~standard': {
            version: 1,
            vendor: 'x',
            validate: () => {
              throw new Error('broken');
            },
          },
        },
      },
      'a',
      'INVALID_VALUE options.item: "a" is not valid: broken. Correct it.',
    ],
    [
      {
        parse: () => {
          throw new Error('is odd\n  twice');
        },
      },
      'a',
      'INVALID_VALUE options.item: "a" is odd twice. Correct it.',
    ],
    [
      {
        parse: () => {
          throw 'a text';
        },
      },
      'a',
      'INVALID_VALUE options.item: "a" is not valid: a text. Correct it.',
    ],
    [
      {
        parse: async () => {
          throw new Error('late');
        },
      },
      'a',
      'INVALID_DECLARATION Weather.item: its parse is asynchronous. Give one that answers at once.',
    ],
    [
      {
        schema: z.string().refine(async () => false),
      },
      'a',
      'INVALID_DECLARATION Weather.item: its schema is asynchronous. Give one that answers at once.',
    ],
  ])('%#: %j given as %p is refused', (option, given, message) => {
    expect(mistakeOf(() => item(option, given))).toBe(message);
  });

  test.each<[type: Omit<OptionDeclaration, 'description'>, message: string]>([
    [{ type: 'integer' }, 'the value is no whole number. Give one, such as 10.'],
    [{ type: 'path' }, 'the value does not exist. Name an existing file.'],
    [
      {
        parse: (text) => {
          throw new Error(`is ${text}`);
        },
      },
      'the value is not valid. Correct it.',
    ],
    [{ schema: z.string().refine(() => false, { error: ({ input }) => `bad ${String(input)}` }) }, 'the value is not valid. Correct it.'],
  ])('%#: a secret value is not quoted', (option, message) => {
    expect(mistakeOf(() => item({ ...option, secret: true }, 's3cret'))).toBe(`INVALID_VALUE options.item: ${message}`);
  });

  test('a secret number shows no default as example', () => {
    expect(mistakeOf(() => item({ type: 'integer', secret: true }, 'x', 1234))).toBe(
      'INVALID_VALUE options.item: the value is no whole number. Give one, such as 10.',
    );
  });

  test('a path must be a file, and is found from the working directory', () => {
    expect(item({ type: 'path' }, write('a.txt', ''))).toBe(join(cwd, 'a.txt'));
    expect(item({ type: 'path' }, join(cwd, 'a.txt'))).toBe(join(cwd, 'a.txt'));
    const { cwd: _, ...rest } = { given: { item: __filename }, givenWhere: () => '', env: {}, dotenv: 'named', cwd } as const;
    expect(resolveConfig(specOf({ item: { type: 'path' } }), rest).values).toEqual({ item: __filename });
    expect(mistakeOf(() => item({ type: 'path' }, 'a.txt/b'))).toBe(
      'INVALID_VALUE options.item: "a.txt/b" does not exist. Name an existing file.',
    );
  });
});

describe('YAML', () => {
  const rules = (content: string, option: object = {}): unknown =>
    mistakeOf(() => item({ type: 'yaml', ...option }, write('r.yml', content)));

  test.each([
    ['a: 1\nb: [x, "y"]', { a: 1, b: ['x', 'y'] }],
    ['', null],
    ['# nothing', null],
    ['---\na: 1\n...\n', { a: 1 }],
    ['\uFEFFa: 1', { a: 1 }],
    ['base: &b { x: 1 }\nall: { <<: *b, y: 2 }', { base: { x: 1 }, all: { x: 1, y: 2 } }],
  ])('%#: %j is read', (content, value) => {
    expect(rules(content)).toEqual(value);
  });

  test.each([
    ['a: [1', 'line 1, column 6: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['a: 1\nb:\n  c: 1\n  c: 2\n', 'line 4, column 3: Map keys must be unique'],
    ['a: 1\n---\nb: 2\n', 'line 2, column 1: a second document begins; one is allowed'],
    ['a: *b\n', 'Unresolved alias (the anchor must be set before the alias): b'],
  ])('%#: %j is refused, with its place', (content, what) => {
    expect(rules(content)).toBe(`INVALID_VALUE options.item: r.yml: ${what}. Correct the file.`);
  });

  test.each(['a: [s3cret', 'a: *s3cret'])('%#: a secret file shows neither its content nor its name', (content) => {
    expect(rules(content, { secret: true })).toBe('INVALID_VALUE options.item: the value is not valid. Correct the file.');
  });

  test('a schema checks what is in the file, and speaks of the file', () => {
    const schema = z.object({ rate: z.number('is no number') });
    expect(rules('rate: 5', { schema })).toEqual({ rate: 5 });
    expect(rules('rate: x', { schema })).toBe('INVALID_VALUE options.item: r.yml: rate: is no number. Correct it.');
    expect(rules('rate: s3cret', { schema, secret: true })).toBe('INVALID_VALUE options.item: the value is not valid. Correct it.');
  });

  test('a list of files is a list of values', () => {
    expect(item({ type: 'yaml', multiple: true }, [write('a.yml', 'a: 1'), { b: 2 }, write('c.yml', '[3]')])).toEqual([
      { a: 1 },
      { b: 2 },
      [3],
    ]);
  });
});

describe('sources', () => {
  const spec = specOf(
    {
      city: {},
      maxAge: { type: 'integer' },
      peers: { type: 'string', multiple: true },
      tags: { type: 'integer', multiple: true, separator: ';' },
      key: { type: 'string', env: 'SKY_KEY' },
      mute: { type: 'string', env: false },
    },
    { city: 'Berlin', peers: ['x'] },
  );

  test('what is given wins over the environment, that over the dotenv file, that over the default', () => {
    const given = { city: 'given' };
    const env = { WEATHER_CITY: 'environment' };
    const values = (sources: Partial<ConfigSources>): unknown => resolve(spec, sources).values['city'];
    expect(values({})).toBe('Berlin');
    write('.env', 'WEATHER_CITY=dotenv');
    expect(values({})).toBe('dotenv');
    expect(values({ env })).toBe('environment');
    expect(values({ env, given })).toBe('given');
    expect(values({ env: { WEATHER_CITY: '' }, given: { city: undefined } })).toBe('dotenv');
    expect(values({ env: { DOTENV_OVERRIDE: 'true', DOTENV_CONFIG_OVERRIDE: 'true', DOTENV_PATH: 'x', ...env } })).toBe('environment');
  });

  test('defaults appear, options without any value do not', () => {
    expect(resolve(spec).values).toEqual({ city: 'Berlin', peers: ['x'], tags: [] });
  });

  test.each([
    ['max-age', '5'],
    ['maxAge', '5'],
  ])('values are given by name or by member: %s', (key, value) => {
    expect(resolve(spec, { given: { [key]: value } }).values['maxAge']).toBe(5);
  });

  test("a name wins over another option's member", () => {
    const own = specOf({ port: { name: 'harbour', type: 'string' } });
    const config = resolve(own, { given: { port: '1', harbour: 'Emden' } });
    expect([config.server.port, config.values]).toEqual([1, { port: 'Emden' }]);
  });

  test.each([
    [{ citty: 'x' }, 'UNKNOWN_OPTION options.citty: no such option. Did you mean city?'],
    [
      { toString: 'x' },
      'UNKNOWN_OPTION options.toString: no such option. Use one of the exporter, or a builtin one; its --help shows them.',
    ],
    [{ 'max-age': 1, maxAge: 2 }, 'CONFLICTING_OPTIONS options.max-age: is given as maxAge too. Leave out one of them.'],
  ])('%#: an unknown or doubled key is refused', (given, message) => {
    expect(mistakeOf(() => resolve(spec, { given }))).toBe(message);
  });

  test.each<[env: Record<string, string>, values: object]>([
    [{ WEATHER_PEERS: ' a  b\tc\n' }, { peers: ['a', 'b', 'c'] }],
    [{ WEATHER_PEERS: '  ' }, { peers: ['x'] }],
    [{ WEATHER_TAGS: '1; 2;;3 ;' }, { tags: [1, 2, 3] }],
    [{ WEATHER_TAGS: ';' }, {}],
    [{ SKY_KEY: 'a' }, { key: 'a' }],
    [{ WEATHER_MUTE: 'a' }, {}],
    [{ WEATHER_MAX_AGE: '7' }, { maxAge: 7 }],
  ])('%#: the variables %j', (env, values) => {
    expect(resolve(spec, { env }).values).toEqual({ city: 'Berlin', peers: ['x'], tags: [], ...values });
  });

  test('a required option may come from any source, and is missed where it does not', () => {
    const required = specOf({ city: { type: 'string', required: true }, mute: { type: 'string', env: false } });
    expect(resolve(required, { env: { WEATHER_CITY: 'x' } }).values).toEqual({ city: 'x' });
    expect(mistakeOf(() => resolve(required))).toBe('MISSING_OPTION options.city: is missing. Give it, or set WEATHER_CITY.');
    const mute = specOf({ mute: { type: 'string', env: false, required: true } });
    expect(mistakeOf(() => resolve(mute))).toBe('MISSING_OPTION options.mute: is missing. Give it.');
  });

  test('lists and objects of a default are copies, other objects are the same', () => {
    class Place {}
    const initial = { item: { list: [{ a: 1 }], place: new Place(), bare: Object.create(null) as object, none: null } };
    const own = specOf({ item: { type: 'yaml' } }, initial);
    const copy = resolve(own).values['item'] as typeof initial.item;
    expect(copy).toEqual(initial.item);
    expect(copy).not.toBe(initial.item);
    expect(copy.list[0]).not.toBe(initial.item.list[0]);
    expect(copy.place).toBe(initial.item.place);
  });
});

describe('the server', () => {
  const spec = specOf({});

  const untouched = {
    strictMetrics: false,
    scrapeTimeoutOffset: 500,
    maxConcurrentScrapes: 40,
    maxConcurrentCollectors: 0,
    maxSeries: 0,
    shutdownTimeout: 10_000,
    webListenAddress: [],
    webSocketMode: '660',
    webSystemdSocket: false,
    webTrustedProxy: [],
    webOpenHealth: false,
    webEnableLifecycle: false,
    webMaxConnections: 1_000,
    webHeaderTimeout: 10_000,
    webRequestTimeout: 30_000,
    webIdleTimeout: 300_000,
    webWriteTimeout: 120_000,
    webExporterMetrics: false,
    webDisableExporterMetrics: false,
    collectors: {},
  };

  test('builtin options have their defaults', () => {
    expect(resolve(spec).server).toEqual({
      hosts: ['localhost'],
      port: 9400,
      metricsPath: '/metrics',
      logLevel: 'info',
      logFormat: 'plain',
      processStats: false,
      ...untouched,
    });
  });

  test('builtin options take values from every source', () => {
    write('key.pem', '');
    write('.env', 'WEATHER_LOG_LEVEL=DEBUG\nWEATHER_PROCESS_STATS=on\n');
    const env = { WEATHER_HOST: '::1 127.0.0.1', WEATHER_SSL_PUBLIC_KEY: 'key.pem', WEATHER_LOG_FORMAT: 'json' };
    const given = { port: 0, 'metrics-path': '/m', 'ssl-private-key': 'key.pem', sslCa: 'key.pem' };
    const key = join(cwd, 'key.pem');
    expect(resolve(spec, { given, env }).server).toEqual({
      hosts: ['::1', '127.0.0.1'],
      port: 0,
      metricsPath: '/m',
      logLevel: 'debug',
      logFormat: 'json',
      processStats: true,
      ...untouched,
      sslPrivateKey: key,
      sslPublicKey: key,
      sslCa: key,
    });
  });

  test('a log level may be given in any case', () => {
    expect(resolve(spec, { given: { 'log-level': 'WARNING' } }).server.logLevel).toBe('warning');
  });
});

describe('secrets', () => {
  const spec = specOf({
    token: { type: 'string', secret: true },
    pins: { type: 'string', secret: true, multiple: true },
    mute: { type: 'string', secret: true, env: false },
  });

  test.each([
    ['s3cret\n', 's3cret'],
    ['s3cret\r\n', 's3cret'],
    ['s3cret\n\n', 's3cret\n'],
    [' s3cret ', ' s3cret '],
  ])('%#: a file may hold the value, less one line end', (content, token) => {
    write('token', content);
    expect(resolve(spec, { env: { WEATHER_TOKEN_FILE: 'token' } }).values).toMatchObject({ token });
  });

  test('a file may hold a list', () => {
    write('pins', '1\n2\n');
    expect(resolve(spec, { env: { WEATHER_PINS_FILE: join(cwd, 'pins') } }).values).toMatchObject({ pins: ['1', '2'] });
  });

  test('a file in the environment wins over a value in the dotenv file, an empty variable is none', () => {
    write('token', 'file');
    write('.env', 'WEATHER_TOKEN=dotenv');
    expect(resolve(spec, { env: { WEATHER_TOKEN_FILE: 'token' } }).values).toMatchObject({ token: 'file' });
    expect(resolve(spec, { env: { WEATHER_TOKEN_FILE: 'token', WEATHER_TOKEN: '' } }).values).toMatchObject({ token: 'file' });
    expect(resolve(spec, { env: { WEATHER_TOKEN_FILE: '' } }).values).toMatchObject({ token: 'dotenv' });
  });

  test('only secrets have a variable for a file', () => {
    const config = resolve(specOf({ city: { type: 'string' } }), { env: { WEATHER_CITY_FILE: 'x' } });
    expect(config.values).toEqual({});
    expect(config.remarks.map(({ message }) => message)).toEqual(['WEATHER_CITY_FILE: no option reads it.']);
  });
});

describe('dotenv', () => {
  const spec = specOf({ city: { type: 'string' } });

  test('a named file is read instead of .env', () => {
    write('.env', 'WEATHER_CITY=unnamed');
    write('other.env', '\uFEFFexport WEATHER_CITY="named" # comment\r\n');
    const env = { WEATHER_DOTENV: 'other.env' };
    expect(resolve(spec, { env }).values).toEqual({ city: 'named' });
    expect(resolve(spec, { env, dotenv: 'named' }).values).toEqual({ city: 'named' });
    expect(resolve(spec, { env: { WEATHER_DOTENV: '' } }).values).toEqual({ city: 'unnamed' });
    expect(resolve(spec, { dotenv: 'named' }).values).toEqual({});
    expect(resolve(spec, { dotenv: 'named' }).remarks).toEqual([]);
  });

  test('process.env stays as it is', () => {
    write('.env', 'WEATHER_CITY=x\nWEATHER_OTHER=y');
    const before = { ...process.env };
    resolve(spec);
    expect(process.env).toEqual(before);
  });

  test('a directory called .env is none', () => {
    mkdirSync(join(cwd, '.env'));
    expect(resolve(spec).values).toEqual({});
  });

  test('a file that cannot be read is a mistake', () => {
    symlinkSync('.env', join(cwd, '.env'));
    expect(mistakeOf(() => resolve(spec))).toBe('UNREADABLE_FILE .env: cannot be read (ELOOP). Make it readable, or take it away.');
  });
});

describe('remarks', () => {
  const spec = specOf({
    city: { type: 'string' },
    token: { type: 'string', secret: true },
    sky: { type: 'string', env: 'SKY_PORT' },
    pool: { type: 'string', env: 'DB_POOL' },
  });

  const links = {
    WEATHER_PORT: 'tcp://10.0.0.1:80',
    WEATHER_SERVICE_HOST: '10.0.0.1',
    WEATHER_SERVICE_PORT: '80',
    WEATHER_SERVICE_PORT_HTTP: '80',
    WEATHER_PORT_80_TCP: 'tcp://10.0.0.1:80',
    WEATHER_PORT_80_TCP_PROTO: 'tcp',
    WEATHER_PORT_80_TCP_PORT: '80',
    WEATHER_PORT_80_TCP_ADDR: '10.0.0.1',
  };

  test('service links are no settings, which one line tells', () => {
    const config = resolve(spec, {
      env: { ...links, REDIS_PORT: 'udp://10.0.0.2:1', SKY_PORT: 'tcp://[::1]:2', WEATHER_DB_PORT: 'SCTP://h:3' },
    });
    const variables = ['SKY_PORT', 'WEATHER_DB_PORT', ...Object.keys(links)].sort();
    expect(config.server.port).toBe(9400);
    expect(config.values).toEqual({});
    expect(config.remarks).toEqual([
      { level: 'debug', message: `${variables.join(', ')}: ignored as Kubernetes service links`, fields: { variables } },
    ]);
  });

  test("other services' links are not spoken of", () => {
    expect(resolve(spec, { env: { REDIS_PORT: 'tcp://10.0.0.2:1' } }).remarks).toEqual([]);
  });

  test('what only looks like a link by its name is not warned of', () => {
    const { WEATHER_PORT: _, ...named } = links;
    expect(resolve(spec, { env: named }).remarks).toEqual([]);
  });

  test('a variable of another form beside a link is a setting', () => {
    const config = resolve(spec, { env: { ...links, WEATHER_CITY: 'Berlin', WEATHER_PORTS: '1' } });
    expect(config.values).toEqual({ city: 'Berlin' });
    expect(config.remarks.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^WEATHER_PORT, .* service links$/),
      'WEATHER_PORTS: no option reads it. Did you mean WEATHER_PORT?',
    ]);
  });

  test('each variable that no option reads is warned of once, with the nearest name', () => {
    write('.env', 'WEATHER_CTY=s3cret\nWEATHER_TOKEN_FIL=s3cret\nOTHER=1\nDB_POL=1');
    const env = {
      WEATHER_CTY: 's3cret',
      WEATHER_FROBNICATION: 's3cret',
      WEATHER_DOTENF: 's3cret',
      WEATHER_EMPTY: '',
      WEATHERMAN: 'x',
      WEATHER_UNSET: undefined,
    };
    const { remarks } = resolve(spec, { env });
    expect(remarks).toEqual([
      {
        level: 'warn',
        message: 'WEATHER_CTY: no option reads it. Did you mean WEATHER_CITY?',
        fields: { variable: 'WEATHER_CTY' },
      },
      { level: 'warn', message: 'WEATHER_FROBNICATION: no option reads it.', fields: { variable: 'WEATHER_FROBNICATION' } },
      {
        level: 'warn',
        message: 'WEATHER_DOTENF: no option reads it. Did you mean WEATHER_DOTENV?',
        fields: { variable: 'WEATHER_DOTENF' },
      },
      {
        level: 'warn',
        message: 'WEATHER_TOKEN_FIL in .env: no option reads it. Did you mean WEATHER_TOKEN_FILE?',
        fields: { variable: 'WEATHER_TOKEN_FIL' },
      },
    ]);
    expect(JSON.stringify(remarks)).not.toContain('s3cret');
  });
});
