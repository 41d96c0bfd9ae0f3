const replacements: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' };

/** Escapes what a label value, or a HELP in OpenMetrics, cannot hold: backslash, newline and double quote. */
export function escapeQuoted(text: string): string {
  // Most texts need nothing, and a test is cheaper than a replacement.
  return /[\\\n"]/.test(text) ? text.replace(/[\\\n"]/g, replace) : text;
}

/** Escapes what a HELP in text format 0.0.4 cannot hold: backslash and newline. */
export function escapeLine(text: string): string {
  return text.replace(/[\\\n]/g, replace);
}

function replace(character: string): string {
  return replacements[character] ?? character;
}
