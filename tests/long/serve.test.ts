import { killPrograms, startProgram } from '../start-program.js';

afterAll(killPrograms);

const forever: readonly string[] = ['--shutdown-timeout', '200ms'];

interface Case {
  readonly stage: string;
  /** Whether it ends by itself soon, else never. */
  readonly ends: boolean;
  readonly code: number;
  /** Whether startup had begun. */
  readonly shutsDown: boolean;
  /** What is told besides. */
  readonly tells?: string;
}

const cases: readonly Case[] = [
  { stage: 'configure', ends: true, code: 0, shutsDown: false },
  { stage: 'configure', ends: false, code: 1, shutsDown: false, tells: 'the start has not ended, and is left behind' },
  { stage: 'startup', ends: true, code: 0, shutsDown: true },
  { stage: 'startup', ends: false, code: 1, shutsDown: true, tells: 'the start has not ended, and is left behind' },
  { stage: 'binding', ends: true, code: 0, shutsDown: true },
  { stage: 'scrape', ends: true, code: 0, shutsDown: true },
  { stage: 'scrape', ends: false, code: 1, shutsDown: true, tells: 'update handler aborted' },
  { stage: 'reload', ends: true, code: 0, shutsDown: true },
  { stage: 'reload', ends: false, code: 1, shutsDown: true, tells: 'a reload has not ended, and is left behind' },
];

test.each(cases)('SIGTERM in $stage, which ends soon: $ends, exits with $code', async ({ stage, ends, code, shutsDown, tells }) => {
  const program = startProgram('stages', ['--port', '0', '--stage', stage, ...(ends ? ['--until', 'SIGTERM'] : forever)]);
  const { answer } = await enter(program, stage);
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([code, null]);
  const messages = program.log().map(({ msg }) => msg);
  expect(messages.includes('shut down')).toBe(shutsDown);
  expect(program.log().at(-1)).toMatchObject({ msg: 'stopped', code });
  const errors = program.log().filter(({ level }) => level === 'error');
  expect(errors.map(({ msg }) => msg)).toEqual(tells === undefined ? [] : [tells]);
  // The scrape has its answer in any case: a whole one, or one without what was cut off, which is all here.
  if (stage === 'scrape') expect((await answer)?.status).toBe(ends ? 200 : 500);
});

test('SIGTERM while the program is still loaded ends it at once, and nothing was begun', async () => {
  const program = startProgram('loading');
  await program.until('loading');
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([null, 'SIGTERM']);
  expect([program.stdout(), program.stderr()]).toEqual(['', 'loading\n']);
});

test('SIGTERM with a shutdown hook that hangs leaves it behind, runs the others and exits with 1', async () => {
  const program = startProgram('stages', ['--port', '0', '--stage', 'shutdown', ...forever]);
  await program.url();
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([1, null]);
  const [hook, last] = program
    .log()
    .slice(-3)
    .filter(({ msg }) => msg !== 'shut down');
  expect(hook).toMatchObject({
    msg: 'shutdown hook failed',
    hook: 'closeFirst',
    error: expect.stringContaining('has not ended within 1 s'),
  });
  expect(last).toMatchObject({ msg: 'stopped', code: 1 });
  expect(program.stderr()).toContain('shut down');
});

test.each(['startup', 'scrape', 'shutdown'])('a second SIGTERM during the stop in %s exits at once with 143', async (stage) => {
  const program = startProgram('stages', ['--port', '0', '--stage', stage]);
  const { answer } = await enter(program, stage === 'shutdown' ? 'none' : stage);
  program.child.kill('SIGTERM');
  await program.until(stage === 'shutdown' ? 'in shutdown' : '"stopping"');
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([143, null]);
  await answer?.catch(() => {});
});

test('without any time, what is under way is cut off at once, and the exit code is 1', async () => {
  const program = startProgram('stages', ['--port', '0', '--stage', 'scrape', '--shutdown-timeout', '0s']);
  const { answer } = await enter(program, 'scrape');
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([1, null]);
  expect((await answer)?.status).toBe(500);
});

test('SIGHUP reloads; with nothing to reload it costs one line', async () => {
  const program = startProgram('stages', ['--port', '0', '--stage', 'startup', '--until', 'SIGHUP']);
  await program.until('in startup');
  // Has its turn after the start.
  program.child.kill('SIGHUP');
  await program.until('"reloaded"');
  const messages = program.log().map(({ msg }) => msg);
  expect(messages.slice(-4)).toEqual(['reloading', 'listening', 'in reload', 'reloaded']);
  program.child.kill('SIGTERM');
  expect(await program.exited).toEqual([0, null]);

  const bare = startProgram('slow', ['--port', '0']);
  await bare.url();
  bare.child.kill('SIGHUP');
  await bare.until('nothing to reload');
  bare.child.kill('SIGTERM');
  expect(await bare.exited).toEqual([0, null]);
});

/** Waits until the program is in a stage, and begins a scrape where it needs one. */
async function enter(program: ReturnType<typeof startProgram>, stage: string): Promise<{ readonly answer: Promise<Response> | undefined }> {
  let answer: Promise<Response> | undefined;
  if (['none', 'scrape', 'reload'].includes(stage)) {
    const url = await program.url();
    if (stage === 'scrape') answer = fetch(new URL('metrics', url));
    if (stage === 'reload') program.child.kill('SIGHUP');
  }
  answer?.catch(() => {});
  if (stage !== 'none') await program.until(`in ${stage}`);
  // In an object, lest it is waited for here.
  return { answer };
}
