import { hashSync } from '@node-rs/bcrypt';
import { silentLogger } from '../../src/log.js';
import { createDecoy, loadVerify, type Verify } from '../../src/web/bcrypt.js';
import { PasswordCheck, type Verdict } from '../../src/web/password-check.js';
import { recordingLog } from './recording-log.js';

const hashOf = (password: string | Buffer, cost = 4): string => hashSync(password, { cost });
const alice = hashOf('wonder');
const bob = hashOf('builder');
const client = { address: '127.0.0.1', isGone: () => false };

interface Checked {
  readonly passwords: PasswordCheck;
  /** What bcrypt was asked. */
  readonly asked: { readonly password: string; readonly hash: string }[];
  readonly ask: (user: string, password: string | Buffer) => Promise<Verdict>;
}

function start(users: Readonly<Record<string, string>>, verify: Verify = loadVerify()): Checked {
  const asked: { password: string; hash: string }[] = [];
  const passwords = new PasswordCheck((password, hash) => {
    asked.push({ password: password.toString(), hash });
    return verify(password, hash);
  }, silentLogger);
  passwords.use(new Map(Object.entries(users)));
  const ask: Checked['ask'] = async (user, password) => {
    const credentials = { user, password: Buffer.from(password) };
    return passwords.recall(credentials) ?? passwords.check(credentials, client);
  };
  return { passwords, asked, ask };
}

test('the right password is right, and is checked once', async () => {
  const { ask, asked } = start({ alice, bob });
  expect([await ask('alice', 'wonder'), await ask('alice', 'wonder')]).toEqual(['right', 'right']);
  expect(asked).toEqual([{ password: 'wonder', hash: alice }]);
});

test('a wrong one is wrong, and is checked once', async () => {
  const { ask, asked } = start({ alice });
  expect([await ask('alice', 'x'), await ask('alice', 'x')]).toEqual(['wrong', 'wrong']);
  expect(asked).toHaveLength(1);
});

test.each<[what: string, user: string, password: string | Buffer]>([
  ["another user's password", 'alice', 'builder'],
  ["a user's own hash", 'alice', alice],
  ["another user's hash", 'alice', bob],
  ['no password', 'alice', ''],
  ['a part of it', 'alice', 'wonde'],
  ['more than it', 'alice', 'wonderx'],
  ['it and a zero', 'alice', 'wonder\0'],
  ['an unknown user', 'carol', 'wonder'],
  ['a user in another case', 'Alice', 'wonder'],
  ['no user', '', 'wonder'],
  ['a name that every object has', 'constructor', 'wonder'],
  ['a user and a hash run together, as in CVE-2022-46146', `alice:${alice}`, 'wonder'],
])('%s is wrong, before and after the right one was right', async (_what, user, password) => {
  const { ask } = start({ alice, bob });
  expect(await ask(user, password)).toBe('wrong');
  expect(await ask('alice', 'wonder')).toBe('right');
  expect(await ask(user, password)).toBe('wrong');
});

test('an unknown user costs what a known one does, and is never right', async () => {
  const { ask, asked } = start({ alice: hashOf('wonder', 5) }, () => Promise.resolve(true));
  expect(await ask('carol', 'wonder')).toBe('wrong');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.hash).toMatch(/^\$2b\$05\$[./A-Za-z0-9]{53}$/);
  // The same again, so that nothing can be learned from asking twice.
  await ask('carol', 'other');
  expect(asked[1]?.hash).toBe(asked[0]?.hash);
});

test('only the first 72 bytes of a password count, as in all of bcrypt', async () => {
  const { ask } = start({ alice: hashOf('ä'.repeat(36)) });
  expect([await ask('alice', 'ä'.repeat(50)), await ask('alice', 'ä'.repeat(35))]).toEqual(['right', 'wrong']);
});

test('bytes that are no text are compared as bytes', async () => {
  const { ask } = start({ alice: hashOf(Buffer.from([0xff, 0x80])) });
  expect([await ask('alice', Buffer.from([0xfe, 0x80])), await ask('alice', Buffer.from([0xff, 0x80]))]).toEqual(['wrong', 'right']);
});

test.each(['$2$', '$2a$', '$2b$', '$2x$', '$2y$', '$2z$'])('hashes that begin with %s are known', async (prefix) => {
  const { ask } = start({ alice: prefix + alice.slice(4) });
  expect([await ask('alice', 'wonder'), await ask('alice', 'x')]).toEqual(['right', 'wrong']);
});

