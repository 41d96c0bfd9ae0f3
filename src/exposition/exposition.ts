import type { MetricFamily } from '../model/metric-family.js';
import { takenNames } from '../model/sample-name.js';
import { negotiateEncoding } from './accept-encoding.js';
import type { Body, Compressor } from './body.js';
import { codings, identity } from './codings.js';
import { type Escaping, escapeName } from './escape-name.js';
import { formats } from './formats.js';
import { type Negotiated, negotiate } from './negotiate.js';
import type { Piece } from './piece.js';
import { Representation } from './representation.js';
import { shareWork } from './share-work.js';

/** What a client asks for, in the words of its headers. */
export interface Wish {
  readonly accept?: string | undefined;
  readonly acceptEncoding?: string | undefined;
}

/** How a wish is answered. */
export interface Choice {
  readonly headers: Readonly<Record<string, string>>;
  /** Renders families; where names are given, only those that have one of them. */
  render(families: readonly MetricFamily[], names?: readonly string[]): Promise<Body>;
}

/** After which time without use, in milliseconds, the bytes of a representation are given up. */
const idleMilliseconds = 10 * 60_000;

/** How many wishes are remembered: scrapers say the same each time. */
const mostChoices = 64;
const longestWish = 1_024;

interface Kept {
  readonly representation: Representation;
  /** By coding. */
  readonly compressors: Map<string, Compressor>;
  lastUse: number;
}

/** Writes the metrics of one exporter in all formats and codings, and remembers what it has written. */
export class Exposition {
  readonly #kept = new Map<string, Kept>();
  readonly #choices = new Map<string, Choice>();

  /** Chooses what answers a wish best. */
  choose({ accept = '', acceptEncoding = '' }: Wish): Choice {
    const wish = `${accept}\n${acceptEncoding}`;
    let choice = this.#choices.get(wish);
    if (choice === undefined) {
      choice = this.#createChoice(accept, acceptEncoding);
      if (this.#choices.size === mostChoices) this.#choices.clear();
      if (wish.length <= longestWish) this.#choices.set(wish, choice);
    }
    return choice;
  }

  #createChoice(accept: string, acceptEncoding: string): Choice {
    const negotiated = negotiate(accept, formats);
    const { format, escaping } = negotiated;
    const coding = codings.find(({ name }) => name === negotiateEncoding(acceptEncoding, codingNames));
    const used = coding ?? identity;
    return {
      headers: {
        'Content-Type': format.contentType(escaping),
        ...(coding && { 'Content-Encoding': coding.name }),
        Vary: 'Accept, Accept-Encoding',
      },
      render: async (families, names = []) => {
        const { representation, compressors } = this.#keep(negotiated);
        if (names.length > 0) {
          // What is remembered of all is left alone.
          const some = families.filter((family) => hasName(family, names, escaping));
          return used.createCompressor().compress(await representation.encodeSome(some));
        }
        const compressor = obtain(compressors, used.name, () => shareCompression(used.createCompressor()));
        return compressor.compress(await representation.encode(families));
      },
    };
  }

  #keep({ format, escaping }: Negotiated): Kept {
    const now = Date.now();
    for (const [key, { lastUse }] of this.#kept) if (now - lastUse > idleMilliseconds) this.#kept.delete(key);
    const kept = obtain(this.#kept, `${formats.indexOf(format)} ${escaping}`, () => ({
      representation: new Representation(format.createEncoder(escaping)),
      compressors: new Map(),
      lastUse: now,
    }));
    kept.lastUse = now;
    return kept;
  }
}

function obtain<Value>(values: Map<string, Value>, key: string, create: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) values.set(key, (value = create()));
  return value;
}

/** Who asks for the same body shares the work. */
function shareCompression(compressor: Compressor): Compressor {
  return { compress: shareWork((pieces: readonly Piece[]) => compressor.compress(pieces)) };
}

const codingNames = codings.map(({ name }) => name);

/** Whether a family is meant by its own name or that of its samples, as they are or as they are shown. */
function hasName(family: MetricFamily, names: readonly string[], escaping: Escaping): boolean {
  const escaped = { ...family, name: escapeName(family.name, escaping, 'metric') };
  return [...takenNames(family), ...takenNames(escaped)].some((name) => names.includes(name));
}
