import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { loadWebConfig, WebConfigError } from '../../src/config/load-web-config.js';

const fixtures = join(__dirname, '../fixtures');
const pem = (name: string): string => join(fixtures, 'tls', name);

let directory = '';
let path = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'web-config-'));
  // As deep as the fixtures, whose paths begin at their folder.
  mkdirSync(join(directory, 'web-config/good'), { recursive: true });
  cpSync(join(fixtures, 'tls'), join(directory, 'tls'), { recursive: true });
  path = join(directory, 'web-config/good/web.yml');
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Loads a text as a file; undefined where it is good. */
function mistakesOf(text: string | Uint8Array): WebConfigError | undefined {
  writeFileSync(path, text);
  try {
    loadWebConfig({ webConfigFile: path });
    return undefined;
  } catch (error) {
    if (error instanceof WebConfigError) return error;
    throw error;
  }
}

test('all files that were read are told, by their absolute paths', () => {
  writeFileSync(path, readFileSync(join(fixtures, 'web-config/good/policy-require-and-verify.yml')));
  const { files } = loadWebConfig({ webConfigFile: relative(process.cwd(), path) });
  const material = ['server.pem', 'server-key.pem', 'ca.pem'].map((name) => join(directory, 'tls', name));
  expect([...files.keys()]).toEqual([path, ...material]);
});

test('files that could not be read are told with the mistakes, so that they can be waited for', () => {
  const error = mistakesOf('tls_server_config: {cert_file: later.pem, key_file: ../../tls/server-key.pem}\n');
  expect([...(error?.files.keys() ?? [])].map((file) => relative(directory, file))).toEqual([
    'web-config/good/web.yml',
    'web-config/good/later.pem',
    'tls/server-key.pem',
  ]);
  expect(error?.files.get(join(directory, 'web-config/good/later.pem'))).toBe('ENOENT');
});

test('a mistake says where, what and how to mend it', () => {
  expect(mistakesOf('rate_limit:\n  brust: 5\n')).toMatchObject({
    name: 'ConfigError',
    code: 'INVALID_WEB_CONFIG',
    message: `${path}:2:3: rate_limit.brust: no such key. Did you mean burst?`,
  });
});

test('a file that is not there is a mistake of who named it', () => {
  expect(() => loadWebConfig({ webConfigFile: '/none.yml' }, () => 'EXP_WEB_CONFIG_FILE')).toThrow(
    'EXP_WEB_CONFIG_FILE: "/none.yml" does not exist. Name a file that can be read.',
  );
});

test('the file does not go with the options that it replaces; each is named as it was set', () => {
  writeFileSync(path, '');
  const server = { webConfigFile: path, sslPrivateKey: pem('server-key.pem'), sslPublicKey: pem('server.pem') };
  const places: Readonly<Record<string, string>> = {
    'web-config-file': '--web-config-file',
    'ssl-private-key': 'EXP_SSL_PRIVATE_KEY in .env',
    'ssl-public-key': '--ssl-public-key',
  };
  expect(() => loadWebConfig(server, (option) => places[option])).toThrow(
    '--web-config-file: is set beside EXP_SSL_PRIVATE_KEY in .env, --ssl-public-key. Set only the file, and name key, certificate and CA in it.',
  );
});

test('columns count characters', () => {
  expect(
    mistakesOf('http_server_config: {headers: {"\u{1F600}": 1, X: 2}}\n')?.faults.map(({ where }) => where.slice(path.length)),
  ).toEqual([':1:32: http_server_config.headers.\u{1F600}', ':1:40: http_server_config.headers.X']);
});

test('what is nested deeper than the stack is a mistake', () => {
  expect(mistakesOf('['.repeat(100_000))).toBeInstanceOf(WebConfigError);
  expect(mistakesOf(`rate_limit: ${'['.repeat(2_000)}${']'.repeat(2_000)}`)).toBeInstanceOf(WebConfigError);
});

test('merges within merges cost no more than what they say', () => {
  const levels = Array.from({ length: 60 }, (_, level) => {
    const source = level === 0 ? '{X-XSS-Protection: 1}' : `{<<: [*l${level - 1}, *l${level - 1}]}`;
    return `    - &l${level} ${source}\n`;
  });
  expect(mistakesOf(`http_server_config:\n  headers:\n    <<:\n${levels.join('')}`)).toBeUndefined();
});

const goodTexts = readdirSync(join(fixtures, 'web-config/good')).map((name) =>
  readFileSync(join(fixtures, 'web-config/good', name), 'utf8'),
);

const piece = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.constantFrom(':', '- ', '\n', '  ', '\t', '"', "'", '{', '[', ']', '&a ', '*a', '<<: ', '!!str ', '|\n', '---\n', '#', '~', '? ', '%'),
);

/** Changes a text at a place, given as a part of its length or of its lines. */
const mutation = fc.oneof(
  fc
    .record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(30), put: piece })
    .map(({ at, length, put }) => (text: string) => {
      const start = Math.floor(at * text.length);
      return text.slice(0, start) + put + text.slice(start + length);
    }),
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('', '  ', 'x')).map(([at, indent]) => (text: string) => {
    const lines = text.split('\n');
    const index = Math.floor(at * lines.length);
    return lines
      .flatMap((line, one) => (one !== index ? [line] : indent === '' ? [] : indent === 'x' ? [line, line] : [indent + line]))
      .join('\n');
  }),
);

const secrets = [
  ...['server-key.pem', 'other-key.pem'].flatMap((name) => readFileSync(pem(name), 'utf8').split('\n').slice(1, -2)),
  'QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi',
];
const windows = secrets.flatMap((secret) => Array.from({ length: Math.max(0, secret.length - 15) }, (_, at) => secret.slice(at, at + 16)));

test('any change of a good file is good or a mistake that can be told, and no message shows a secret', () => {
  fc.assert(
    fc.property(fc.constantFrom(...goodTexts), fc.array(mutation, { minLength: 1, maxLength: 4 }), (text, mutations) => {
      const message = mistakesOf(mutations.reduce((changed, change) => change(changed), text))?.message ?? '';
      expect(windows.filter((window) => message.includes(window))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('any bytes are good or a mistake that can be told', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      mistakesOf(bytes);
    }),
    { numRuns: 300 },
  );
});
