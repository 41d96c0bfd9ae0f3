import * as v from 'valibot';
import { z } from 'zod';
import { Exporter, Option } from '../../src/index.js';

type Method = 'GET' | 'POST';

@Exporter({ name: 'right', description: 'Everything here is right.' })
export class RightOptions {
  @Option({ description: 'text' }) text = 'Berlin';
  @Option({ description: 'number' }) number = 5;
  @Option({ description: 'flag' }) flag = false;
  @Option({ description: 'whole number', type: 'integer' }) whole = 3;
  @Option({ description: 'milliseconds', type: 'duration' }) interval = 30_000;
  @Option({ description: 'file', type: 'path' }) file?: string;
  @Option({ description: 'required', type: 'string', required: true }) required!: string;
  @Option({ description: 'literals', choices: ['GET', 'POST'] }) method: Method = 'GET';
  @Option({ description: 'numbers', choices: [1, 2] }) level: 1 | 2 = 1;
  @Option({ description: 'list', type: 'string', multiple: true }) list: readonly string[] = [];
  @Option({ description: 'numbers', type: 'integer', multiple: true, separator: ',' }) numbers: number[] = [];
  @Option({ description: 'list of literals', choices: ['GET', 'POST'], multiple: true }) methods: Method[] = [];
  @Option({ description: 'parsed', parse: (text) => new URL(text) }) url = new URL('http://localhost/');
  @Option({ description: 'maybe parsed', parse: (text) => BigInt(text) }) big: bigint | undefined;
  @Option({ description: 'zod', type: 'yaml', schema: z.object({ targets: z.array(z.string()) }) }) zod?: { targets: string[] };
  @Option({ description: 'valibot', schema: v.pipe(v.string(), v.transform(Number)) }) valibot = 1;
  @Option({ description: 'anything', type: 'yaml' }) anything: unknown;
  @Option({ description: 'secret', type: 'string', secret: true }) protected token?: string;
}

@Exporter({ name: 'wrong', description: 'Everything here is wrong.' })
export class WrongOptions {
  // @ts-expect-error a field that may be undefined needs a type
  @Option({ description: 'x' }) maybe?: string;
  // @ts-expect-error a required option needs a type
  @Option({ description: 'x', required: true }) required!: string;
  // @ts-expect-error a list needs a type
  @Option({ description: 'x', multiple: true }) list: string[] = [];
  // @ts-expect-error a literal union needs choices
  @Option({ description: 'x' }) method: Method = 'GET';
  // @ts-expect-error one text may come out of it that the field cannot hold
  @Option({ description: 'x', type: 'string' }) oneMethod: Method = 'GET';
  // @ts-expect-error a number does not fit a text
  @Option({ description: 'x', type: 'integer' }) number = 'x';
  // @ts-expect-error a choice that the field cannot hold
  @Option({ description: 'x', choices: ['GET', 'PUT'] }) choices: Method = 'GET';
  // @ts-expect-error a list does not fit a text
  @Option({ description: 'x', type: 'string', multiple: true }) text = '';
  // @ts-expect-error a text does not fit a list
  @Option({ description: 'x', type: 'string' }) texts: string[] = [];
  // @ts-expect-error what parse returns does not fit
  @Option({ description: 'x', parse: (text) => new URL(text) }) url = '';
  // @ts-expect-error what the schema gives does not fit
  @Option({ description: 'x', schema: z.string() }) schema = 5;
  // @ts-expect-error a yaml file without a schema is of unknown content
  @Option({ description: 'x', type: 'yaml' }) yaml?: { a: string };
  // @ts-expect-error an unknown type
  @Option({ description: 'x', type: 'int' }) int = 5;
  // @ts-expect-error an unknown key
  @Option({ description: 'x', requird: true }) typo = 'x';
  // @ts-expect-error no description
  @Option({}) undescribed = 'x';
  // @ts-expect-error an option is a field
  @Option({ description: 'x', type: 'string' }) method2() {}
}
