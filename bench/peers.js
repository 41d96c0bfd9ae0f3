'use strict';
// Who takes part. `prepare` says how a peer's server is started, or throws where it cannot be.
const { execFileSync } = require('node:child_process');
const path = require('node:path');

const python = '/usr/bin/python3';

const peers = [
  { name: 'expositor', colour: '#d6336c', prepare: () => node('expositor', 'expositor') },
  {
    name: 'prom-client',
    colour: '#1c7ed6',
    prepare: () => node('prom-client', `prom-client ${versionOf('prom-client')} + Koa + zlib 6`, 6),
  },
  {
    name: 'prom-client-1',
    colour: '#0b7285',
    // The level makes no difference without gzip.
    cases: ['children', 'labels', 'unchanged'],
    prepare: () => node('prom-client', `prom-client ${versionOf('prom-client')} + Koa + zlib 1`, 1),
  },
  { name: 'client-golang', colour: '#2b8a3e', prepare: buildGo },
  { name: 'python', colour: '#5c4ab8', prepare: findPython },
  {
    name: 'otel',
    colour: '#e8590c',
    hasGzip: false,
    cases: ['children', 'labels', 'unchanged'],
    prepare: () => node('otel', `OpenTelemetry exporter-prometheus ${versionOf('@opentelemetry/exporter-prometheus')}`),
  },
  { name: 'pre-rendered', colour: '#868e96', prepare: () => node('pre-rendered', 'pre-rendered + Koa (the limit)') },
];

/** Picks the peers by name, prepares them, and says of each that cannot run why. `folder` takes what has to be built. */
function preparePeers(names, folder) {
  const ready = [];
  const missing = (names ?? []).filter((name) => !peers.some((peer) => peer.name === name)).map((name) => `${name} (no such peer)`);
  for (const peer of peers.filter(({ name }) => names === undefined || names.includes(name))) {
    try {
      ready.push({ hasGzip: true, isNode: false, ...peer, ...peer.prepare(folder) });
    } catch (error) {
      missing.push(`${peer.name} (${error.message.split('\n', 2).join(' ').trim()})`);
    }
  }
  return { ready, missing };
}

function node(module, title, level = 6) {
  const file = path.join(__dirname, 'serve.js');
  return { title, isNode: true, command: process.execPath, parameters: (lines) => [file, module, lines, level] };
}

function buildGo(folder) {
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode' };
  const run = (command, ...parameters) => execFileSync(command, parameters, { env, encoding: 'utf8', stdio: 'pipe' });
  const command = path.join(folder, 'client-golang');
  run('go', 'build', '-o', command, path.join(__dirname, 'peers/client-golang/main.go'));
  const client = run('dpkg-query', '-W', '-f', '${Version}', 'golang-github-prometheus-client-golang-dev');
  return { title: `client_golang ${shorten(client)}, Go ${shorten(run('go', 'version'))}`, command, parameters: (lines) => [lines] };
}

function findPython() {
  const program = `
import aiohttp, sys
from importlib.metadata import version
print(sys.version, aiohttp.__version__, version('prometheus_client'), sep='\\n')`;
  const found = execFileSync(python, ['-c', program], { encoding: 'utf8', stdio: 'pipe' });
  const [interpreter, aiohttp, client] = found.split('\n', 3).map(shorten);
  return {
    title: `aiohttp ${aiohttp} + prometheus_client ${client}, Python ${interpreter}`,
    command: python,
    parameters: (lines) => [path.join(__dirname, 'peers/python.py'), lines],
  };
}

const versionOf = (name) => shorten(require(`${name}/package.json`).version);
const shorten = (version) => /\d+\.\d+/.exec(version)[0];

module.exports = { preparePeers };
