'use strict';
const http = require('node:http');
const { promisify } = require('node:util');
const zlib = require('node:zlib');

const gunzip = promisify(zlib.gunzip);

/** A scraper with one connection that it keeps. */
function createClient(port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const get = (path, headers) =>
    new Promise((resolve, reject) => {
      const began = process.hrtime.bigint();
      http
        .get({ host: '127.0.0.1', port, agent, path, headers }, (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => resolve({ ms: Number(process.hrtime.bigint() - began) / 1e6, response, chunks }));
        })
        .on('error', reject);
    });

  return {
    /** Scrapes once; the body is left as it came. */
    async scrape(encoding) {
      const { ms, response, chunks } = await get('/metrics', scrapeHeaders(encoding));
      if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}: ${Buffer.concat(chunks).toString()}`);
      return { ms, chunks, encoding: response.headers['content-encoding'] ?? 'identity' };
    },
    /** Asks the peer's process for something that is not measured. */
    async control(name, value) {
      const { response, chunks } = await get(`/control?${name}=${value}`, {});
      if (response.statusCode !== 200) throw new Error(`/control?${name}=${value}: status ${response.statusCode}`);
      return JSON.parse(Buffer.concat(chunks).toString());
    },
    close: () => agent.destroy(),
  };
}

/** What Prometheus sends, as far as it can ask every peer for the same format. */
const scrapeHeaders = (encoding) => ({
  Accept: 'text/plain;version=0.0.4',
  'Accept-Encoding': encoding,
  'User-Agent': 'Prometheus/2.45.0',
  'X-Prometheus-Scrape-Timeout-Seconds': '60',
});

/** The lines of samples in a body, without the exporter's own. */
async function sampleLinesOf({ chunks, encoding }) {
  const body = Buffer.concat(chunks);
  const text = (encoding === 'gzip' ? await gunzip(body) : body).toString();
  return text.split('\n').filter((line) => line.startsWith('app_'));
}

module.exports = { createClient, sampleLinesOf, scrapeHeaders };
