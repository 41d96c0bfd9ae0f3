/** One clause of an `Accept` header: what is asked for, and how much it is wanted. */
export interface AcceptClause {
  /** In lower case: `text/plain`, or `text/*`, or a star on both sides. */
  readonly range: string;
  /** By name in lower case, without `q`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0, not at all, to 1. */
  readonly quality: number;
}

const token = "[\\w!#$%&'*+.^`|~-]+";
const name = "[\\w!#$%&'+.^`|~-]+";
// A quoted string that does not end takes all that follows with it.
const clausePattern = /(?:[^,"]|"(?:[^"\\]|\\.?)*(?:"|$))+/gs;
const rangePattern = new RegExp(`^\\s*(\\*/\\*|${name}/(?:\\*|${name}))\\s*`);
const parameterPattern = new RegExp(`;\\s*(?:(${token})\\s*=\\s*(?:(${token})|"((?:[^"\\\\]|\\\\.)*)")\\s*)?`, 'gsy');
const decimalPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** Reads an `Accept` header (RFC 9110, section 12.5.1). Clauses that cannot be read are left out. */
export function parseAccept(header: string): readonly AcceptClause[] {
  return (header.match(clausePattern) ?? []).flatMap((text) => parseClause(text) ?? []);
}

function parseClause(text: string): AcceptClause | undefined {
  const [start, range] = rangePattern.exec(text) ?? [];
  if (start === undefined || range === undefined) return undefined;
  const parameters = parseParameters(text.slice(start.length));
  const quality = parseQuality(parameters?.get('q') ?? '1');
  if (parameters === undefined || quality === undefined) return undefined;
  parameters.delete('q');
  return { range: range.toLowerCase(), parameters, quality };
}

function parseParameters(text: string): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  let length = 0;
  for (const [whole, key, plain, quoted = ''] of text.matchAll(parameterPattern)) {
    length += whole.length;
    const lowerCase = key?.toLowerCase();
    // Of a parameter that stands twice the first counts.
    if (lowerCase === undefined || parameters.has(lowerCase)) continue;
    parameters.set(lowerCase, plain ?? quoted.replace(/\\(.)/gs, '$1'));
  }
  return length === text.length ? parameters : undefined;
}

/** Prometheus 2.48 sent a q of 2. */
function parseQuality(text: string): number | undefined {
  return decimalPattern.test(text) ? Math.min(Math.max(Number(text), 0), 1) : undefined;
}
