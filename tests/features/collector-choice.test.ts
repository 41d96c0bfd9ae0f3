import { setImmediate as nextTurn } from 'node:timers/promises';
import { Exporter, type Gauge, type LiveExporter, Metric, OnScrape, OnStartup, type Startup } from '../../src/index.js';
import { parseMetrics, startTestExporter } from '../../src/testing/index.js';
import { runProgram } from '../run-program.js';

@Exporter({ name: 'host-exporter', description: 'A host.', envPrefix: 'HOST', namespace: 'host' })
class Host {
  @Metric({ type: 'gauge', help: 'What was looked at.', labels: ['part'] }) seen!: Gauge<'part'>;
  @Metric({ type: 'gauge', help: 'What was looked at ever.', labels: ['part'], stale: 'keep' }) everSeen!: Gauge<'part'>;
  /** What collectors that run wait for. */
  busy: Readonly<Record<string, Promise<void>>> = {};
  runs: string[] = [];
  exporter: LiveExporter | undefined;

  @OnStartup() start({ exporter }: Startup) {
    this.exporter = exporter;
    this.seen.set({ part: 'outside' }, 1);
  }
  @OnScrape({ name: 'cpu' }) updateCpu() {
    return this.#see('cpu');
  }
  @OnScrape({ name: 'disk' }) updateDisk() {
    return this.#see('disk');
  }
  @OnScrape({ name: 'raid_array', enabled: false }) updateRaid() {
    return this.#see('raid_array');
  }
  @OnScrape() always() {
    return this.#see('always');
  }
  async #see(part: string): Promise<void> {
    this.runs.push(part);
    await this.busy[part];
    this.seen.set({ part }, 1);
    this.everSeen.set({ part }, 1);
  }
}

/** The parts that a text tells, those about the collectors included, without `outside`: `cpu disk`. */
function partsOf(text: string): string {
  const samples = parseMetrics(text).flatMap((family) => family.samples);
  const of = (name: string, label: string) => samples.filter((one) => one.name === name).map(({ labels }) => labels[label] ?? '');
  const collectors = of('host_scrape_collector_success', 'collector');
  const seen = of('host_seen', 'part');
  expect(seen).toContain('outside');
  expect(seen.filter((part) => part !== 'outside').toSorted()).toEqual(collectors.toSorted());
  expect(of('host_ever_seen', 'part').toSorted()).toEqual(collectors.toSorted());
  return collectors.join(' ');
}

