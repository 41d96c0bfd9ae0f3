import type { Alias, Node, Pair, ParsedNode, YAMLMap } from 'yaml';
import { pathOf, type Place, type Report } from './report.js';
import { scalarNode, type YamlEntry, type YamlNode } from './yaml-node.js';

/** Makes nodes of what the parser found, with aliases and merge keys resolved; what is wrong goes to the report. */
export function composeNode(node: Node | null, place: Place, report: Report): YamlNode {
  // Whoever has a node has loaded the package.
  return new Composer(report, require('yaml') as typeof import('yaml')).compose(node, place);
}

type Yaml = typeof import('yaml');

/** The types that a node may be said to have; the key decides in any case. */
const knownTag = /^(?:!|tag:yaml\.org,2002:(?:str|bool|int|float|null|map|seq))$/;

class Composer {
  readonly #report: Report;
  readonly #yaml: Yaml;
  /** Undefined while what has the anchor is read: an alias there would contain itself. */
  readonly #anchors = new Map<string, YamlNode | undefined>();

  constructor(report: Report, yaml: Yaml) {
    this.#report = report;
    this.#yaml = yaml;
  }

  compose(parsed: Node | null, place: Place): YamlNode {
    if (parsed === null) return { kind: 'nothing', at: place.at };
    const node = parsed as ParsedNode;
    const at = node.range[0];
    if (this.#yaml.isAlias(node)) return this.#alias(node, { ...place, at });
    if (node.tag !== undefined && !knownTag.test(node.tag)) {
      this.#report.fault({ ...place, at }, 'has a tag that means nothing here', 'Leave the tag out');
    }
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, undefined);
    const composed = this.#content(node, { ...place, at });
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, composed);
    return composed;
  }

  #content(node: Exclude<ParsedNode, Alias.Parsed>, { path, at }: Place): YamlNode {
    if (this.#yaml.isMap(node)) return { kind: 'mapping', at, entries: this.#entries(node, path) };
    if (this.#yaml.isSeq(node)) {
      return { kind: 'list', at, items: node.items.map((item, index) => this.compose(item, { path: `${path}[${index}]`, at })) };
    }
    const isText = node.tag !== undefined && /^!$|:str$/.test(node.tag);
    return scalarNode(node.source, { at, isPlain: node.type === 'PLAIN' && !isText });
  }

  #alias({ source }: Alias, place: Place): YamlNode {
    const target = this.#anchors.get(source);
    if (target !== undefined) return target;
    const what = this.#anchors.has(source) ? 'contains itself' : 'refers to an anchor that is not there';
    this.#report.fault(place, what, 'Correct the alias');
    return { kind: 'broken', at: place.at };
  }

  #entries({ items }: YAMLMap.Parsed, path: string): readonly YamlEntry[] {
    const own = new Map<string, YamlEntry>();
    const merged: YamlEntry[] = [];
    for (const pair of items) {
      const { isMerge, key, at } = this.#key(pair, path);
      if (key === undefined) continue;
      const place = { path: pathOf(path, key), at };
      const value = this.compose(pair.value, place);
      if (isMerge) merged.push(...this.#merged(value, place));
      else if (own.has(key)) this.#report.fault(place, 'stands twice', 'Leave out one of them');
      else own.set(key, { key, at, value });
    }
    // What is merged from first comes first, and what stands here comes before all.
    for (const entry of merged) if (!own.has(entry.key)) own.set(entry.key, entry);
    return [...own.values()];
  }

  #key({ key: parsed }: Pair<ParsedNode, ParsedNode | null>, path: string): { isMerge: boolean; key: string | undefined; at: number } {
    const at = parsed.range[0];
    const node = this.compose(parsed, { path, at });
    if (node.kind === 'scalar') return { isMerge: node.isPlain && node.text === '<<', key: node.text, at };
    if (node.kind === 'nothing') return { isMerge: false, key: '', at };
    if (node.kind !== 'broken') this.#report.fault({ path, at }, 'has a key that is no text', 'Write a text before the colon');
    return { isMerge: false, key: undefined, at };
  }

  #merged(value: YamlNode, place: Place): readonly YamlEntry[] {
    const sources = value.kind === 'list' ? value.items : [value];
    return sources.flatMap((source) => {
      if (source.kind === 'mapping') return source.entries;
      if (source.kind !== 'broken') this.#report.fault(place, 'merges what is no mapping', 'Refer to one, as in <<: *anchor');
      return [];
    });
  }
}
