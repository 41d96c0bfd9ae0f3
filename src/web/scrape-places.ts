import type { ScrapeRequest } from '../model/hook.js';

/** What a scrape holds while it runs and its answer is sent. */
export interface Seat {
  /** Its calls are done: who comes later joins others. */
  readonly collected: () => void;
  /** Its answer is sent, or its reader is gone. May be called twice. */
  readonly leave: () => void;
}

interface Place {
  seats: number;
  collecting: number;
}

/** Limits how many scrapes there may be at once. Those of one choice whose calls are under way together have one place. */
export class ScrapePlaces {
  readonly #most: number;
  #taken = 0;
  /** By choice: those that others may join. */
  readonly #open = new Map<string, Place>();

  /** @param most 0 for any number */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a seat; undefined where there is none. */
  enter({ collect = [], exclude = [] }: Pick<ScrapeRequest, 'collect' | 'exclude'>): Seat | undefined {
    const key = collect.length + exclude.length === 0 ? '' : JSON.stringify([collect.toSorted(), exclude.toSorted()]);
    const place = this.#open.get(key) ?? this.#take(key);
    return place && this.#sit(key, place);
  }

  #take(key: string): Place | undefined {
    if (this.#most > 0 && this.#taken >= this.#most) return undefined;
    this.#taken += 1;
    const place = { seats: 0, collecting: 0 };
    this.#open.set(key, place);
    return place;
  }

  #sit(key: string, place: Place): Seat {
    let state: 'collecting' | 'sending' | 'gone' = 'collecting';
    place.seats += 1;
    place.collecting += 1;
    const collected = (): void => {
      if (state !== 'collecting') return;
      state = 'sending';
      place.collecting -= 1;
      if (place.collecting === 0 && this.#open.get(key) === place) this.#open.delete(key);
    };
    const leave = (): void => {
      collected();
      if (state === 'gone') return;
      state = 'gone';
      place.seats -= 1;
      if (place.seats === 0) this.#taken -= 1;
    };
    return { collected, leave };
  }
}
