import { Exporter, type Gauge, Metric, OnConfigure, OnScrape, OnShutdown, OnStartup, Option } from '../../src/index.js';
import { buildExporter } from '../../src/run/build-exporter.js';

@Exporter({ name: 'base-exporter', description: 'A base.', namespace: 'app', defaultPort: 9400 })
class Base {
  @Option({ description: 'city to ask for', short: 'c' }) city = 'Berlin';
  @Option({ description: 'how often', type: 'duration' }) everyOften = 30_000;
  @Metric({ type: 'gauge', help: 'Air temperature.', labels: ['station'] }) temperatureCelsius!: Gauge<'station'>;
  @OnStartup() connect() {}
  @OnScrape() update() {}
  @OnShutdown() close() {}
}

@Exporter({
  name: 'derived-exporter',
  description: 'Derived.',
  override: { temperatureCelsius: { help: 'Warmth.' }, city: { description: 'another city' } },
})
class Derived extends Base {
  @Option({ description: 'street' }) street = 'Hauptstraße';
  @OnConfigure() prepare() {}
  @OnStartup() connectMore() {}
  override connect() {}
  @OnScrape() override update() {}
}

class Undecorated extends Base {}

const read = (exporterClass: new () => object) => buildExporter(exporterClass, () => new exporterClass()).spec;

test('a class is read into a complete spec', () => {
  const spec = read(Base);
  expect(spec).toMatchObject({
    className: 'Base',
    name: 'base-exporter',
    command: 'base-exporter',
    version: undefined,
    defaultPort: 9400,
    defaultMetricsPath: '/metrics',
    envPrefix: 'EXP',
    namespace: 'app',
    collectors: [{ member: 'update', name: 'update' }],
    hooks: { configure: [], startup: ['connect'], reload: [], shutdown: ['close'] },
  });
  expect(spec.options.map(({ name, type, env, default: initial }) => [name, type, env, initial])).toEqual([
    ['city', 'string', 'EXP_CITY', 'Berlin'],
    ['every-often', 'duration', 'EXP_EVERY_OFTEN', 30_000],
  ]);
  expect(spec.metrics).toMatchObject([
    { member: 'temperatureCelsius', name: 'temperature_celsius', exportedName: 'app_temperature_celsius' },
  ]);
});

test('a spec is frozen all the way down', () => {
  const { options, metrics } = read(Base);
  expect([options, options[0], metrics[0], metrics[0]?.labels].every(Object.isFrozen)).toBe(true);
});

test('a subclass inherits, overrides and adds, base members first', () => {
  const spec = read(Derived);
  expect(spec).toMatchObject({ name: 'derived-exporter', namespace: 'app', defaultPort: 9400 });
  expect(spec.options.map(({ member, description }) => [member, description])).toEqual([
    ['city', 'another city'],
    ['everyOften', 'how often'],
    ['street', 'street'],
  ]);
  expect(spec.metrics.map(({ help, type }) => [help, type])).toEqual([['Warmth.', 'gauge']]);
  expect(spec.hooks).toEqual({ configure: ['prepare'], startup: ['connect', 'connectMore'], reload: [], shutdown: ['close'] });
  expect(spec.collectors.map(({ member }) => member)).toEqual(['update']);
});

test('a base is not changed by its subclass', () => {
  read(Derived);
  const base = read(Base);
  expect(base.name).toBe('base-exporter');
  expect(base.options[0]?.description).toBe('city to ask for');
  expect(base.metrics[0]?.help).toBe('Air temperature.');
  expect(base.hooks.startup).toEqual(['connect']);
});

test('a subclass without a decorator of its own is its base', () => {
  expect(read(Undecorated)).toMatchObject({ className: 'Undecorated', name: 'base-exporter', hooks: { startup: ['connect'] } });
});

test('one method may be several hooks', () => {
  @Exporter({ name: 'x', description: 'x' })
  class Several {
    @OnStartup() @OnScrape() both() {}
  }
  const spec = read(Several);
  expect(spec.hooks.startup).toEqual(['both']);
  expect(spec.collectors).toMatchObject([{ member: 'both' }]);
});

test('a subclass that declares a member again replaces its declaration at the old place', () => {
  @Exporter({ name: 'x', description: 'x' })
  class Again extends Base {
    @Option({ description: 'new', short: 'x' }) override city = 'Oslo';
  }
  expect(read(Again).options.map(({ member, description, default: initial }) => [member, description, initial])).toEqual([
    ['city', 'new', 'Oslo'],
    ['everyOften', 'how often', 30_000],
  ]);
});

test('protected members can be declared', () => {
  @Exporter({ name: 'x', description: 'x' })
  class Hidden {
    @Option({ description: 'x' }) protected city = 'Berlin';
    @OnScrape() protected update() {
      return this.city;
    }
  }
  expect(read(Hidden)).toMatchObject({ options: [{ member: 'city' }], collectors: [{ member: 'update' }] });
});

test('overrides of one member add up along the classes', () => {
  @Exporter({ override: { temperatureCelsius: { help: 'Of the middle.' } } })
  class Middle extends Base {}
  @Exporter({ override: { temperatureCelsius: { name: 'warmth' } } })
  class Leaf extends Middle {}
  expect(read(Leaf).metrics).toMatchObject([{ help: 'Of the middle.', exportedName: 'app_warmth' }]);
  expect(read(Middle).metrics).toMatchObject([{ help: 'Of the middle.', exportedName: 'app_temperature_celsius' }]);
});

test('a command is inherited only with its name', () => {
  @Exporter({ name: 'one-exporter', description: 'x', command: 'one' })
  class One {}
  @Exporter({ name: 'two-exporter', description: 'x' })
  class Two extends One {}
  class Same extends One {}
  expect([One, Two, Same].map((exporterClass) => read(exporterClass).command)).toEqual(['one', 'two-exporter', 'one']);
});

test.each([
  ['undefined', () => undefined as unknown as object],
  ['a frozen object', () => Object.freeze(new Base())],
])('an object that cannot be filled, %s, is a mistake', (_what, create) => {
  expect(() => buildExporter(Base, create)).toThrow(
    'Base: has no fields that can be filled. Return an object of the class whose fields can be set.',
  );
});
