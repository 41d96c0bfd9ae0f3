import fc from 'fast-check';
import { negotiateEncoding } from '../../src/exposition/accept-encoding.js';

const offered = ['gzip', 'zstd', 'br'];
const identity = undefined;

test.each<[name: string, acceptEncoding: string | undefined, coding: string | undefined]>([
  // Who asks
  ['Prometheus, vmagent, Telegraf and Go', 'gzip', 'gzip'],
  ['Prometheus without compression', 'identity', identity],
  ['Datadog and the older Python requests', 'gzip, deflate', 'gzip'],
  ['Python requests with more packages', 'gzip, deflate, br, zstd', 'gzip'],
  ['the urllib of Python', 'identity', identity],
  ['curl', undefined, identity],
  ['curl --compressed', 'deflate, gzip, br, zstd', 'gzip'],
  ['wget', 'identity', identity],
  ['wget without Accept-Encoding', '', identity],
  ['Chrome and Firefox', 'gzip, deflate, br, zstd', 'gzip'],
  ['Safari', 'gzip, deflate, br', 'gzip'],
  ['axios', 'gzip, compress, deflate, br', 'gzip'],
  ['the fetch of Node', 'br, gzip, deflate', 'gzip'],
  ['Ruby', 'gzip;q=1.0,deflate;q=0.6,identity;q=0.3', 'gzip'],
  ['the client of Java', undefined, identity],
  ['a client of 1996', 'x-compress, x-gzip', 'gzip'],
  // What is asked for
  ['only blanks', '  ', identity],
  ['only commas', ',,', identity],
  ['zstd', 'zstd', 'zstd'],
  ['brotli', 'br', 'br'],
  ['what is not offered', 'deflate, compress, exi', identity],
  ['what is not offered, and gzip', 'deflate, gzip;q=0.1', 'gzip'],
  ['anything', '*', identity],
  ['anything, a little', '*;q=0.1', identity],
  ['anything, or gzip', '*, gzip', 'gzip'],
  ['anything rather than gzip', '*, gzip;q=0.5', identity],
  ['gzip rather than anything', 'gzip, *;q=0.5', 'gzip'],
  ['gzip and nothing else', 'gzip, *;q=0', 'gzip'],
  ['anything but gzip', 'gzip;q=0, *', identity],
  ['anything but identity', '*, identity;q=0', identity],
  // Rank
  ['the same q', 'zstd, br, gzip', 'gzip'],
  ['the same q without gzip, in the order offered', 'br, zstd', 'zstd'],
  ['the higher q', 'gzip;q=0.5, zstd;q=0.6, br;q=0.4', 'zstd'],
  ['no q, which is 1', 'gzip;q=0.9, br', 'br'],
  ['a q above 1, which is 1', 'br;q=5, gzip', 'gzip'],
  ['a low q', 'gzip;q=0.001', 'gzip'],
  ['identity rather than gzip', 'identity, gzip;q=0.5', identity],
  ['identity rather than gzip, in any order', 'gzip;q=0.5, identity;q=0.6', identity],
  ['identity like gzip', 'identity, gzip', 'gzip'],
  ['identity like zstd', 'identity;q=0.5, zstd;q=0.5', 'zstd'],
  ['identity between two', 'br;q=0.3, identity;q=0.5, gzip;q=0.7', 'gzip'],
  ['identity of its own q beside a star', 'identity;q=0.1, *, gzip;q=0.5', 'gzip'],
  // Refusal
  ['gzip refused', 'gzip;q=0', identity],
  ['gzip refused with decimals', 'gzip;q=0.000', identity],
  ['gzip refused by a q below 0', 'gzip;q=-1', identity],
  ['gzip refused, then zstd', 'gzip;q=0, zstd;q=0.1', 'zstd'],
  ['gzip refused under its old name', 'x-gzip;q=0, br', 'br'],
  ['identity refused', 'identity;q=0', identity],
  ['all refused', '*;q=0', identity],
  ['all refused by name', 'identity;q=0, gzip;q=0, zstd;q=0, br;q=0', identity],
  // Spelling
  ['capitals', 'GZip;Q=0.5', 'gzip'],
  ['the old name in capitals', 'X-GZIP', 'gzip'],
  ['gzip twice, of which the first counts', 'gzip;q=0, gzip', identity],
  ['gzip under both names, of which the first counts', 'x-gzip;q=0.2, gzip;q=0.9, br;q=0.5', 'br'],
  ['many blanks', '\t br ; q = 0.5 ,  gzip ;q=0.6 ', 'gzip'],
  ['a quoted q', 'gzip;q="0.5", br;q="0.6"', 'br'],
  ['other parameters', 'gzip;level=9;q=1', 'gzip'],
  ['a comma within quotes', 'br;note="a, gzip";q=0.5', 'br'],
  ['empty clauses and parameters', ',, gzip;; ,', 'gzip'],
  // What cannot be read
  ['a q that is no number', 'gzip;q=high, br;q=0.1', 'br'],
  ['an empty q', 'gzip;q=', identity],
  ['words behind the name', 'gzip please, br', 'br'],
  ['blanks for commas', 'gzip deflate br', identity],
  ['nonsense, then something readable', '@@@, (x), ;q=1, gzip', 'gzip'],
  ['a quote that does not end', 'br;q=0.5, a;note="b, gzip', 'br'],
  ['the beginning of a name', 'gz, gzip2, gzip/1', identity],
  ['a method of all objects', 'constructor, toString, __proto__', identity],
])('%s', (_name, acceptEncoding, coding) => {
  expect(negotiateEncoding(acceptEncoding, offered)).toBe(coding);
});

