import { suggest } from '../model/nearest.js';
import { isServiceLinkName } from './service-link.js';
import type { VariableSource } from './variable.js';

/** Something to be logged as soon as there is a logger. */
export interface Remark {
  readonly level: 'warn' | 'debug';
  readonly message: string;
  readonly fields: object;
}

/** Remarks on the service links among the exporter's variables, if there are any. */
export function remarkServiceLinks(links: ReadonlySet<string>, isOwn: (variable: string) => boolean): readonly Remark[] {
  const variables = [...links].filter(isOwn).sort();
  if (variables.length === 0) return [];
  return [{ level: 'debug', message: `${variables.join(', ')}: ignored as Kubernetes service links`, fields: { variables } }];
}

interface UnreadPlace {
  readonly prefix: string;
  /** All variables that are read. */
  readonly known: readonly string[];
  readonly links: ReadonlySet<string>;
}

/** Remarks on each variable that has the exporter's prefix and that no option reads; its value is not shown. */
export function remarkUnread(sources: readonly VariableSource[], { prefix, known, links }: UnreadPlace): readonly Remark[] {
  const read = new Set(known);
  const unread = new Map<string, string>();
  for (const { values, whereOf } of sources) {
    for (const [variable, text] of Object.entries(values)) {
      const isMeant = text && variable.startsWith(prefix) && !read.has(variable) && !links.has(variable) && !isServiceLinkName(variable);
      if (isMeant && !unread.has(variable)) unread.set(variable, whereOf(variable));
    }
  }
  return [...unread].map(([variable, where]) => {
    return { level: 'warn', message: `${where}: no option reads it. ${suggest(variable, known, '')}`.trim(), fields: { variable } };
  });
}
