/** A family as whoever scrapes it reads it, from whatever format. */
export interface ReadFamily {
  readonly name: string;
  /** In the words of the text formats. */
  readonly type: string;
  readonly help: string;
  readonly unit?: string;
  readonly samples: readonly ReadSample[];
}

export interface ReadSample {
  /** The whole name: `wait_seconds_bucket`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly exemplar?: ReadExemplar;
}

export interface ReadExemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly timestamp: number;
}

/** Tells series apart, whatever the order of their labels. */
export function seriesKey({ name, labels }: Pick<ReadSample, 'name' | 'labels'>): string {
  return JSON.stringify([name, Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}

/** All series with their values, in an order that does not depend on the format. */
export function seriesOf(families: readonly ReadFamily[]): readonly string[] {
  return families
    .flatMap(({ samples }) => samples)
    .map((sample) => `${seriesKey(sample)} ${Object.is(sample.value, -0) ? '-0' : sample.value}`)
    .toSorted();
}

/** The same, with `le` and `quantile` as plain numbers, since how they are written has a test of its own. */
export function withPlainPoints(families: readonly ReadFamily[]): readonly ReadFamily[] {
  const plain = ([name, text]: readonly [string, string]): readonly [string, string] =>
    (name === 'le' || name === 'quantile') && text !== '+Inf' ? [name, String(Number(text))] : [name, text];
  return families.map(({ samples, ...family }) => ({
    ...family,
    samples: samples.map(({ labels, ...sample }) => ({ ...sample, labels: Object.fromEntries(Object.entries(labels).map(plain)) })),
  }));
}
