import { Exposition } from '../../src/exposition/exposition.js';
import type { MetricFamily } from '../../src/model/metric-family.js';
import { answerScrape, type MetricsRequest, type MetricsSource } from '../../src/web/answer-scrape.js';

const family: MetricFamily = {
  name: 'up',
  help: 'Is it?',
  unit: undefined,
  type: 'gauge',
  blocks: [{ labels: [''], values: Float64Array.of(1) }],
};

async function answer(request: MetricsRequest, source: Partial<MetricsSource> = {}) {
  const asked: string[] = [];
  const { status, headers, body } = await answerScrape(request, {
    isRunning: true,
    exposition: new Exposition(),
    faultOf: () => undefined,
    collect: async () => {
      asked.push('collect');
      return { families: [family] };
    },
    ...source,
  });
  return { status, headers, text: Buffer.concat(body).toString(), asked };
}

test('collectors run, then the metrics are encoded in the format asked for', async () => {
  const text = await answer({});
  expect(text).toMatchObject({ status: 200, asked: ['collect'] });
  expect(text.headers).toEqual({ 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', Vary: 'Accept, Accept-Encoding' });
  expect(text.text).toContain('\nup 1\n');
  const openMetrics = await answer({ accept: 'application/openmetrics-text;version=1.0.0' });
  expect(openMetrics.headers['Content-Type']).toContain('application/openmetrics-text; version=1.0.0');
  expect(openMetrics.text).toContain('# EOF');
});

test('for the headers alone nothing runs', async () => {
  expect(await answer({ head: true, accept: 'text/plain' })).toEqual({
    status: 200,
    headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', Vary: 'Accept, Accept-Encoding' },
    text: '',
    asked: [],
  });
});

test('why a scrape failed stands in an answer 500', async () => {
  const collect = () => Promise.resolve({ failure: 'Failed or late: a.' });
  const { status, headers, text } = await answer({}, { collect });
  expect([status, headers['Content-Type'], text]).toEqual([500, 'text/plain; charset=utf-8', 'Failed or late: a.\n']);
});

test('a wrong choice of collectors is answered 400, also where only the headers are asked for', async () => {
  const faultOf = ({ collect }: MetricsRequest) => collect?.map((name) => `no ${name}`).join();
  for (const head of [false, true]) {
    const { status, headers, text, asked } = await answer({ collect: ['x'], head }, { faultOf });
    expect([status, headers['Content-Type'], text, asked]).toEqual([400, 'text/plain; charset=utf-8', 'no x\n', []]);
  }
});

test('an exporter that does not run answers 503', async () => {
  const { status, headers, text, asked } = await answer({}, { isRunning: false });
  expect([status, headers['Retry-After'], text, asked]).toEqual([503, '1', 'The exporter is not running.\n', []]);
});
