import { escapings } from './escape-name.js';
import type { Format } from './format.js';
import { createTextEncoder, type Dialect } from './text-encoder.js';

const dialect: Dialect = {
  rules: { headName: (name) => name, reservedNames: () => [] },
  types: {
    counter: 'counter',
    gauge: 'gauge',
    histogram: 'histogram',
    summary: 'summary',
    // Prometheus loses the whole scrape to a type that it does not know.
    info: 'gauge',
    enum: 'gauge',
    unknown: 'untyped',
  },
  renderHead: ({ name, type, help }) => `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`,
  hasExemplars: false,
  createdTypes: [],
  end: '',
};

/** Prometheus' text format 0.0.4, which everybody can read. */
export const text004: Format = {
  mediaType: 'text/plain',
  parameters: { version: '0.0.4' },
  escapings: escapings.filter((escaping) => escaping !== 'allow-utf-8'),
  contentType: () => 'text/plain; version=0.0.4; charset=utf-8',
  createEncoder: (escaping) => createTextEncoder(dialect, escaping),
};

/** Prometheus' text format 1.0.0: the same with quoted names. */
export const text100: Format = {
  mediaType: 'text/plain',
  parameters: { version: '1.0.0' },
  escapings,
  contentType: (escaping) => `text/plain; version=1.0.0; charset=utf-8; escaping=${escaping}`,
  createEncoder: (escaping) => createTextEncoder(dialect, escaping),
};

/** HELP holds neither backslash nor newline. */
function escapeHelp(text: string): string {
  return /[\\\n]/.test(text) ? text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`) : text;
}
