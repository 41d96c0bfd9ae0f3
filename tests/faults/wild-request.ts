import fc from 'fast-check';

/* Requests as nobody sane sends them: each part is sometimes right, so that the wrong ones get past the others. */

const anyByte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const junk = (most: number): fc.Arbitrary<string> => fc.string({ unit: anyByte, maxLength: most });
const printable = (most: number): fc.Arbitrary<string> => fc.string({ unit: 'grapheme-ascii', maxLength: most });

/** Mostly what is written here, sometimes with a part cut out, doubled or replaced. */
function bent(...texts: readonly string[]): fc.Arbitrary<string> {
  const change = fc.tuple(fc.nat(40), fc.nat(6), fc.oneof(fc.constant(''), junk(3), printable(8)));
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { maxLength: 2 }))
    .map(([text, changes]) => changes.reduce((bending, [at, length, by]) => bending.slice(0, at) + by + bending.slice(at + length), text));
}

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'HEAD') },
  { weight: 2, arbitrary: fc.constantFrom('POST', 'PUT', 'OPTIONS', 'TRACE', 'DELETE', 'CONNECT', 'PRI', 'M-SEARCH', 'get', 'G ET') },
  { weight: 1, arbitrary: junk(8) },
);

const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/metrics', '/', '/-/healthy', '/-/ready', '/-/reload') },
  {
    weight: 4,
    arbitrary: bent(
      '/metrics', '//metrics', '/metrics/', '/%6detrics', '/metrics%00', '/metrics%2f..', '/./metrics', '/../metrics', '/-/healthy/../../metrics',
      '/metrics%zz', '/%ff%fe', '/;x', 'metrics', '*', 'http://other.example/metrics', 'https://[::1', '/\\metrics', '/~', '/favicon.ico',
    ),
  }, // prettier-ignore
  { weight: 1, arbitrary: junk(40) },
  { weight: 1, arbitrary: fc.nat(9_000).map((length) => `/${'a'.repeat(length)}`) },
);

const query = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 4,
    arbitrary: bent(
      '?name[]=a_gauge', '?collect[]=update', '?collect[]=nobody', '?exclude[]=update', '?collect[]=update&exclude[]=update', '?name[]=%',
      '?name[]=a&name[]=b&name[]', '?name[__proto__]=1', '?__proto__[x]=1', '?collect[]=%00', '?a=1?b=2#c', `?${'name[]=x&'.repeat(200)}`,
      '?name[]=%F0%9F%8E%89', '?constructor=1',
    ),
  }, // prettier-ignore
  { weight: 1, arbitrary: junk(30).map((text) => `?${text}`) },
);

const version = fc.oneof(
  { weight: 9, arbitrary: fc.constant('HTTP/1.1') },
  { weight: 2, arbitrary: fc.constantFrom('HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.9', 'http/1.1', 'HTTP/11', 'RTSP/1.0', '') },
  { weight: 1, arbitrary: junk(9) },
);

const accept = bent(
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,*/*;q=0.1',
  'text/plain;version=1.0.0;escaping=values', 'text/plain;q=NaN', 'text/plain;q="0.5', 'text/*;q=1e9', ';;;,,,;=', '*/*;q=-1', 'a/b;c="\\"',
); // prettier-ignore

const credentials = (user: string, password: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const authorization = fc.oneof(
  {
    weight: 3,
    arbitrary: bent(
      credentials('alice', 'correct'), credentials('alice', 'wrong'), credentials('nobody', 'correct'), 'Basic', 'Basic ', 'basic YWxpY2U=', 'Basic ====',
      'Bearer x.y.z', 'Digest username="alice"', credentials('', ''), credentials('alice', '\0'), credentials('__proto__', 'x'),
    ),
  }, // prettier-ignore
  { weight: 1, arbitrary: fc.tuple(junk(20), junk(100)).map(([user, password]) => credentials(user, password)) },
  { weight: 1, arbitrary: junk(40) },
);

const headerNames = [
  'Accept-Charset', 'Connection', 'Content-Encoding', 'Content-Type', 'Cookie', 'Expect', 'If-None-Match', 'Range', 'Referer', 'TE', 'Trailer', 'Upgrade',
  'User-Agent', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', '__proto__', 'constructor',
]; // prettier-ignore

const header = fc.oneof(
  fc.tuple(fc.constant('Accept'), accept),
  fc.tuple(fc.constant('Authorization'), authorization),
  fc.tuple(
    fc.constant('Accept-Encoding'),
    bent('gzip', 'gzip;q=0, *', 'br;q=1.0, zstd', 'identity;q=0', 'gzip;q=x', '*;q=0', 'gzip, gzip, gzip'),
  ),
  fc.tuple(
    fc.constant('X-Prometheus-Scrape-Timeout-Seconds'),
    bent('10', '0', '-1', '1e9', 'NaN', 'Infinity', '0x10', '1_0', '10.5.5', '   '),
  ),
  fc.tuple(fc.constant('Content-Length'), bent('0', '3', '-1', '1e3', '99999999999999999999', '3, 3', '+3')),
  fc.tuple(fc.constant('Transfer-Encoding'), bent('chunked', 'chunked, chunked', 'gzip, chunked', 'identity', 'xchunked')),
  fc.tuple(fc.constant('Host'), bent('localhost', '', 'a b', '[::1]:99999', 'other.example:0', '..', '%00')),
  fc.tuple(
    fc.constantFrom(...headerNames),
    bent('keep-alive', 'close', 'upgrade', '100-continue', 'h2c', 'websocket', 'bytes=0-1', '"x"', '10.0.0.1, evil'),
  ),
  fc.tuple(printable(12), printable(40)),
  fc.tuple(junk(8), junk(30)),
  fc.tuple(
    fc.constant('X-Long'),
    fc.nat(20_000).map((length) => 'x'.repeat(length)),
  ),
);

const lineEnd = fc.oneof(
  { weight: 30, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '\r\n\r\n', ' \r\n ', '') },
);
const body = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  junk(60),
  fc.constantFrom('3\r\nabc\r\n0\r\n\r\n', 'ffffffffffffffff\r\n', '-1\r\n\r\n', '0;\r\n'),
);

/** The bytes of a request, one character each, that may be wrong anywhere. */
export const wildRequest: fc.Arbitrary<string> = fc
  .record({
    start: fc.tuple(method, path, query, version),
    space: fc.oneof({ weight: 12, arbitrary: fc.constant(' ') }, { weight: 1, arbitrary: fc.constantFrom('\t', '  ', '') }),
    hasHost: fc.boolean(),
    headers: fc.array(fc.tuple(header, lineEnd), { maxLength: 6 }),
    end: lineEnd,
    body,
    /** How much is not sent, as by somebody who goes away. */
    cut: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(200) }),
  })
  .map(({ start: [verb, at, asked, protocol], space, hasHost, headers, end, body: sent, cut }) => {
    const host = hasHost ? 'Host: localhost\r\n' : '';
    const fields = headers.map(([[name, value], ending]) => `${name}: ${value}${ending}`).join('');
    const text = `${verb}${space}${at}${asked}${space}${protocol}\r\n${host}${fields}${end}${sent}`;
    return cut === 0 ? text : text.slice(0, -cut);
  });
