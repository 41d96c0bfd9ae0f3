import {
  type Configure,
  createExporter,
  Exporter,
  exporterCommand,
  OnConfigure,
  OnReload,
  OnScrape,
  OnShutdown,
  OnStartup,
  Option,
  type Reload,
  runExporter,
  type Scrape,
  type Shutdown,
  type Startup,
} from '../../src/index.js';

@Exporter({ name: 'right', description: 'Everything here is right.' })
export class RightHooks {
  @Option({ description: 'city' }) city = 'Berlin';
  @OnConfigure() configure({ exporter, log }: Configure) {
    log.info({ name: exporter.spec.name }, 'configured');
  }
  @OnStartup() async start({ app, log }: Startup) {
    app.use((ctx) => log.debug(String(ctx.exporter?.spec.name)));
  }
  @OnScrape() async update({ signal, deadline, metrics }: Scrape): Promise<void> {
    signal.throwIfAborted();
    metrics['a']?.reset();
    void deadline;
  }
  @OnScrape({ name: 'other', timeout: '5s' }) other() {}
  @OnReload() async read({ signal, commit, exporter, log }: Reload) {
    signal.throwIfAborted();
    commit(() => log.info({ name: exporter.spec.name }, 'read'));
  }
  @OnShutdown() stop(_context: Shutdown) {}
  @OnShutdown() protected quietly() {}
}

@Exporter({ override: { city: { description: 'another city' } } })
export class Derived extends RightHooks {}

// @ts-expect-error override names no member
@Exporter({ override: { citty: { description: 'x' } } })
export class WrongOverride extends RightHooks {}

// @ts-expect-error a name is needed
@Exporter({ description: 'x' })
export class Nameless {}

// @ts-expect-error an unknown key
@Exporter({ name: 'x', description: 'x', port: 5 })
export class WrongKey {}

@Exporter({ name: 'wrong', description: 'Everything here is wrong.' })
export class WrongHooks {
  // @ts-expect-error a hook takes its own object
  @OnScrape() text(_text: string) {}
  // @ts-expect-error a hook takes one object
  @OnScrape() two(_scrape: Scrape, _more: string) {}
  // @ts-expect-error configure has no app yet
  @OnConfigure() early(_context: Startup) {}
  // @ts-expect-error reload has no app
  @OnReload() reloadLate(_context: Startup) {}
  // @ts-expect-error a hook is a method
  @OnStartup() field = 5;
  // @ts-expect-error an unknown key
  @OnScrape({ nam: 'x' }) key() {}
}

class NeedsPool {
  constructor(readonly pool: string) {}
}

void runExporter(RightHooks);
void runExporter([RightHooks, Derived], { name: 'both', argv: [], env: {} });
exporterCommand(RightHooks, { paths: [['serve']] });
const exporter = createExporter(NeedsPool, { create: () => new NeedsPool('x') });
exporter.instance.pool.trim();
// @ts-expect-error a class whose constructor takes arguments
void runExporter(NeedsPool);
