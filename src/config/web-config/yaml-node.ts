/** What YAML says at one place; `at` is the offset in the text. */
export type YamlNode = YamlNothing | YamlBroken | YamlScalar | YamlList | YamlMapping;

/** `~`, `null`, or nothing at all. */
export interface YamlNothing {
  readonly kind: 'nothing';
  readonly at: number;
}

/** What cannot be read, and was told already. */
export interface YamlBroken {
  readonly kind: 'broken';
  readonly at: number;
}

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly at: number;
  readonly text: string;
  /** Without quotes: it may mean a number or a boolean. */
  readonly isPlain: boolean;
}

export interface YamlList {
  readonly kind: 'list';
  readonly at: number;
  readonly items: readonly YamlNode[];
}

export interface YamlMapping {
  readonly kind: 'mapping';
  readonly at: number;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly at: number;
  readonly value: YamlNode;
}

const nothing = /^(?:~|null|Null|NULL|)$/;

/** Makes the node of a scalar without a tag. */
export function scalarNode(text: string, { at, isPlain }: Pick<YamlScalar, 'at' | 'isPlain'>): YamlNothing | YamlScalar {
  return isPlain && nothing.test(text) ? { kind: 'nothing', at } : { kind: 'scalar', at, text, isPlain };
}
