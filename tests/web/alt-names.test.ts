import { readAltNames } from '../../src/web/alt-names.js';

test.each<[text: string | undefined, names: readonly string[]]>([
  [undefined, []],
  ['', []],
  ['DNS:localhost', ['localhost']],
  ['DNS:localhost, DNS:*.example.org', ['localhost', '*.example.org']],
  ['email:a@example.org, URI:spiffe://example.org/a', ['a@example.org', 'spiffe://example.org/a']],
  ['IP Address:127.0.0.1', ['127.0.0.1']],
  ['IP Address:0:0:0:0:0:0:0:1', ['::1']],
  ['IP Address:2001:DB8:0:0:0:0:0:1', ['2001:db8::1']],
  ['DNS:a.org, DirName:"CN=b,O=c", othername:<unsupported>, Registered ID:1.2.3.4', ['a.org']],
  // What Node quotes is one value, whatever is in it.
  ['DNS:"a.org, DNS:b.org"', ['a.org, DNS:b.org']],
  [String.raw`DNS:"a\", DNS:b.org"`, ['a", DNS:b.org']],
  [String.raw`URI:"http://a/\u0000b"`, ['http://a/\0b']],
  ['URI:"http://a/, DNS:b.org", DNS:c.org', ['http://a/, DNS:b.org', 'c.org']],
  // What is no such list names nobody.
  ['DNS:a.org, DNS:"b.org', []],
  ['DNS:a.org,DNS:b.org', []],
  ['DNS:a.org, ', []],
  [', DNS:a.org', []],
  ['a.org', []],
])('%p names %p', (subjectAltName, names) => {
  expect(readAltNames({ subjectAltName } as Parameters<typeof readAltNames>[0])).toEqual(names);
});
