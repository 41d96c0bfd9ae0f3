import { connect } from 'node:tls';
import { once } from 'node:events';
import type { TlsVersion, WebTls } from '../../src/model/web-config.js';
import { describeWith } from '../real-parts.js';
import { askOpenssl, ca, pairOf, secureWeb, startSecure } from './secure-server.js';

const versions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const flags: Readonly<Record<TlsVersion, string>> = { TLSv1: '-tls1', 'TLSv1.1': '-tls1_1', 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3' };
const ranges = versions.flatMap((min, from) => versions.slice(from).map((max) => [min, max] as const));
const rsa = pairOf('rsa-server');

/** What was agreed on, as OpenSSL's client sees it; undefined where it was not let in. */
async function agree(
  tls: Partial<WebTls>,
  options: readonly string[],
): Promise<{ readonly cipher: string | undefined; readonly group: string | undefined } | undefined> {
  await using server = await startSecure(secureWeb(tls));
  const said = await askOpenssl(server.port, options);
  if (!said.includes('answer')) return undefined;
  return { cipher: /^Ciphersuite: (.*)$/m.exec(said)?.[1], group: /^Server Temp Key: (?:ECDH, )?([^,\n]*)/m.exec(said)?.[1] };
}

describeWith('openssl', 'versions', () => {
  test.each(ranges)('from %s to %s', async (minVersion, maxVersion) => {
    await using server = await startSecure(secureWeb({ minVersion, maxVersion }));
    const spoken: TlsVersion[] = [];
    for (const version of versions) {
      const said = await askOpenssl(server.port, [flags[version], '-cipher', 'DEFAULT:@SECLEVEL=0']);
      if (said.includes('answer')) spoken.push(version);
    }
    expect(spoken).toEqual(versions.slice(versions.indexOf(minVersion), versions.indexOf(maxVersion) + 1));
  });

  test.each(versions)("%s alone, with Node's client", async (version) => {
    await using server = await startSecure(secureWeb({ minVersion: version, maxVersion: version }));
    const terms = { port: server.port, host: '127.0.0.1', ca, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    const socket = connect(version === 'TLSv1.3' ? { ...terms, ciphers: 'DEFAULT:TLS_AES_128_GCM_SHA256' } : terms);
    await once(socket, 'secureConnect');
    expect(socket.getProtocol()).toBe(version);
    socket.destroy();
  });
});

/** Those that Prometheus's web configuration knows. */
const suffixes = ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305', 'AES128-SHA', 'AES256-SHA'];
const suites = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'];

describeWith('openssl', 'ciphers', () => {
  test.each(suffixes.flatMap((suffix) => [`ECDHE-ECDSA-${suffix}`, `ECDHE-RSA-${suffix}`]))('%s alone', async (cipher) => {
    const tls = { ...(cipher.includes('RSA-') && !cipher.includes('ECDSA') ? rsa : {}), ciphers: [cipher] };
    expect(await agree(tls, ['-tls1_2'])).toMatchObject({ cipher });
    expect(await agree(tls, ['-tls1_2', '-cipher', `DEFAULT:!${cipher}`])).toBeUndefined();
  });

  test.each(suites)('%s is spoken over TLS 1.3 whatever the list says', async (suite) => {
    for (const ciphers of [undefined, ['ECDHE-ECDSA-AES128-GCM-SHA256'], ['TLS_AES_128_GCM_SHA256']]) {
      expect(await agree({ ciphers }, ['-tls1_3', '-ciphersuites', suite])).toMatchObject({ cipher: suite });
    }
  });

  test('a list of TLS 1.3 alone leaves nothing for TLS 1.2', async () => {
    expect(await agree({ ciphers: ['TLS_AES_128_GCM_SHA256'] }, ['-tls1_2'])).toBeUndefined();
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)('a list works over %s, too', async (minVersion) => {
    const tls = { minVersion, maxVersion: minVersion, ciphers: ['ECDHE-ECDSA-AES128-SHA'] };
    expect(await agree(tls, [flags[minVersion], '-cipher', 'ALL:@SECLEVEL=0'])).toMatchObject({ cipher: 'ECDHE-ECDSA-AES128-SHA' });
  });

  test.each([
    [true, 'ECDHE-ECDSA-AES256-SHA'],
    [false, 'ECDHE-ECDSA-AES128-SHA'],
  ])('whose order counts: the server’s %p', async (prefersServerCiphers, cipher) => {
    const tls = { prefersServerCiphers, ciphers: ['ECDHE-ECDSA-AES256-SHA', 'ECDHE-ECDSA-AES128-SHA'] };
    expect(await agree(tls, ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA'])).toMatchObject({ cipher });
  });
});

const curves: Readonly<Record<string, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1', X25519: 'X25519' };

describeWith('openssl', 'curves', () => {
  test.each(Object.entries(curves).flatMap(([curve, group]) => ['-tls1_2', '-tls1_3'].map((version) => [curve, version, group] as const)))(
    '%s alone, over %s',
    async (curve, version, group) => {
      // A key on a curve that is not in the list would not do for TLS 1.2, and neither would a cipher without any.
      const tls = { ...rsa, curves: [curve], ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'] };
      expect(await agree(tls, [version])).toMatchObject({ group });
      const others = Object.keys(curves).filter((other) => other !== curve);
      expect(await agree(tls, [version, '-curves', others.join(':')])).toBeUndefined();
    },
  );

  test('the best of several, over TLS 1.2', async () => {
    expect(await agree({ ...rsa, curves: ['P-384', 'P-256'] }, ['-tls1_2', '-curves', 'P-256:P-384'])).toMatchObject({
      group: 'secp384r1',
    });
  });
});
