/** One clause of an `Accept` or `Accept-Encoding` header: what is asked for, and how much it is wanted. */
export interface AcceptClause {
  /** In lower case: `text/plain`, `text/*` or `gzip`; not checked to be known, or to make sense. */
  readonly name: string;
  /** By name in lower case, without `q`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** From 0, not at all, to 1. */
  readonly quality: number;
}

// None of these patterns can read a stretch of text in two ways, so that a hostile header takes no longer than another one.
const token = "[\\w!#$%&'*+.^`|~-]+";
// A quoted string that does not end takes all that follows with it.
const clausePattern = /(?:[^,"]|"(?:[^"\\]|\\.?)*(?:"|$))+/gs;
const namePattern = new RegExp(`^\\s*(${token}(?:/${token})?)\\s*`);
const parameterPattern = new RegExp(`;\\s*(?:(${token})\\s*=\\s*(?:(${token})|"((?:[^"\\\\]|\\\\.)*)")\\s*)?`, 'gsy');
const decimalPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;

/** Reads the clauses of an `Accept` or `Accept-Encoding` header (RFC 9110, section 12.5). Those that cannot be read are left out. */
export function parseAccept(header: string): readonly AcceptClause[] {
  return (header.match(clausePattern) ?? []).flatMap((text) => parseClause(text) ?? []);
}

function parseClause(text: string): AcceptClause | undefined {
  const [start, name] = namePattern.exec(text) ?? [];
  if (start === undefined || name === undefined) return undefined;
  const parameters = parseParameters(text.slice(start.length));
  const quality = parseQuality(parameters?.get('q') ?? '1');
  if (parameters === undefined || quality === undefined) return undefined;
  parameters.delete('q');
  return { name: name.toLowerCase(), parameters, quality };
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
