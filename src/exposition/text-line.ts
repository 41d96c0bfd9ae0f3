import { escapeQuoted } from '../model/labels.js';
import { isClassic } from './escape-name.js';

/** What the lines of one metric begin with. */
export interface LineStart {
  readonly open: string;
  /** Where there are no labels. */
  readonly bare: string;
}

/** What a line begins with, before its labels; a name that must be quoted stands among them. */
export function createLineStart(name: string): LineStart {
  const quoted = quoteMetricName(name);
  return quoted === name ? { open: `${name}{`, bare: `${name} ` } : { open: `{${quoted},`, bare: `{${quoted}} ` };
}

/** All of a line that stands before its number. */
export function beginLine(start: LineStart, labels: string): string {
  return labels === '' ? start.bare : start.open + labels + '} ';
}

/** Metric names may have colons, other than label names. */
export function quoteMetricName(name: string): string {
  return isClassic(name, 'metric') ? name : `"${escapeQuoted(name)}"`;
}
