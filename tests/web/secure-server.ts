import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { createWebTls, openWebConfig, type WebConfig, type WebTls } from '../../src/model/web-config.js';
import { type Listening, listen } from '../../src/web/listen.js';
import { type Line, recordingLog } from './recording-log.js';

/** Where a certificate of the fixtures is. */
export const pathOf = (name: string): string => join(__dirname, '../fixtures/tls', `${name}.pem`);
export const pem = (name: string): Buffer => readFileSync(pathOf(name));
export const pairOf = (name: string): { readonly cert: Buffer; readonly key: Buffer } => ({ cert: pem(name), key: pem(`${name}-key`) });
export const ca = pem('ca');

/** A configuration with TLS that differs from the usual one. */
export function secureWeb(tls: Partial<WebTls> = {}, web: Partial<WebConfig> = {}): WebConfig {
  return { ...openWebConfig, tls: { ...createWebTls(pairOf('server')), ...tls }, ...web };
}

export interface SecureServer extends AsyncDisposable {
  readonly port: number;
  readonly lines: Line[];
  readonly listening: Listening;
}

/** Starts a server that answers `answer`. */
export async function startSecure(web: WebConfig): Promise<SecureServer> {
  const { log, lines } = recordingLog();
  const place = { sockets: [{ kind: 'tcp', hosts: ['127.0.0.1'], port: 0 } as const], web };
  const listening = await listen((_req, res) => res.end('answer'), place, { server: 'weather-exporter/1.2.3', log });
  const port = Number(new URL(listening.urls[0] ?? '').port);
  return { port, lines, listening, [Symbol.asyncDispose]: async () => void (await listening.close(0)) };
}

/** What Node's client reads; it rejects where the server does not let it in. */
export async function read(port: number, options: RequestOptions & Pick<ConnectionOptions, 'session'> = {}): Promise<string> {
  const response = await new Promise<AsyncIterable<unknown>>((resolve, reject) => {
    request({ port, host: '127.0.0.1', ca, agent: false, ...options }, resolve)
      .on('error', reject)
      .end();
  });
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

/** What `openssl s_client` says of a connection with these options, and what it reads. */
export async function askOpenssl(port: number, options: readonly string[]): Promise<string> {
  const terms = ['-connect', `127.0.0.1:${port}`, '-CAfile', pathOf('ca'), '-verify_return_error', '-brief', '-ign_eof'];
  const client = spawn('openssl', ['s_client', ...terms, ...options]);
  let text = '';
  for (const stream of [client.stdout, client.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  // It may have ended before it reads.
  client.stdin.on('error', () => {});
  client.stdin.write('GET / HTTP/1.0\r\n\r\n');
  await new Promise((resolve) => client.on('close', resolve));
  client.stdin.destroy();
  return text;
}
