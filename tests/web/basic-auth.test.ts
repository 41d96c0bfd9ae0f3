import { parseBasicAuth } from '../../src/web/basic-auth.js';

const encode = (credentials: string | Buffer): string => Buffer.from(credentials).toString('base64');
const read = (header: string | undefined): readonly [string, string] | undefined => {
  const found = parseBasicAuth(header);
  return found && [found.user, found.password.toString('latin1')];
};

test.each<[what: string, header: string, user: string, password: string]>([
  ['a user and a password', `Basic ${encode('alice:secret')}`, 'alice', 'secret'],
  ['any case of the scheme', `bAsIc ${encode('alice:secret')}`, 'alice', 'secret'],
  ['several blanks', `Basic   ${encode('alice:secret')}`, 'alice', 'secret'],
  ['colons in the password', `Basic ${encode('alice:a:b:')}`, 'alice', 'a:b:'],
  ['no password', `Basic ${encode('alice:')}`, 'alice', ''],
  ['no user', `Basic ${encode(':secret')}`, '', 'secret'],
  ['neither', `Basic ${encode(':')}`, '', ''],
  ['a user in UTF-8', `Basic ${encode('Ælice:pÄss')}`, 'Ælice', Buffer.from('pÄss').toString('latin1')],
  ['bytes that are no text in the password', `Basic ${encode(Buffer.from('alice:\xff\x00', 'latin1'))}`, 'alice', '\xff\x00'],
  ['control characters', `Basic ${encode('a\nb:c\r\n')}`, 'a\nb', 'c\r\n'],
])('%s can be read', (_what, header, user, password) => {
  expect(read(header)).toEqual([user, password]);
});

test.each<[what: string, header: string | undefined]>([
  ['nothing', undefined],
  ['an empty header', ''],
  ['the scheme alone', 'Basic'],
  ['the scheme and a blank', 'Basic '],
  ['no scheme', encode('alice:secret')],
  ['another scheme', `Bearer ${encode('alice:secret')}`],
  ['a scheme that begins alike', `Basics ${encode('alice:secret')}`],
  ['no colon', `Basic ${encode('alice')}`],
  ['no blank', `Basic${encode('alice:secret')}`],
  ['a tab instead of a blank', `Basic\t${encode('alice:secret')}`],
  ['plain text', 'Basic alice:secret'],
  ['base64 that is cut off', `Basic ${encode('alice:secret').slice(0, -1)}`],
  ['base64 without padding', `Basic ${encode('alice:secretx').replaceAll('=', '')}`],
  ['padding in the middle', `Basic ${encode('a:b1')}${encode('c')}`],
  ['base64 for URLs', 'Basic Pz8_Oj8_Pz8-'],
  ['something after it', `Basic ${encode('alice:secret')} x`],
  ['two of them', `Basic ${encode('alice:secret')}, Basic ${encode('alice:secret')}`],
  ['a user who is no UTF-8', `Basic ${encode(Buffer.from('\xff:secret', 'latin1'))}`],
  ['very much garbage', `Basic ${'*'.repeat(15_000)}`],
])('%s is nothing that could be right', (_what, header) => {
  expect(read(header)).toBeUndefined();
});
