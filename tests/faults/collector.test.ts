import { type Program, serveProgram } from './program.js';
import { openFiles } from './resources.js';
import { until } from '../until.js';

jest.setTimeout(120_000);

let program: Program;
afterEach(() => program.stop('SIGKILL'));

async function scrape(): Promise<{ readonly status: number; readonly values: Readonly<Record<string, string>> }> {
  const response = await fetch(new URL('metrics', program.url), { headers: { 'X-Prometheus-Scrape-Timeout-Seconds': '1' } });
  const lines = (await response.text()).matchAll(/^(steady_state|faulty_state|\w+_success)(?:\{.*"(\w+)"\})? (\S+)$/gm);
  const names: Readonly<Record<string, string>> = { steady_state: 'steady', faulty_state: 'faulty' };
  return {
    status: response.status,
    values: Object.fromEntries([...lines].map(([, name = '', label = '', value = '']) => [names[name] ?? `success of ${label}`, value])),
  };
}

const whole = { status: 200, values: { steady: '1', faulty: '1', 'success of steady': '1', 'success of faulty': '1' } };
const partial = { status: 200, values: { steady: '1', 'success of steady': '1', 'success of faulty': '0' } };

test.each([
  ['throws', 'throw', partial],
  ['hangs', 'hang', partial],
  ['settles its promise twice', 'twice', whole],
  ['blocks the event loop for 200 ms', 'block', whole],
] as const)('a collector that %s costs nobody else anything, during and after', async (_name, fault, during) => {
  program = await serveProgram('faulty', ['--scrape-timeout-offset', '700ms', '--shutdown-timeout', '1s']);
  expect(await scrape()).toEqual(whole);
  const files = openFiles(program);
  await fetch(new URL(`fault?${fault}`, program.url));
  for (let round = 0; round < 3; round += 1) {
    expect(await scrape()).toEqual(during);
    expect((await fetch(new URL('-/healthy', program.url))).status).toBe(200);
  }
  await fetch(new URL('fault?none', program.url));
  // One that never ends is not called again, so that it stays as it is.
  expect(await scrape()).toEqual(fault === 'hang' ? partial : whole);
  await until(() => openFiles(program) <= files + 1, 'no file is left open');
  expect(await program.stop()).toBe(0);
});
