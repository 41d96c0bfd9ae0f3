import { once } from 'node:events';
import { request, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { Exporter, type LiveExporter, OnScrape, OnStartup, type Scrape, type Startup } from '../../src/index.js';
import { runProgram } from '../run-program.js';

export interface Door {
  readonly startup?: (startup: Startup) => unknown;
  readonly update?: (scrape: Scrape) => unknown;
  readonly env?: Readonly<Record<string, string>>;
}

/** Serves an exporter as its operator does, until it is stopped. */
export async function serveDoor(argv: readonly string[], { startup, update, env = {} }: Door = {}) {
  let live: LiveExporter | undefined;

  @Exporter({ name: 'door-exporter', description: 'A door.', version: '1.2.3' })
  class DoorExporter {
    @OnStartup() async start(context: Startup) {
      live = context.exporter;
      await startup?.(context);
    }
    @OnScrape() async update(scrape: Scrape) {
      await update?.(scrape);
    }
  }

  const program = runProgram(DoorExporter, argv, env);
  await program.url();
  const listening = program.log.find(({ msg }) => msg === 'listening') ?? {};
  return {
    program,
    urls: listening['urls'] as readonly string[],
    exporter: live as unknown as LiveExporter,
    stop: async () => {
      await live?.stop();
      return program.code;
    },
  };
}

/** Asks with a connection of its own. */
export async function ask(options: RequestOptions | string, body?: string) {
  const asked = typeof options === 'string' ? request(options, { agent: false }) : request({ agent: false, ...options });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** Sends text as it is, and reads until the connection ends. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write(text);
  let answer = '';
  socket.on('data', (chunk: string) => (answer += chunk)).on('error', () => {});
  await once(socket, 'close');
  return answer;
}
