interface Done<Input, Result> {
  readonly input: Input;
  readonly result: Promise<Result>;
}

/** How many inputs are remembered: scrapes that leave something out may come in turn with those that do not. */
const mostKept = 2;

/**
 * Makes work be done once for each of the latest inputs, and its result be shared by all who ask; failures are forgotten. A weak map
 * would hold results, which are large, until all of the memory is searched for garbage.
 */
export function shareWork<Input extends object, Result>(work: (input: Input) => Promise<Result>): (input: Input) => Promise<Result> {
  let latest: readonly Done<Input, Result>[] = [];
  return (input) => {
    const known = latest.find((one) => one.input === input);
    if (known !== undefined) return known.result;
    const done = { input, result: work(input) };
    latest = [done, ...latest.slice(0, mostKept - 1)];
    done.result.catch(() => {
      latest = latest.filter((one) => one !== done);
    });
    return done.result;
  };
}
