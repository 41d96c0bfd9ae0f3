/**
 * Makes work be done once for all who ask for the same while it is done, or as long as nobody has asked for anything else since;
 * failures are forgotten. A weak map would hold results, which are large, until all of the memory is searched for garbage.
 */
export function shareWork<Input extends object, Result>(work: (input: Input) => Promise<Result>): (input: Input) => Promise<Result> {
  const running = new Map<Input, Promise<Result>>();
  let last: { readonly input: Input; readonly result: Promise<Result> } | undefined;
  return (input) => {
    if (last?.input === input) return last.result;
    let result = running.get(input);
    if (result === undefined) {
      const begun = (result = work(input));
      running.set(input, begun);
      const end = (): boolean => running.delete(input);
      begun.then(() => {
        end();
        last = { input, result: begun };
      }, end);
    }
    return result;
  };
}