test.each<[name: string, offer: string[], coding: string | undefined]>([
  ['nothing', [], identity],
  ['gzip', ['gzip'], 'gzip'],
  ['brotli', ['br'], 'br'],
  ['zstd, then brotli', ['zstd', 'br'], 'zstd'],
  ['brotli, then zstd', ['br', 'zstd'], 'br'],
  ['brotli, then gzip', ['br', 'gzip'], 'gzip'],
])('of an offer of %s, the best is chosen for who asks for all', (_name, offer, coding) => {
  expect(negotiateEncoding('gzip, deflate, br, zstd', offer)).toBe(coding);
});

test('whatever the header, the answer is identity or an offer that it names', () => {
  const part = fc.constantFrom('gzip', 'x-gzip', 'zstd', 'br', 'identity', '*', ';', ',', '"', '\\', 'q=', '0', '1', '.', ' ', '=', '\n');
  const isNamed = (header: string): boolean => {
    const coding = negotiateEncoding(header, offered);
    return coding === undefined || (offered.includes(coding) && header.includes(coding));
  };
  fc.assert(fc.property(fc.array(part, { maxLength: 40 }), (parts) => isNamed(parts.join(''))));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), isNamed));
});

test('a q that is written as a quality decides between two codings', () => {
  const quality = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(quality, quality, (forGzip, forZstd) => {
      const header = `zstd;q=${(forZstd / 1000).toFixed(3)},gzip;q=${(forGzip / 1000).toFixed(3)}`;
      expect(negotiateEncoding(header, offered)).toBe(forZstd > forGzip ? 'zstd' : 'gzip');
    }),
  );
});

// What takes quadratic time would take these tests past their limit.
test.each<[name: string, part: string]>([
  ['commas', ','],
  ['blanks', ' '],
  ['stars', '*'],
  ['refusals', 'a;q=0,'],
  ['semicolons', ';'],
  ['digits', '1'],
])('a header of 100 kB of %s has its answer', (_name, part) => {
  expect(negotiateEncoding(`br;q=${part.repeat(Math.ceil(100_000 / part.length))}x, gzip`, offered)).toBe('gzip');
});
