import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  ConfigError,
  type Configure,
  createExporter,
  ExitExporter,
  Exporter,
  type LiveExporter,
  OnConfigure,
  OnScrape,
  OnShutdown,
  OnStartup,
  Option,
  type Startup,
} from '../../src/index.js';
import { silentLogger } from '../../src/log.js';
import { runProgram } from '../run-program.js';

/** A class that says what it does, and may be told to fail somewhere. */
function createClass(steps: string[], failAt?: string, error: Error = new Error('broken')) {
  const step = (name: string): void => {
    steps.push(name);
    if (name === failAt) throw error;
  };

  @Exporter({ name: 'steps-exporter', description: 'Says what it does.' })
  class Base {
    @Option({ description: 'a city' }) city = 'Berlin';
    exporter: LiveExporter | undefined;

    @OnConfigure() configure({ exporter }: Configure) {
      this.exporter = exporter;
      step(`configure in ${this.city}`);
    }
    @OnStartup() async start(_context: Startup) {
      await Promise.resolve();
      step('startup');
    }
    @OnScrape() update() {
      step('scrape');
    }
    @OnShutdown() async stop() {
      await Promise.resolve();
      step('shutdown');
    }
  }

  @Exporter({ name: 'steps-exporter', description: 'Says what it does.' })
  class Derived extends Base {
    @OnStartup() startMore() {
      step('startup of the subclass');
      if (failAt === 'after startup') void this.exporter?.stop();
    }
    @OnShutdown() stopMore() {
      step('shutdown of the subclass');
    }
  }
  return Derived;
}

const started = ['configure in Berlin', 'startup', 'startup of the subclass'];
const stopped = ['shutdown of the subclass', 'shutdown'];

test('configure, startup, listen, scrape, shutdown, in this order, base classes first and last', async () => {
  const steps: string[] = [];
  const Class = createClass(steps);
  let live: LiveExporter | undefined;
  @Exporter({ name: 'steps-exporter', description: 'x' })
  class Known extends Class {
    @OnStartup() tell({ exporter }: Startup) {
      live = exporter;
    }
  }
  const program = runProgram(Known, ['--port', '0', '--city', 'Oslo']);
  const url = await program.url();
  steps.push('listening');
  expect((await fetch(new URL('metrics', url))).status).toBe(200);
  await live?.stop();
  expect(await program.code).toBe(0);
  expect(steps).toEqual(['configure in Oslo', 'startup', 'startup of the subclass', 'listening', 'scrape', ...stopped]);
  expect(program.log.map(({ msg }) => msg)).toEqual(['listening', 'stopped']);
});

test.each<[rule: string, failAt: string, error: Error, code: number, steps: readonly string[], lines: readonly string[]]>([
  ['a configure hook that throws', 'configure in Berlin', new Error('broken'), 1, started.slice(0, 1), ['configure hook failed: broken']],
  ['a startup hook that throws', 'startup', new Error('broken'), 1, [...started.slice(0, 2), ...stopped], ['startup hook failed: broken']],
  [
    "a subclass's startup hook that throws",
    'startup of the subclass',
    new TypeError('broken'),
    1,
    [...started, ...stopped],
    ['startup hook failed: broken'],
  ],
  [
    'a ConfigError of a configure hook',
    'configure in Berlin',
    new ConfigError('a.yml: is empty. Add a target.'),
    2,
    started.slice(0, 1),
    ['Error: a.yml: is empty. Add a target.'],
  ],
  [
    'a ConfigError of a startup hook',
    'startup',
    new ConfigError('no such city'),
    2,
    [...started.slice(0, 2), ...stopped],
    ['Error: no such city'],
  ],
  ['an ExitExporter of a configure hook', 'configure in Berlin', new ExitExporter(3, 'enough'), 3, started.slice(0, 1), ['enough']],
  ['an ExitExporter of a startup hook', 'startup', new ExitExporter(0), 0, [...started.slice(0, 2), ...stopped], []],
])('%s ends the program', async (_rule, failAt, error, code, expectedSteps, lines) => {
  const steps: string[] = [];
  const program = runProgram(createClass(steps, failAt, error), ['--port', '0']);
  expect(await program.code).toBe(code);
  expect(steps).toEqual(expectedSteps);
  expect(program.stderr.lines.map((line) => (line.startsWith('{') ? summary(line) : line))).toEqual(lines);
  expect(program.stdout.text).toBe('');
});

test('an ExitExporter with code 0 says its message on stdout', async () => {
  const program = runProgram(createClass([], 'startup', new ExitExporter(0, 'all is well')), []);
  expect(await program.code).toBe(0);
  expect([program.stdout.text, program.stderr.text]).toEqual(['all is well\n', '']);
});

const tls = (name: string): string => join(__dirname, '../fixtures/tls', name);

