import type { YAMLError } from 'yaml';

type Problem = readonly [what: string, mend: string];

/** Says what is wrong with a YAML text. The parser's own messages are not used, since they quote the text, which has secrets. */
export function syntaxProblem(code: YAMLError['code']): Problem {
  return problems[code] ?? ['is no YAML', 'Correct the line, or the one before it'];
}

const problems: Readonly<Partial<Record<YAMLError['code'], Problem>>> = {
  BAD_INDENT: ['is not indented as it has to be', 'Indent what belongs together by as many blanks, and close brackets'],
  BAD_DQ_ESCAPE: ['has an escape that does not exist', 'Write \\\\ for a backslash, or use single quotes'],
  BAD_SCALAR_START: ['begins with a character that needs quotes', 'Put the value into quotes'],
  BLOCK_AS_IMPLICIT_KEY: ['has a key within a value', 'Indent it as the key before it, or put the value into quotes'],
  MISSING_CHAR: ['lacks a colon, quote or bracket', 'Add it'],
  MULTILINE_IMPLICIT_KEY: ['has a key of several lines', 'Add the colon, or put the key into quotes'],
  TAB_AS_INDENT: ['is indented with a tab', 'Use blanks'],
  UNEXPECTED_TOKEN: ['is not expected here', 'Correct the line, or the one before it'],
};
