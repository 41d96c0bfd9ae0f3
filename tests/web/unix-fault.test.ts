import { ScrapeError } from '../../src/errors.js';
import { unixFault } from '../../src/web/unix-fault.js';

test.each([
  ['EADDRINUSE', 'another program listens there. Stop it, or give another path.'],
  ['ENOTSOCK', 'something is there that is no socket. Remove it, or give another path.'],
  ['ENOENT', 'the folder "/run/weather" does not exist. Make it, or give another path.'],
  ['ENOTDIR', '"/run/weather" is no folder. Give another path.'],
  ['EACCES', 'this user may not make or use a socket in "/run/weather". Let the user write to that folder, or give another path.'],
  ['EPERM', 'this user may not make or use a socket in "/run/weather". '],
  ['EROFS', '"/run/weather" is on a file system that cannot be written to. Give another path.'],
  ['ENOSPC', 'there is no room left in "/run/weather". Make room, or give a path on another file system.'],
  ['EDQUOT', 'there is no room left in "/run/weather". '],
  ['ENAMETOOLONG', "the path is longer than the 107 bytes that a socket's may have. Give a shorter one."],
  ['EIO', 'listen FAILED somehow. Give another path.'],
])('%s is told in plain words', (code, words) => {
  const error = Object.assign(new Error('listen FAILED somehow.'), { code });
  const fault = unixFault(error, { path: '/run/weather/x.sock', mostBytes: 107 });
  expect(fault.code).toBe('LISTEN_FAILED');
  expect(new ScrapeError(fault).message).toContain(`unix:/run/weather/x.sock: ${words}`);
});
