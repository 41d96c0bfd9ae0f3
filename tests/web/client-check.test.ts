import { once } from 'node:events';
import { connect } from 'node:tls';
import { clientPolicies, type ClientPolicy } from '../../src/model/web-config.js';
import { describeWith } from '../real-parts.js';
import { until } from '../until.js';
import { askOpenssl, ca, pairOf, pathOf, read, secureWeb, startSecure } from './secure-server.js';

/** Who knocks: nobody in particular, a client of the authority, one of another. */
const clients = ['none', 'client', 'other-client'] as const;
type Client = (typeof clients)[number];

const letIn: Readonly<Record<ClientPolicy, readonly Client[]>> = {
  NoClientCert: ['none', 'client', 'other-client'],
  RequestClientCert: ['none', 'client', 'other-client'],
  RequireAnyClientCert: ['client', 'other-client'],
  VerifyClientCertIfGiven: ['none', 'client'],
  RequireAndVerifyClientCert: ['client'],
};

const versions = ['TLSv1.2', 'TLSv1.3'] as const;
const cases = clientPolicies.flatMap((policy) =>
  versions.flatMap((version) => clients.map((client) => [policy, version, client] as const)),
);

describe("Node's client", () => {
  test.each(cases)('under %s over %s with the certificate %s', async (clientPolicy, version, client) => {
    await using server = await startSecure(secureWeb({ clientPolicy, ca }));
    const options = { minVersion: version, maxVersion: version, ...(client === 'none' ? {} : pairOf(client)) };
    const answer = read(server.port, options);
    if (letIn[clientPolicy].includes(client)) {
      expect([await answer, server.lines]).toEqual(['answer', []]);
    } else {
      await expect(answer).rejects.toThrow();
      await until(() => server.lines.length > 0);
      expect(server.lines).toMatchObject([
        { level: 'debug', message: expect.stringMatching(/^TLS (?:handshake failed|client refused)$/) as string },
      ]);
    }
  });
});

describeWith('openssl', "OpenSSL's client", () => {
  test.each(cases)('under %s over %s with the certificate %s', async (clientPolicy, version, client) => {
    await using server = await startSecure(secureWeb({ clientPolicy, ca }));
    const certificate = client === 'none' ? [] : ['-cert', pathOf(client), '-key', pathOf(`${client}-key`)];
    const said = await askOpenssl(server.port, [version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3', ...certificate]);
    expect(said.includes('answer')).toBe(letIn[clientPolicy].includes(client));
  });
});

test.each<[policy: ClientPolicy, client: Client, error: string]>([
  ['RequireAnyClientCert', 'none', 'the client sent no certificate'],
  ['VerifyClientCertIfGiven', 'other-client', 'the certificate of the client is not good: UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['RequireAndVerifyClientCert', 'none', 'peer did not return a certificate'],
])('a client refused by %s, with the certificate %s, costs one debug line that says why', async (clientPolicy, client, error) => {
  await using server = await startSecure(secureWeb({ clientPolicy, ca }));
  await expect(read(server.port, client === 'none' ? {} : pairOf(client))).rejects.toThrow();
  await until(() => server.lines.length > 0);
  expect(server.lines).toMatchObject([{ level: 'debug', error, client: '127.0.0.1' }]);
});

test('a client that is refused after the handshake is told that the connection ends', async () => {
  await using server = await startSecure(secureWeb({ clientPolicy: 'RequireAnyClientCert', ca }));
  const socket = connect({ port: server.port, host: '127.0.0.1', ca }).resume();
  await once(socket, 'secureConnect');
  // Not an error: the end of TLS itself.
  await once(socket, 'end');
});

test('without an authority those are asked that Node knows', async () => {
  await using server = await startSecure(secureWeb({ clientPolicy: 'RequireAndVerifyClientCert' }));
  await expect(read(server.port, pairOf('client'))).rejects.toThrow();
});

describe('names that are allowed', () => {
  const policies = ['RequireAndVerifyClientCert', 'RequireAnyClientCert'] as const;

  test.each(['scraper.example.org', 'scraper@example.org', '192.0.2.1', '2001:db8::1', 'spiffe://example.org/scraper'])(
    '%s lets in who has it, and nobody else',
    async (name) => {
      await using server = await startSecure(
        secureWeb({ clientPolicy: 'RequireAndVerifyClientCert', ca, allowedSans: ['other.example.org', name] }),
      );
      expect(await read(server.port, pairOf('named-client'))).toBe('answer');
      await expect(read(server.port, pairOf('client'))).rejects.toThrow();
      await expect(read(server.port, pairOf('tricky-client'))).rejects.toThrow();
      await until(() => server.lines.length === 2);
      const error = 'the certificate of the client has no name that is allowed';
      expect(server.lines).toMatchObject([{ message: 'TLS client refused', error }, { error }]);
    },
  );

  test.each(['SCRAPER.example.org', 'example.org', '*.example.org', 'scraper', 'DNS:scraper.example.org', '2001:DB8:0:0:0:0:0:1', ''])(
    '%p is no name of the certificate as it is written',
    async (name) => {
      await using server = await startSecure(secureWeb({ clientPolicy: 'RequireAndVerifyClientCert', ca, allowedSans: [name] }));
      await expect(read(server.port, pairOf('named-client'))).rejects.toThrow();
    },
  );

  test('a name with a comma is one name', async () => {
    const name = 'http://example.org/, DNS:scraper.example.org';
    await using server = await startSecure(secureWeb({ clientPolicy: 'RequireAndVerifyClientCert', ca, allowedSans: [name] }));
    expect(await read(server.port, pairOf('tricky-client'))).toBe('answer');
  });

  test.each(policies)('hold over a resumed session, under %s', async (clientPolicy) => {
    await using server = await startSecure(secureWeb({ clientPolicy, ca, allowedSans: ['scraper.example.org'] }));
    const terms = { port: server.port, host: '127.0.0.1', ca };
    const first = connect({ ...terms, ...pairOf('named-client') }).resume();
    const [session] = (await once(first, 'session')) as [Buffer];
    first.destroy();
    expect(await read(server.port, { ...terms, session, ...pairOf('named-client') })).toBe('answer');
  });
});

test('a session without a certificate is not resumed into a place that needs one', async () => {
  await using server = await startSecure(secureWeb({ clientPolicy: 'VerifyClientCertIfGiven', ca }));
  const first = connect({ port: server.port, host: '127.0.0.1', ca }).resume();
  const [session] = (await once(first, 'session')) as [Buffer];
  first.destroy();
  expect(await read(server.port, { session })).toBe('answer');
  server.listening.apply(secureWeb({ clientPolicy: 'RequireAnyClientCert', ca }));
  await expect(read(server.port, { session })).rejects.toThrow();
});
