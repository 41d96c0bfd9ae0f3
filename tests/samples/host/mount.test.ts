import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMounts, parseMounts } from '../../../samples/host/mount.js';

test.each([
  ['/dev/vda1 / ext4 rw,relatime 0 0', { device: '/dev/vda1', mountpoint: '/', fstype: 'ext4', isReadonly: false }],
  ['/dev/sr0 /media/cd iso9660 ro,nosuid 0 0', { device: '/dev/sr0', mountpoint: '/media/cd', fstype: 'iso9660', isReadonly: true }],
  ['/dev/sda1 / ext4 rw,errors=remount-ro 0 0', { device: '/dev/sda1', mountpoint: '/', fstype: 'ext4', isReadonly: false }],
  [
    String.raw`//nas/my\040files /a\011b\134c cifs rw 0 0`,
    { device: '//nas/my files', mountpoint: '/a\tb\\c', fstype: 'cifs', isReadonly: false },
  ],
])('%s', (line, mount) => {
  expect(parseMounts(`${line}\n`)).toEqual([mount]);
});

test('of lines that name the same mount the first counts', () => {
  expect(parseMounts('tmpfs /x tmpfs ro 0 0\ntmpfs /x tmpfs rw 0 0\ntmpfs /y tmpfs rw 0 0\n')).toEqual([
    { device: 'tmpfs', mountpoint: '/x', fstype: 'tmpfs', isReadonly: true },
    { device: 'tmpfs', mountpoint: '/y', fstype: 'tmpfs', isReadonly: false },
  ]);
});

test('a process without mounts has none', () => {
  expect(parseMounts('')).toEqual([]);
});

test('a line with too few columns is refused', () => {
  expect(() => parseMounts('/dev/vda1 / ext4\n')).toThrow('mounts: "/dev/vda1 / ext4" has no four columns');
});

test("where the first process's mounts cannot be seen, one's own are loaded", async () => {
  const proc = await mkdtemp(join(tmpdir(), 'proc-'));
  await writeFile(join(proc, 'mounts'), 'proc /proc proc rw 0 0\n');
  expect(await loadMounts(proc)).toBe('proc /proc proc rw 0 0\n');
});