test.each(['', 'wonder', '$2b$04$short', alice.slice(0, -1)])('the hash %p has no password', async (hash) => {
  const { ask } = start({ alice: hash });
  expect([await ask('alice', 'wonder'), await ask('alice', hash), await ask('alice', '')]).toEqual(['wrong', 'wrong', 'wrong']);
});

test('a check that fails is wrong, and costs a line in the log', async () => {
  const { log, lines } = recordingLog();
  const passwords = new PasswordCheck(() => Promise.reject(new Error('broken')), log);
  passwords.use(new Map([['alice', alice]]));
  expect(await passwords.check({ user: 'alice', password: Buffer.from('wonder') }, client)).toBe('wrong');
  expect(lines).toEqual([{ level: 'error', message: 'cannot check a password', error: 'broken' }]);
});

test('300 who ask for the same at once share one check', async () => {
  const { ask, asked } = start({ alice });
  const verdicts = await Promise.all(Array.from({ length: 300 }, () => ask('alice', 'wonder')));
  expect([new Set(verdicts), asked.length]).toEqual([new Set(['right']), 1]);
});

test('one check runs at a time, and beyond a few that wait there is no room', async () => {
  let running = 0;
  let most = 0;
  const { ask } = start({ alice }, async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running -= 1;
    return false;
  });
  const verdicts = await Promise.all(Array.from({ length: 20 }, (_, index) => ask('alice', String(index))));
  expect(most).toBe(1);
  expect(verdicts.filter((verdict) => verdict === 'wrong')).toHaveLength(17);
  expect(verdicts.filter((verdict) => verdict === 'busy')).toHaveLength(3);
});

test('what nobody waits for any more is not checked', async () => {
  const { passwords, asked, ask } = start({ alice });
  const first = ask('alice', '1');
  const gone = passwords.check({ user: 'alice', password: Buffer.from('2') }, { address: '127.0.0.1', isGone: () => true });
  await Promise.all([first, gone]);
  expect(asked.map(({ password }) => password)).toEqual(['1']);
});

describe('what is remembered', () => {
  test('any number of wrong passwords leaves a right one', async () => {
    const { ask, asked } = start({ alice, bob });
    await ask('alice', 'wonder');
    for (let index = 0; index < 150; index++) await ask(index % 2 === 0 ? 'alice' : 'carol', String(index));
    const before = asked.length;
    expect(await ask('alice', 'wonder')).toBe('right');
    expect(asked).toHaveLength(before);
  });

  test('is at most a hundred wrong ones, those asked for last', async () => {
    const { ask, asked } = start({ alice });
    await ask('alice', 'old');
    await ask('alice', 'known');
    for (let index = 0; index < 99; index++) {
      await ask('alice', String(index));
      await ask('alice', 'known');
    }
    expect(asked).toHaveLength(101);
    await ask('alice', 'known');
    expect(asked).toHaveLength(101);
    await ask('alice', 'old');
    expect(asked).toHaveLength(102);
  });

  test('goes with a hash that changes, and stays for the others', async () => {
    const { passwords, ask, asked } = start({ alice, bob });
    await ask('alice', 'wonder');
    await ask('bob', 'builder');
    await ask('alice', 'new');
    passwords.use(new Map([['alice', hashOf('new')], ['bob', bob]])); // prettier-ignore
    expect([await ask('alice', 'wonder'), await ask('alice', 'new'), await ask('bob', 'builder')]).toEqual(['wrong', 'right', 'right']);
    expect(asked).toHaveLength(5);
  });

  test('goes with a user, and does not come back with him', async () => {
    const { passwords, ask, asked } = start({ alice, bob });
    await ask('alice', 'wonder');
    passwords.use(new Map([['bob', bob]]));
    expect(await ask('alice', 'wonder')).toBe('wrong');
    passwords.use(new Map([['alice', alice]]));
    expect(await ask('alice', 'wonder')).toBe('right');
    expect(asked).toHaveLength(3);
  });

  test('a check that is under way when the hash changes is done again', async () => {
    const { passwords, ask } = start({ alice });
    const old = ask('alice', 'wonder');
    const next = ask('alice', 'new');
    passwords.use(new Map([['alice', hashOf('new')]]));
    expect([await old, await next]).toEqual(['wrong', 'right']);
    expect(await ask('alice', 'wonder')).toBe('wrong');
  });
});

test('a decoy costs what the hash costs that it stands beside, and is another each time', () => {
  const decoys = [createDecoy(hashOf('x', 5)), createDecoy(hashOf('x', 5)), createDecoy('no hash')];
  expect(decoys.map((decoy) => decoy.slice(0, 7))).toEqual(['$2b$05$', '$2b$05$', '$2b$10$']);
  expect(decoys[0]).not.toBe(decoys[1]);
});
