import { machine } from 'node:os';
import { join } from 'node:path';
import { loadUname } from '../../../samples/host/uname.js';

test('each name comes from its own file, without the line break', async () => {
  expect(await loadUname(join(__dirname, '../../fixtures/proc'))).toEqual({
    sysname: 'Linux',
    release: '6.1.0-18-amd64',
    version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1',
    machine: machine(),
    nodename: 'weasel',
    domainname: '(none)',
  });
});
