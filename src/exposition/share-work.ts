/** Makes work be done once for each input, and its result be shared by all who ask while the input is in use; failures are forgotten. */
export function shareWork<Input extends object, Result>(work: (input: Input) => Promise<Result>): (input: Input) => Promise<Result> {
  const results = new WeakMap<Input, Promise<Result>>();
  return (input) => {
    let result = results.get(input);
    if (result === undefined) {
      result = work(input);
      results.set(input, result);
      result.catch(() => results.delete(input));
    }
    return result;
  };
}
