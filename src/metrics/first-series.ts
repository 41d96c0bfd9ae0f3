import type { MetricSpec } from '../model/spec.js';

/**
 * The label values of the series that a metric starts with, in the order of the declaration: all combinations where the
 * values of all labels are known, and none where those of one are not. Without labels there is one, of no values.
 */
export function* firstSeries({ labels, labelValues }: Pick<MetricSpec, 'labels' | 'labelValues'>): Generator<readonly string[]> {
  const lists = labels.map((_label, index) => labelValues?.[index] ?? []);
  const count = lists.reduce((product, { length }) => product * length, 1);
  for (let place = 0; place < count; place++) yield combination(lists, place);
}

/** The last label changes first, as the digits of a number do. */
function combination(lists: readonly (readonly string[])[], place: number): readonly string[] {
  let rest = place;
  const fromTheLast = lists.toReversed().map((list) => {
    const value = list[rest % list.length] ?? '';
    rest = Math.floor(rest / list.length);
    return value;
  });
  return fromTheLast.toReversed();
}
