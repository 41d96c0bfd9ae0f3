import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { hashSync } from '@node-rs/bcrypt';
import { Exporter, type Gauge, Metric, OnScrape } from '../../src/index.js';
import { startTestExporter, type TestExporter } from '../../src/testing/index.js';
import { describeWith } from '../real-parts.js';
import { ca, pairOf, pathOf } from '../web/secure-server.js';
import { startPrometheus, until } from '../samples/prometheus.js';

@Exporter({ name: 'guarded-exporter', description: 'Is guarded.' })
class Guarded {
  @Metric({ type: 'gauge', help: 'How often it was asked.' }) calls!: Gauge;
  count = 0;

  @OnScrape() update() {
    this.count += 1;
    this.calls.set(this.count);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'expositor-web-'));
const file = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts a file in place of another, whole. */
function put(name: string, from: string): void {
  copyFileSync(from, file(`${name}.new`));
  renameSync(file(`${name}.new`), file(name));
}

function putPassword(password: string): void {
  writeFileSync(file('password'), password);
  const web = {
    tls_server_config: {
      cert_file: 'server.pem',
      key_file: 'server-key.pem',
      client_ca_file: 'clients.pem',
      client_auth_type: 'RequireAndVerifyClientCert',
      client_allowed_sans: ['scraper@example.org'],
    },
    basic_auth_users: { prometheus: hashSync(password, { cost: 8 }) },
  };
  writeFileSync(file('web.yml'), JSON.stringify(web));
}

/** The type of the key that a new connection is shown. */
async function shownKey(port: number): Promise<unknown> {
  const socket = connect({ port, host: '127.0.0.1', ca, ...pairOf('named-client') });
  await once(socket, 'secureConnect');
  const { asn1Curve } = socket.getPeerCertificate() as { readonly asn1Curve?: string };
  socket.destroy();
  return asn1Curve ?? 'RSA';
}

async function moreScrapes({ instance }: TestExporter<Guarded>, many: number): Promise<void> {
  const enough = instance.count + many;
  await until(() => Promise.resolve(instance.count >= enough));
}

describeWith('prometheus', 'a real Prometheus with a certificate and a password', () => {
  test('scrapes without a failure while certificate, authority and password change', async () => {
    put('server.pem', pathOf('server'));
    put('server-key.pem', pathOf('server-key'));
    put('clients.pem', pathOf('ca'));
    putPassword('first');
    const options = { host: ['127.0.0.1'], webConfigFile: file('web.yml') };
    await using exporter = await startTestExporter(Guarded, { listen: true, options });
    const { host, port } = new URL(exporter.url ?? '');
    const job = {
      scheme: 'https',
      basic_auth: { username: 'prometheus', password_file: file('password') },
      static_configs: [{ targets: [host] }],
    };
    const tls = (client: string): object => ({ ca_file: pathOf('ca'), cert_file: pathOf(client), key_file: pathOf(`${client}-key`) });
    await using prometheus = await startPrometheus([
      { ...job, job_name: 'known', tls_config: tls('named-client') },
      { ...job, job_name: 'unnamed', tls_config: tls('client') },
    ]);
    await prometheus.untilUp(['known']);

    put('server.pem', pathOf('rsa-server'));
    put('server-key.pem', pathOf('rsa-server-key'));
    await until(async () => (await shownKey(Number(port))) === 'RSA');
    await moreScrapes(exporter, 2);

    writeFileSync(file('clients.pem'), Buffer.concat([readFileSync(pathOf('other-ca')), ca]));
    await exporter.exporter.reload();
    await moreScrapes(exporter, 2);

    // Just after a scrape, so that none comes between the two files.
    await moreScrapes(exporter, 1);
    putPassword('second');
    await exporter.exporter.reload();
    await moreScrapes(exporter, 3);

    const lows = await prometheus.query('min_over_time(up[5m])');
    expect(lows.map(({ metric, value: [, low] }) => `${metric['job']} ${low}`).sort()).toEqual(['known 1', 'unnamed 0']);
    const highs = await prometheus.query('max_over_time(up{job="unnamed"}[5m])');
    expect(highs.map(({ value: [, high] }) => high)).toEqual(['0']);
  }, 60_000);
});
