/** Breaks a text into lines of at most so many columns; a line break in the text stays one. */
export function wrap(text: string, columns: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
}

function wrapLine(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => breakWord(one, columns))) {
    // Two blanks in a row make an empty word; they stay two, unless the line is broken there.
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= columns) {
      line = longer;
      continue;
    }
    lines.push(line.trimEnd());
    line = word;
  }
  return [...lines, line.trimEnd()];
}

/** Long words are broken behind a bar, as in `[critical|error|warning]`, or else anywhere. */
function breakWord(word: string, columns: number): readonly string[] {
  const parts: string[] = [];
  let rest = word;
  while (rest.length > columns) {
    const bar = rest.lastIndexOf('|', columns - 1);
    const length = bar < 0 ? columns : bar + 1;
    parts.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...parts, rest];
}
