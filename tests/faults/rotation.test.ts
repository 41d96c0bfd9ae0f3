import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { hashSync } from '@node-rs/bcrypt';
import { describeWith } from '../real-parts.js';
import { type Prometheus, startPrometheus, until } from '../samples/prometheus.js';
import { type Program, serveProgram } from './program.js';

jest.setTimeout(180_000);

const fixture = (name: string): string => join(__dirname, '../fixtures/tls', `${name}.pem`);
const pem = (name: string): Buffer => readFileSync(fixture(name));

describeWith('prometheus', 'a real Prometheus', () => {
  let folder: string;
  let program: Program;
  let prometheus: Prometheus;
  const own = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'expositor-rotation-'));
    put('client.pem', pem('client'));
    put('client-key.pem', pem('client-key'));
    put('password-1', 'first secret');
    put('password-2', 'second secret');
    program = await serveProgram('samples/sample', ['--web-config-file', 'web.yml'], {
      'web.yml': webConfig({ first: 'first secret' }),
      'server.pem': pem('server'),
      'server-key.pem': pem('server-key'),
      'clients.pem': pem('ca'),
    });
    prometheus = await startPrometheus([jobOf('first', own('password-1'))]);
    await prometheus.untilUp(['rotating']);
  });

  afterAll(async () => {
    await prometheus[Symbol.asyncDispose]();
    await program.stop();
    rmSync(folder, { recursive: true });
  });

  function jobOf(username: string, passwordFile: string) {
    return {
      job_name: 'rotating',
      scheme: 'https',
      tls_config: { ca_file: fixture('ca'), cert_file: own('client.pem'), key_file: own('client-key.pem') },
      basic_auth: { username, password_file: passwordFile },
      // A new connection for each scrape, so that each has a handshake.
      enable_http2: false,
      static_configs: [{ targets: [`127.0.0.1:${program.port}`] }],
    };
  }

  /** In one step, so that nobody reads half of it. */
  function put(name: string, content: string | Buffer, into = folder): void {
    writeFileSync(join(into, `${name}.new`), content);
    renameSync(join(into, `${name}.new`), join(into, name));
  }

  const putForServer = (name: string, content: string | Buffer): void => put(name, content, program.folder);

  async function scrapes(): Promise<number> {
    const [count] = await prometheus.query('count_over_time(up[10m])');
    return Number(count?.value[1]);
  }

  async function untilScrapedAgain(): Promise<void> {
    const before = await scrapes();
    await until(async () => (await scrapes()) >= before + 2);
  }

  /** What the server shows of its certificate. */
  function fingerprint(): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(
        {
          port: program.port,
          host: '127.0.0.1',
          ca: pem('ca'),
          cert: readFileSync(own('client.pem')),
          key: readFileSync(own('client-key.pem')),
        },
        () => {
          resolve(createHash('sha256').update(socket.getPeerCertificate().raw).digest('hex'));
          socket.destroy();
        },
      ).on('error', reject);
    });
  }

  test('scrapes on through new keys, certificates, authorities and passwords without one failure', async () => {
    await untilScrapedAgain();
    const shown = await fingerprint();

    // The server's own pair, signed by the authority that Prometheus trusts.
    makeServerPair(folder);
    copyFileSync(own('server-key.pem'), join(program.folder, 'server-key.pem'));
    putForServer('server.pem', readFileSync(own('server.pem')));
    await until(async () => (await fingerprint()) !== shown);
    await untilScrapedAgain();

    // Another authority for clients: first beside the old one, then Prometheus's new certificate, then alone.
    putForServer('clients.pem', Buffer.concat([pem('ca'), pem('other-ca')]));
    await program.reloaded();
    put('client-key.pem', pem('other-client-key'));
    put('client.pem', pem('other-client'));
    await untilScrapedAgain();
    putForServer('clients.pem', pem('other-ca'));
    await program.reloaded();
    await untilScrapedAgain();

    // Another user, since no two programs learn a new password in the same moment.
    putForServer('web.yml', webConfig({ first: 'first secret', second: 'second secret' }));
    await program.reloaded();
    await prometheus.reconfigure([jobOf('second', own('password-2'))]);
    await untilScrapedAgain();
    putForServer('web.yml', webConfig({ second: 'second secret' }));
    await program.reloaded();
    await untilScrapedAgain();

    const [worst] = await prometheus.query('min_over_time(up[10m])');
    expect([worst?.value[1], (await scrapes()) >= 10]).toEqual(['1', true]);
  });
});

function webConfig(users: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    tls_server_config: {
      cert_file: 'server.pem',
      key_file: 'server-key.pem',
      client_ca_file: 'clients.pem',
      client_auth_type: 'RequireAndVerifyClientCert',
    },
    basic_auth_users: Object.fromEntries(Object.entries(users).map(([user, password]) => [user, hashSync(password, { cost: 10 })])),
  });
}

/** Makes `server.pem` and `server-key.pem` in a folder. */
function makeServerPair(folder: string): void {
  const run = (...parameters: readonly string[]): unknown => execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'server.ext'), 'subjectAltName = DNS:localhost, IP:127.0.0.1\n');
  run(
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'server-key.pem',
    '-subj',
    '/CN=localhost',
    '-out',
    'server.csr',
  );
  run(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    fixture('ca'),
    '-CAkey',
    fixture('ca-key'),
    '-extfile',
    'server.ext',
    '-days',
    '3650',
    '-out',
    'server.pem',
  );
}
