import type { Document } from 'yaml';
import { composeNode } from './compose-node.js';
import type { Report } from './report.js';
import { syntaxProblem } from './syntax-problem.js';
import type { YamlNode } from './yaml-node.js';

/**
 * Reads the first document of a report's text; a text without one is nothing. What is wrong goes to the report; undefined
 * where the text is no YAML.
 */
export function parseYaml(report: Report): YamlNode | undefined {
  const { text } = report;
  const start = { at: 0, path: '' };
  const control = text.search(/[^\P{Cc}\t\n\r\u0085]/u);
  if (control >= 0) {
    report.fault({ at: control, path: '' }, 'holds a control character', 'Leave it out');
    return undefined;
  }
  try {
    const document = parseFirst(text);
    if (document === undefined) return { kind: 'nothing', at: 0 };
    // Where one mistake leads to others at its place, the first says most.
    const first = new Map([...document.errors].reverse().map(({ code, pos }) => [pos[0], code]));
    for (const [at, code] of first) report.fault({ at, path: '' }, ...syntaxProblem(code));
    return document.errors.length > 0 ? undefined : composeNode(document.contents, start, report);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report.fault(start, 'is nested deeper than can be read', 'Correct the file');
    return undefined;
  }
}

function parseFirst(text: string): Document.Parsed | undefined {
  // Loaded here, since few exporters read YAML.
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  // Without types, since what a text means depends on its key; keys that stand twice are found where their paths are known.
  const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = parseAllDocuments(text, options);
  return Array.isArray(documents) ? documents[0] : undefined;
}