describe('the operator chooses', () => {
  test.each<[argv: readonly string[], env: Record<string, string>, parts: string]>([
    [[], {}, 'cpu disk always'],
    [['--no-collector.cpu'], {}, 'disk always'],
    [['--no-collector.cpu', '--no-collector.disk'], {}, 'always'],
    [['--collector.cpu=false'], {}, 'disk always'],
    [['--collector.raid_array'], {}, 'cpu disk raid_array always'],
    [['--collector.cpu', '--no-collector.cpu'], {}, 'disk always'],
    [['--collector.disable-defaults'], {}, 'always'],
    [['--collector.disable-defaults', '--collector.cpu'], {}, 'cpu always'],
    [['--collector.raid_array', '--collector.disable-defaults'], {}, 'raid_array always'],
    [['--collector.disable-defaults', '--no-collector.disable-defaults'], {}, 'cpu disk always'],
    [[], { HOST_COLLECTOR_CPU: 'no' }, 'disk always'],
    [[], { HOST_COLLECTOR_RAID_ARRAY: 'yes' }, 'cpu disk raid_array always'],
    [[], { HOST_COLLECTOR_DISABLE_DEFAULTS: 'true', HOST_COLLECTOR_DISK: 'true' }, 'disk always'],
    [['--collector.cpu'], { HOST_COLLECTOR_CPU: 'false', HOST_COLLECTOR_DISABLE_DEFAULTS: '1' }, 'cpu always'],
    [['--no-collector.cpu'], { HOST_COLLECTOR_CPU: 'true' }, 'disk always'],
    [[], { HOST_COLLECTOR_CPU: '' }, 'cpu disk always'],
  ])('%p with %p: %s', async (argv, env, parts) => {
    let host: Host | undefined;
    @Exporter({ name: 'host-exporter', description: 'A host.', envPrefix: 'HOST', namespace: 'host' })
    class Known extends Host {
      @OnStartup() tell({ exporter }: Startup) {
        host = exporter.instance as Host;
      }
    }
    const program = runProgram(Known, ['--port', '0', ...argv], { HOST_LOG_FORMAT: 'json', ...env });
    const answer = await fetch(new URL('metrics', await program.url()));
    expect(partsOf(await answer.text())).toBe(parts);
    expect(host?.runs.join(' ')).toBe(parts);
    await host?.exporter?.stop();
    expect(await program.code).toBe(0);
  });

  test.each<[options: Record<string, unknown>, parts: string]>([
    [{ 'collector.cpu': false }, 'disk always'],
    [{ 'collector.raid_array': 'on', 'collector.disk': 'off' }, 'cpu raid_array always'],
    [{ 'collector.disable-defaults': true, 'collector.cpu': true }, 'cpu always'],
  ])('createExporter: %p: %s', async (options, parts) => {
    await using exporter = await startTestExporter(Host, { options });
    expect(partsOf((await exporter.scrape()).text)).toBe(parts);
  });

  test.each([
    [['--collector.gpu'], {}, '--collector.gpu: no such option. Did you mean --collector.cpu?'],
    [['--no-collector.cp'], {}, '--no-collector.cp: no such option. Did you mean --no-collector.cpu?'],
    [['--collector.always'], {}, '--collector.always: no such option.'],
    [['--collector.cpu=maybe'], {}, 'Invalid value for --collector.cpu: "maybe" is neither true nor false.'],
    [[], { HOST_COLLECTOR_CPU: 'maybe' }, 'Invalid value for HOST_COLLECTOR_CPU: "maybe" is neither true nor false.'],
  ])('%p with %p is a mistake: %s', async (argv, env, message) => {
    const program = runProgram(Host, argv, env as Record<string, string>);
    expect(await program.code).toBe(2);
    expect(program.stderr.text).toContain(`\nError: ${message}`);
  });

  test('a variable of no collector costs a warning with the nearest name', async () => {
    let host: Host | undefined;
    @Exporter({ name: 'host-exporter', description: 'A host.', envPrefix: 'HOST' })
    class Known extends Host {
      @OnStartup() tell({ exporter }: Startup) {
        host = exporter.instance as Host;
      }
    }
    const program = runProgram(Known, ['--port', '0'], { HOST_LOG_FORMAT: 'json', HOST_COLLECTOR_CPUS: 'false' });
    await program.url();
    await host?.exporter?.stop();
    await program.code;
    expect(program.log.find(({ level }) => level === 'warning')).toMatchObject({ variable: 'HOST_COLLECTOR_CPUS' });
    expect(program.stderr.text).toContain('HOST_COLLECTOR_CPU');
  });

  test('the help names the flags of collectors that have a name, and what they are by default', async () => {
    const program = runProgram(Host, ['--help'], { COLUMNS: '100' });
    expect(await program.code).toBe(0);
    const text = program.stdout.text.replaceAll(/\s+/g, ' ');
    for (const [name, isOn] of [
      ['cpu', true],
      ['disk', true],
      ['raid_array', false],
    ] as const) {
      const variable = `HOST_COLLECTOR_${name.toUpperCase()}`;
      expect(text).toContain(
        ` --collector.${name} / --no-collector.${name} run the ${name} collector [env var: ${variable}; default: ${isOn}] `,
      );
    }
    const others = 'run only collectors that are turned on by their own option, and those that have none';
    expect(text).toContain(
      ` --collector.disable-defaults / --no-collector.disable-defaults ${others} [env var: HOST_COLLECTOR_DISABLE_DEFAULTS; default: false] `,
    );
    expect(program.stdout.text.indexOf('\nCollector options:\n')).toBeLessThan(program.stdout.text.indexOf(' --collector.cpu '));
    expect(program.stdout.text.indexOf('\nCollector options:\n')).toBeGreaterThan(program.stdout.text.indexOf(' --port '));
    expect(program.stdout.text).not.toContain('always');
  });

  test('where all collectors have names, none is left running', async () => {
    @Exporter({ name: 'host-exporter', description: 'A host.' })
    class Named {
      @OnScrape({ name: 'cpu' }) update() {}
    }
    const program = runProgram(Named, ['--help'], { COLUMNS: '100' });
    await program.code;
    expect(program.stdout.text.replaceAll(/\s+/g, ' ')).toContain('turned on by their own option [env var: EXP_COLLECTOR_DISABLE_DEFAULTS');
  });

  test('without named collectors there are no such flags', async () => {
    @Exporter({ name: 'host-exporter', description: 'A host.' })
    class Plain {
      @OnScrape() update() {}
    }
    const program = runProgram(Plain, ['--help']);
    await program.code;
    expect(program.stdout.text).not.toMatch(/collector\.|Collector options/);
  });
});

