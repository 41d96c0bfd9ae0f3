import { joinLabels, type LabelPairs, writeLabels } from '../model/labels.js';
import type { MetricFamily, SeriesBlock } from '../model/metric-family.js';
import { familyName } from '../model/metric-spec.js';
import type { MetricSpec } from '../model/spec.js';
import type { BlockContent } from './block-content.js';

/** Makes the blocks of a snapshot, mostly one, of what a block holds. */
type Shape = (content: BlockContent) => readonly SeriesBlock[];

/** Makes a metric's family of what its blocks hold, and keeps what has not changed. */
export class FamilyCache {
  readonly #spec: MetricSpec;
  readonly #shape: Shape | undefined;
  readonly #name: string;
  #made = new WeakMap<BlockContent, readonly SeriesBlock[]>();
  #labels = new WeakMap<readonly string[], readonly string[]>();
  #defaults: LabelPairs = [];
  /** What the registry adds to the labels of all series. */
  #extra = '';
  #family: MetricFamily | undefined;

  /** @param shape without one, what a block holds is a block of a snapshot already */
  constructor(spec: MetricSpec, shape?: Shape) {
    this.#spec = spec;
    this.#shape = shape;
    this.#name = familyName(spec);
  }

  take(contents: readonly BlockContent[], defaults: LabelPairs): MetricFamily {
    if (defaults !== this.#defaults) this.#setExtra(defaults);
    const isReady = this.#shape === undefined && this.#extra === '';
    const blocks = isReady ? contents : contents.flatMap((content) => this.#blocksOf(content));
    if (this.#family === undefined || !isSame(blocks, this.#family.blocks)) this.#family = this.#create(blocks);
    return this.#family;
  }

  #create(blocks: readonly SeriesBlock[]): MetricFamily {
    const { type, help, unit, states } = this.#spec;
    const name = this.#name;
    // Not spread, which costs as much as all the rest here.
    const family = type === 'enum' ? { type, name, help, unit, blocks, states } : { type, name, help, unit, blocks };
    // The blocks are those of the type; the compiler does not follow that through the union.
    return family as unknown as MetricFamily;
  }

  #blocksOf(content: BlockContent): readonly SeriesBlock[] {
    let blocks = this.#made.get(content);
    if (blocks === undefined) this.#made.set(content, (blocks = this.#createBlocks({ ...content, labels: this.#labelsOf(content) })));
    return blocks;
  }

  #createBlocks(content: BlockContent): readonly SeriesBlock[] {
    return this.#shape === undefined ? [content] : this.#shape(content);
  }

  #labelsOf({ labels }: BlockContent): readonly string[] {
    if (this.#extra === '') return labels;
    let extended = this.#labels.get(labels);
    if (extended === undefined) this.#labels.set(labels, (extended = labels.map((text) => joinLabels(text, this.#extra))));
    return extended;
  }

  #setExtra(defaults: LabelPairs): void {
    this.#defaults = defaults;
    const { labels, type, exportedName } = this.#spec;
    const own = type === 'enum' ? [...labels, exportedName] : labels;
    const extra = writeLabels(defaults.filter(([name]) => !own.includes(name)));
    if (extra === this.#extra) return;
    this.#extra = extra;
    this.#made = new WeakMap();
    this.#labels = new WeakMap();
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
