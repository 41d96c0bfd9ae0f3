import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The example in the doc comment of something that a door exports. */
export interface Example {
  readonly name: string;
  /** Undefined where there is none. */
  readonly code: string | undefined;
}

/** Reads the examples of all that a door exports at run time. */
export function readExamples(door: string): readonly Example[] {
  const text = readFileSync(door, 'utf8');
  const statements = text.matchAll(/^export \{([^}]*)\} from '([^']+)';$/gm);
  const examples = [...statements].flatMap(([, names = '', from = '']) => {
    const source = readFileSync(join(dirname(door), from.replace(/\.js$/, '.ts')), 'utf8');
    return valuesIn(names).map((name) => ({ name, code: exampleOf(source, name) }));
  });
  const own = [...text.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm)].map(([, name = '']) => name);
  return [...examples, ...own.map((name) => ({ name, code: exampleOf(text, name) }))];
}

/** The names of an export statement that are no types. */
function valuesIn(names: string): readonly string[] {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
}

function exampleOf(source: string, name: string): string | undefined {
  const comment = new RegExp(String.raw`/\*\*((?:(?!\*/)[^])*)\*/\nexport (?:async )?(?:function|class|const) ${name}\b`).exec(source)?.[1];
  const lines = comment?.split('@example')[1]?.split('\n');
  return lines
    ?.map((line) => line.replace(/^\s*\* ?/, '').replaceAll(String.raw`\@`, '@'))
    .join('\n')
    .trim();
}

/** What the examples take for granted. */
const prelude = `
import assert from 'node:assert/strict';
import { Cli } from 'clipanion';
import Koa from 'koa';
import mount from 'koa-mount';
import * as all from 'expositor';
import * as testing from 'expositor/testing';
import type { Configure, Gauge, Reload, Scrape, Shutdown, Startup } from 'expositor';

const { Exporter, Metric, OnConfigure, OnReload, OnScrape, OnShutdown, OnStartup, Option } = all;
const { ConfigError, createExporter, ExitExporter, exporterCommand, NoData, runExporter } = all;
const { parseMetrics, startTestExporter } = testing;
declare const ask: (signal: AbortSignal) => Promise<number>;
const app = new Koa();
const cli = new Cli();
`;

/** Makes one module of examples: those of members share a class, each other one has a function of its own. */
export function renderModule(examples: readonly Example[]): string {
  const codes = examples.flatMap(({ code }) => (code === undefined ? [] : [code.replaceAll('{ … }', '{}')]));
  const isMember = (code: string): boolean => code.startsWith('@') && !/^(?:export )?class /m.test(code);
  const members = codes.filter(isMember).join('\n\n');
  const calls = codes.filter((code) => !isMember(code)).map((code, index) => `export async function example${index}() {\n${code}\n}`);
  return [
    prelude,
    `@Exporter({ name: 'weather-exporter', description: 'Weather of a city.' })\nexport class WeatherExporter {\n${members}\n}`,
    ...calls,
  ].join('\n\n');
}