describe('a scrape chooses', () => {
  test.each([
    ['', 'cpu disk always'],
    ['?collect[]=cpu', 'cpu'],
    ['?collect%5B%5D=cpu', 'cpu'],
    ['?collect[]=always&collect[]=cpu&collect[]=cpu', 'cpu always'],
    ['?exclude[]=cpu', 'disk always'],
    ['?exclude[]=cpu&exclude[]=disk&exclude[]=always', ''],
    ['?collect=cpu', 'cpu disk always'],
    ['?collect[]=cpu&name[]=host_seen&name[]=host_ever_seen&name[]=host_scrape_collector_success', 'cpu'],
  ])('metrics%s: %s', async (query, parts) => {
    await using exporter = await startTestExporter(Host, { listen: true });
    await exporter.scrape();
    exporter.instance.runs.length = 0;
    const answer = await fetch(`${exporter.url}metrics${query}`);
    expect(answer.status).toBe(200);
    expect(partsOf(await answer.text())).toBe(parts);
    expect(exporter.instance.runs.join(' ')).toBe(parts);
  });

  test.each([
    ['collect[]=gpu', 'collect[]: there is no collector "gpu". Did you mean cpu?'],
    ['collect[]=cpu&collect[]=gpu', 'collect[]: there is no collector "gpu". Did you mean cpu?'],
    ['exclude[]=screen', /^exclude\[\]: there is no collector "screen"\. Use one of cpu, disk, .*always\.$/],
    ['collect[]=', /^collect\[\]: there is no collector ""\. Use one of /],
    ['collect[]=%1b[31m', /^collect\[\]: there is no collector "\\u001b\[31m"\. Use one of /],
    ['collect[]=raid_array', 'collect[]: collector "raid_array" is disabled. Choose another one, or enable it.'],
    ['exclude[]=raid_array', 'exclude[]: collector "raid_array" is disabled. Choose another one, or enable it.'],
    ['collect[]=cpu&exclude[]=disk', 'collect[] and exclude[] are given together. Give one of them.'],
  ])('metrics?%s is refused with 400, and runs nothing', async (query, message) => {
    await using exporter = await startTestExporter(Host, { listen: true });
    const answer = await fetch(`${exporter.url}metrics?${query}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/plain; charset=utf-8']);
    const text = (await answer.text()).trimEnd();
    if (typeof message === 'string') expect(text).toBe(message);
    else expect(text).toMatch(message);
    expect((await fetch(`${exporter.url}metrics?${query}`, { method: 'HEAD' })).status).toBe(400);
    expect(exporter.instance.runs).toEqual([]);
  });

  test('name[] chooses families and runs all collectors', async () => {
    await using exporter = await startTestExporter(Host, { listen: true });
    const text = await (await fetch(`${exporter.url}metrics?name[]=host_seen`)).text();
    expect(parseMetrics(text).map(({ name }) => name)).toEqual(['host_seen']);
    expect(exporter.instance.runs).toEqual(['cpu', 'disk', 'always']);
  });

  test('a scrape joins the running calls of what it chooses, begins no others, and waits for no others', async () => {
    await using exporter = await startTestExporter(Host);
    const { instance } = exporter;
    const release: Record<string, () => void> = {};
    const wait = (name: string) => new Promise<void>((resolve) => (release[name] = resolve));
    instance.busy = { cpu: wait('cpu'), disk: wait('disk') };
    const answers = ['cpu', 'disk'].map(async (name) => partsOf((await exporter.exporter.scrape({ collect: [name] })).body.toString()));
    const both = exporter.exporter.scrape({ collect: ['cpu', 'always'] });
    await nextTurn();
    expect(instance.runs).toEqual(['cpu', 'disk', 'always']);
    expect(partsOf((await exporter.exporter.scrape({ exclude: ['cpu', 'disk'] })).body.toString())).toBe('always');
    release['cpu']?.();
    expect(await answers[0]).toBe('cpu');
    expect(partsOf((await both).body.toString())).toBe('cpu always');
    expect(instance.runs).toEqual(['cpu', 'disk', 'always', 'always']);
    release['disk']?.();
    expect(await answers[1]).toBe('disk');
  });

  test('all that it chooses must fail for it to fail', async () => {
    await using exporter = await startTestExporter(Host);
    exporter.instance.busy = { cpu: Promise.reject(new Error('no answer')) };
    const status = async (request: object): Promise<number> => (await exporter.exporter.scrape(request)).status;
    expect([await status({}), await status({ collect: ['cpu'] }), await status({ exclude: ['cpu'] })]).toEqual([200, 500, 200]);
  });
});
