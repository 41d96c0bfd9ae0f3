import type { ErrorCode } from '../../errors.js';
import { suggest } from '../../model/nearest.js';
import { pathOf, type Place, type Report, show } from './report.js';
import { parseYamlBoolean } from './scalar.js';
import type { YamlNode, YamlScalar } from './yaml-node.js';

/** The keys of a section that say something, with their values. */
export type Section<K extends string> = Readonly<Partial<Record<K, YamlValue>>>;

/** A value of the file at its place. What it is asked to be and is not goes to the report, and it is undefined then. */
export class YamlValue {
  readonly node: YamlNode;
  readonly path: string;
  /** Where the key of the value stands, or the value itself in a list. */
  readonly at: number;
  readonly report: Report;

  constructor(node: YamlNode, { path, at }: Place, report: Report) {
    this.node = node;
    this.path = path;
    this.at = at;
    this.report = report;
  }

  fault(what: string, mend: string, code?: ErrorCode): undefined {
    this.report.fault(this, what, mend, code);
  }

  /** A mapping with some of these keys; one that says nothing counts as left out. */
  section<K extends string>(keys: readonly K[]): Section<K> {
    const known = this.entries().filter(([key, value]) => {
      if ((keys as readonly string[]).includes(key)) return value.node.kind !== 'nothing';
      value.fault('no such key', suggest(key, keys));
      return false;
    });
    return Object.fromEntries(known) as Section<K>;
  }

  /** A mapping with any keys. */
  entries(): readonly (readonly [key: string, value: YamlValue])[] {
    const { node } = this;
    if (node.kind === 'nothing') return [];
    if (node.kind !== 'mapping') return this.#refuse('mapping', 'Write keys with values below it') ?? [];
    return node.entries.map(({ key, at, value }) => [key, new YamlValue(value, { path: pathOf(this.path, key), at }, this.report)]);
  }

  items(): readonly YamlValue[] {
    const { node } = this;
    if (node.kind === 'nothing') return [];
    if (node.kind !== 'list') return this.#refuse('list', 'Write each entry on a line of its own, after a hyphen') ?? [];
    return node.items.map((item, index) => new YamlValue(item, { path: `${this.path}[${index}]`, at: item.at }, this.report));
  }

  /** Any scalar is a text, whatever else it could mean; nothing is an empty one. */
  text(): string | undefined {
    return this.node.kind === 'nothing' ? '' : this.scalar()?.text;
  }

  scalar(wanted = 'text'): YamlScalar | undefined {
    return this.node.kind === 'scalar' ? this.node : this.#refuse(wanted, 'Write one');
  }

  boolean(): boolean | undefined {
    const scalar = this.scalar('boolean');
    if (scalar === undefined) return undefined;
    const value = parseYamlBoolean(scalar.text);
    if (value === undefined) return this.fault(`${show(scalar.text)} is neither true nor false`, 'Write one of them');
    return scalar.isPlain ? value : this.fault(`${show(scalar.text)} is a text, since it has quotes`, 'Leave out the quotes');
  }

  /** What a name stands for. */
  choice<T>(choices: ReadonlyMap<string, T>, noun: string): T | undefined {
    const name = this.text();
    if (name === undefined) return undefined;
    const found = choices.get(name);
    return found === undefined ? this.fault(`${show(name)} is no ${noun}`, suggest(name, [...choices.keys()])) : found;
  }

  #refuse(wanted: string, mend: string): undefined {
    const { kind } = this.node;
    if (kind !== 'broken') this.fault(`${described[kind]}, no ${wanted}`, mend);
  }
}

const described: Readonly<Record<Exclude<YamlNode['kind'], 'broken'>, string>> = {
  nothing: 'is empty',
  scalar: 'is a single value',
  list: 'is a list',
  mapping: 'is a mapping',
};
