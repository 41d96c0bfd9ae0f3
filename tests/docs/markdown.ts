/** A fenced block of code; its name is the second word behind the fence, if there is one. */
export interface Block {
  readonly language: string;
  readonly name: string | undefined;
  readonly code: string;
}

const fence = /^```(\S*)(?: (\S+))?[^\n]*\n([^]*?)^```$/gm;

export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(fence)].map(([, language = '', name, code = '']) => ({ language, name, code }));
}

/** The targets of all links that lead to a file of this repository. */
export function linksOf(markdown: string): readonly string[] {
  const text = markdown.replaceAll(fence, '').replaceAll(/`[^`\n]*`/g, '');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

/** The fragments under which headings can be linked to. */
export function fragmentsOf(markdown: string): readonly string[] {
  const headings = [...markdown.replaceAll(fence, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The part of a page below a heading of the second level. */
export function sectionOf(markdown: string, heading: string): string {
  const [, section = ''] = markdown.split(`\n## ${heading}\n`);
  return section.split('\n## ')[0] ?? '';
}

/** The cells of all table rows, without heads. */
export function rowsOf(markdown: string): readonly (readonly string[])[] {
  const lines = markdown.replaceAll(fence, '').split('\n');
  return lines
    .filter((line, index) => line.startsWith('|') && !/^\|[ :|-]+\|$/.test(line) && !/^\|[ :|-]+\|$/.test(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** What stands between backticks. */
export function codesOf(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}
