'use strict';
const { spawn } = require('node:child_process');
const events = require('node:events');
const { existsSync, readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { createClient } = require('./client.js');

const ticksPerSecond = 100;
const hasProc = existsSync('/proc/self/stat');

/** Starts a peer's process with so many lines, and waits until it listens. */
async function startServer(peer, lines) {
  const child = spawn(peer.command, peer.parameters(lines).map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = events.once(child, 'exit');
  const line = await Promise.race([
    events.once(createInterface({ input: child.stdout }), 'line').then(([text]) => text),
    exited.then(([code]) => {
      throw new Error(`${peer.title} ended with exit code ${code}`);
    }),
  ]);
  const port = Number(line.split(' ')[1]);
  const client = createClient(port);
  return {
    client,
    port,
    /** Milliseconds of processor time that the process has taken; NaN where there is no /proc. */
    cpu() {
      const fields = readProcess(child.pid, 'stat', /\) (.*)/).split(' ');
      return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
    },
    /** The most memory that the process has held so far, in MiB. */
    peakMemory: () => Number(readProcess(child.pid, 'status', /VmHWM:\s+(\d+)/)) / 1024,
    async stop() {
      client.close();
      child.kill();
      await exited;
    },
  };
}

const readProcess = (pid, file, pattern) => (hasProc ? pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))[1] : 'none');

module.exports = { startServer };
