import type { NamedMetricDeclaration } from '../../src/model/declaration.js';
import type { ExporterSpec, MetricSpec } from '../../src/model/spec.js';
import { createDynamicMetricSpecs } from '../../src/run/dynamic-spec.js';

const gauge = (name: string, labels: readonly string[] = []): NamedMetricDeclaration => ({ type: 'gauge', help: 'h', name, labels });

function create(declarations: readonly NamedMetricDeclaration[], utf8Names: boolean, existing: readonly MetricSpec[] = []) {
  const exporter = { name: 'x-exporter', namespace: undefined, utf8Names } as ExporterSpec;
  return createDynamicMetricSpecs(declarations, exporter, existing);
}

test('metrics made at run time have the names that their exporter allows', () => {
  expect(create([gauge('http.open', ['http.method'])], true)).toMatchObject([{ exportedName: 'http.open', labels: ['http.method'] }]);
  expect(() => create([gauge('http.open')], false)).toThrow(
    'createMetrics: http.open: metric name "http.open" is not allowed. Use letters, digits and underscores, such as http_requests.',
  );
});

test('names that are one where they are escaped are refused, also where one of them was there', () => {
  const existing = create([gauge('http.open')], true);
  const message = 'createMetrics: http_open: http_open and http.open of http.open are one where names are escaped. Rename one of them.';
  expect(() => create([gauge('http_open')], true, existing)).toThrow(message);
  expect(() => create([gauge('http.open'), gauge('http_open')], true)).toThrow(message);
  expect(create([gauge('http.closed')], true, existing)).toHaveLength(1);
});

test('only what adds up tells when it began', () => {
  expect(create([{ ...gauge('jobs'), type: 'counter', created: true }], false)).toMatchObject([{ created: true }]);
  expect(() => create([{ ...gauge('jobs'), created: true }], false)).toThrow('createMetrics: jobs: created is given for type gauge.');
});
