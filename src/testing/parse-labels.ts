/** How one format writes labels, with the escape sequences that it has. */
export interface LabelSyntax {
  /** Reads what stands between braces. Throws an Error that says what is wrong. */
  parse(text: string): Readonly<Record<string, string>>;
  /** Takes the metric's own name from the head of what stands between braces; undefined where there is none. */
  takeName(text: string): { readonly name: string | undefined; readonly rest: string };
  unescape(text: string): string;
  unescapeHelp(text: string): string;
}

const labelName = '[a-zA-Z_][a-zA-Z0-9_]*';
const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
const quotedName = '"((?:[^"\\\\]|\\\\.)+)"';

/** Parts of the patterns of lines. The latter two capture what is between the signs. */
export const patterns = {
  metricName: '[a-zA-Z_:][a-zA-Z0-9_:]*',
  quotedName,
  braces: '\\{((?:[^"{}]|"(?:[^"\\\\]|\\\\.)*")*)\\}',
} as const;

/** Of Prometheus' text formats: tokens may stand apart, and a comma after the last label does no harm. */
export const textLabels: LabelSyntax = createSyntax({
  label: new RegExp(`[ \\t]*(?:(${labelName})|${quotedName})[ \\t]*=[ \\t]*${quoted}[ \\t]*(?:,[ \\t]*|$)`, 'gsy'),
  name: new RegExp(`^[ \\t]*${quotedName}[ \\t]*(?:,[ \\t]*|$)`, 's'),
  unescape: (text) => text.replace(/\\.?/gs, (sequence) => escaped[sequence] ?? fail(sequence)),
  unescapeHelp: (text) => text.replace(/\\.?/gs, (sequence) => (sequence === '\\"' ? undefined : escaped[sequence]) ?? fail(sequence)),
});

/** Of OpenMetrics, where what is no escape sequence stands for itself (OpenMetrics 1.0, Escaping). */
export const openMetricsLabels: LabelSyntax = createSyntax({
  label: new RegExp(`(?:(${labelName})|${quotedName})=${quoted}(?:,(?!$)|$)`, 'gsy'),
  name: new RegExp(`^${quotedName}(?:,(?!$)|$)`, 's'),
  unescape: unescapeLeniently,
  unescapeHelp: unescapeLeniently,
});

interface Parts extends Pick<LabelSyntax, 'unescape' | 'unescapeHelp'> {
  readonly label: RegExp;
  readonly name: RegExp;
}

function createSyntax({ label, name: namePattern, unescape, unescapeHelp }: Parts): LabelSyntax {
  return {
    parse(text) {
      const labels = new Map<string, string>();
      let length = 0;
      for (const [whole, plain, quotedOne = '', value = ''] of text.matchAll(label)) {
        const name = plain ?? unescape(quotedOne);
        if (labels.has(name)) throw new Error(`label ${name} stands twice`);
        labels.set(name, unescape(value));
        length += whole.length;
      }
      if (length < text.trimEnd().length) throw new Error(`labels are wrong from ${JSON.stringify(text.slice(length))} on`);
      return Object.fromEntries(labels);
    },
    takeName(text) {
      const [whole = '', name] = namePattern.exec(text) ?? [];
      return { name: name === undefined ? undefined : unescape(name), rest: text.slice(whole.length) };
    },
    unescape,
    unescapeHelp,
  };
}

const escaped: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\"': '"' };

function unescapeLeniently(text: string): string {
  return text.replace(/\\./gs, (sequence) => escaped[sequence] ?? sequence);
}

function fail(sequence: string): never {
  throw new Error(`${sequence} is no escape sequence`);
}
