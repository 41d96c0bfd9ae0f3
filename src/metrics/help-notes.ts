import type { MetricFamily } from '../model/metric-family.js';
import type { Owner } from './owner.js';

/** Puts what owners have to note behind the help of the metrics that they set. */
export class HelpNotes {
  readonly #owners: readonly Owner[];
  readonly #noted = new WeakMap<MetricFamily, MetricFamily>();

  constructor(owners: readonly Owner[]) {
    this.#owners = owners;
  }

  /** The family with all notes for a metric; as long as nothing changes, the same object. */
  addTo(family: MetricFamily, metric: string): MetricFamily {
    // Few have anything to note.
    if (!this.#owners.some(({ note }) => note !== undefined)) return family;
    const notes = this.#owners.filter(({ note, metrics }) => note !== undefined && metrics.has(metric)).map(({ note }) => note);
    if (notes.length === 0) return family;
    const help = [family.help.replace(/[^.!?]$/, '$&.'), ...new Set(notes)].join(' ');
    const known = this.#noted.get(family);
    if (known?.help === help) return known;
    const noted = { ...family, help };
    this.#noted.set(family, noted);
    return noted;
  }
}