test.each([
  [
    'a key that does not match the certificate',
    ['--ssl-private-key', tls('other-key.pem'), '--ssl-public-key', tls('server.pem')],
    '--ssl-private-key: ',
  ],
  ['a key that is none', ['--ssl-private-key', tls('README.md'), '--ssl-public-key', tls('server.pem')], '--ssl-private-key: '],
  ['a certificate that is none', ['--ssl-private-key', tls('server-key.pem'), '--ssl-public-key', tls('README.md')], '--ssl-public-key: '],
  ['half a key pair', ['--ssl-private-key', tls('server-key.pem')], '--ssl-private-key: '],
  [
    'a CA that is none',
    ['--ssl-private-key', tls('server-key.pem'), '--ssl-public-key', tls('server.pem'), '--ssl-ca', tls('README.md')],
    '--ssl-ca: ',
  ],
])('%s ends the program with 2 before anything has started', async (_rule, argv, where) => {
  const steps: string[] = [];
  const program = runProgram(createClass(steps), argv);
  expect(await program.code).toBe(2);
  expect(steps).toEqual([]);
  expect(program.stderr.lines.at(-1)).toMatch(new RegExp(`^Error: ${where}`));
});

test('a key that a variable names is found by that variable', async () => {
  const env = { EXP_SSL_PRIVATE_KEY: tls('other-key.pem'), EXP_SSL_PUBLIC_KEY: tls('server.pem') };
  const program = runProgram(createClass([]), [], env);
  expect(await program.code).toBe(2);
  expect(program.stderr.lines.at(-1)).toMatch(/^Error: EXP_SSL_PRIVATE_KEY: the key in /);
});

test('a port in use ends the program with one log line, and the shutdown hooks run', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  const steps: string[] = [];
  const program = runProgram(createClass(steps), ['--host', '127.0.0.1', '--port', String(port)]);
  expect(await program.code).toBe(1);
  taken.close();
  expect(steps).toEqual([...started, ...stopped]);
  expect(program.stderr.lines).toHaveLength(1);
  expect(program.log).toMatchObject([{ level: 'error', msg: 'cannot listen' }]);
  expect(String(program.log[0]?.['error'])).toContain(`127.0.0.1:${port}`);
});

test('a shutdown hook that throws does not keep the others from running, and the exit code is 1', async () => {
  const steps: string[] = [];
  const Class = createClass(steps, 'shutdown of the subclass');
  let live: LiveExporter | undefined;
  @Exporter({ name: 'steps-exporter', description: 'x' })
  class Known extends Class {
    @OnStartup() tell({ exporter }: Startup) {
      live = exporter;
    }
  }
  const program = runProgram(Known, ['--port', '0']);
  await program.url();
  await expect(live?.stop()).rejects.toThrow('broken');
  expect(await program.code).toBe(1);
  expect(steps).toEqual([...started, ...stopped]);
  expect(program.log.map(({ msg }) => msg)).toEqual(['listening', 'shutdown hook failed', 'stopped']);
});

test('a stop while it starts skips the rest of the start', async () => {
  const steps: string[] = [];
  const program = runProgram(createClass(steps, 'after startup'), ['--port', '0']);
  expect(await program.code).toBe(0);
  expect(steps).toEqual([...started, ...stopped]);
  expect(program.log.map(({ msg }) => msg)).not.toContain('listening');
});

test('createExporter: start and stop each happen once, however often they are called', async () => {
  const steps: string[] = [];
  const exporter = createExporter(createClass(steps), { log: silentLogger });
  await Promise.all([exporter.start(), exporter.start()]);
  await Promise.all([exporter.stop(), exporter.stop()]);
  expect(steps).toEqual([...started, ...stopped]);
  await exporter.start();
});

test('createExporter: a start that fails rejects with the error itself, after the shutdown hooks', async () => {
  const steps: string[] = [];
  const error = new Error('broken');
  const exporter = createExporter(createClass(steps, 'startup', error), { log: silentLogger });
  await expect(exporter.start()).rejects.toBe(error);
  expect(steps).toEqual([...started.slice(0, 2), ...stopped]);
});

test('createExporter: a stop rejects with the failure of a shutdown hook, and start after stop is refused', async () => {
  const error = new Error('broken');
  const exporter = createExporter(createClass([], 'shutdown', error), { log: silentLogger });
  await exporter.start();
  await expect(exporter.stop()).rejects.toBe(error);
  const early = createExporter(createClass([]), { log: silentLogger });
  await early.stop();
  await expect(early.start()).rejects.toMatchObject({ code: 'NOT_RUNNING' });
});

function summary(line: string): string {
  const { msg, error } = JSON.parse(line) as { readonly msg: string; readonly error: string };
  return `${msg}: ${error}`;
}
