import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { machine, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestExporter } from 'expositor/testing';
import { HostExporter } from '../../samples/host/exporter.js';

const fixture = join(__dirname, '../fixtures/proc');

let proc: string;
let exporter: Awaited<ReturnType<typeof startTestExporter>>;
beforeEach(async () => {
  proc = await mkdtemp(join(tmpdir(), 'proc-'));
  await cp(fixture, proc, { recursive: true });
});
afterEach(async () => {
  await exporter?.stop();
  await rm(proc, { recursive: true });
});

const root = { device: '/dev/vda1', fstype: 'ext4', mountpoint: '/' };
const gone = { device: 'backup:/home', fstype: 'nfs4', mountpoint: '/gone/my backup' };
const names = {
  sysname: 'Linux',
  release: '6.1.0-18-amd64',
  version: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1',
  machine: machine(),
  nodename: 'weasel',
  domainname: '(none)',
};

const figures: readonly (readonly [name: string, labels: Record<string, string> | undefined, value: number])[] = [
  ['node_load1', undefined, 0.42],
  ['node_load5', undefined, 1.5],
  ['node_load15', undefined, 2.25],
  ['node_memory_MemTotal_bytes', undefined, 16_706_068_480],
  ['node_memory_Active_anon_bytes', undefined, 209_715_200],
  ['node_memory_HugePages_Total', undefined, 4],
  ['node_cpu_seconds_total', { cpu: '0', mode: 'idle' }, 800],
  ['node_cpu_seconds_total', { cpu: '1', mode: 'softirq' }, 0.4],
  ['node_cpu_guest_seconds_total', { cpu: '0', mode: 'nice' }, 0.02],
  ['node_boot_time_seconds', undefined, 1_700_000_000],
  ['node_context_switches_total', undefined, 1_234_567],
  ['node_forks_total', undefined, 4711],
  ['node_intr_total', undefined, 987_654],
  ['node_procs_running', undefined, 3],
  ['node_procs_blocked', undefined, 1],
  ['node_network_receive_bytes_total', { device: 'eth0' }, 9_007_199_254],
  ['node_network_receive_multicast_total', { device: 'eth0' }, 6],
  ['node_network_transmit_compressed_total', { device: 'eth0' }, 12],
  ['node_filesystem_readonly', root, 1],
  ['node_filesystem_device_error', root, 0],
  ['node_filesystem_device_error', gone, 1],
  ['node_uname_info', names, 1],
];

test('every source is shown', async () => {
  exporter = await startTestExporter(HostExporter, { options: { proc } });
  const scrape = await exporter.scrape();
  expect(scrape.status).toBe(200);
  expect(figures.map(([name, labels]) => [name, labels, scrape.value(name, labels)])).toEqual(figures);
  expect(scrape.value('node_filesystem_size_bytes', root)).toBeGreaterThan(0);
});

test('nothing but its error is told of a filesystem that tells nothing', async () => {
  exporter = await startTestExporter(HostExporter, { options: { proc } });
  const { text } = await exporter.scrape();
  expect(text.split('\n').filter((line) => line.includes('backup:/home'))).toEqual([
    'node_filesystem_device_error{device="backup:/home",fstype="nfs4",mountpoint="/gone/my backup"} 1',
  ]);
});

test("node_exporter's exclusions are the defaults", async () => {
  exporter = await startTestExporter(HostExporter, { options: { proc } });
  const { text } = await exporter.scrape();
  expect(text).not.toMatch(/fstype="proc"|mountpoint="\/run|device="lo"/);
});

test('the exclusions can be chosen', async () => {
  const env = { HOST_NETDEV_DEVICE_EXCLUDE: '^eth', HOST_FILESYSTEM_MOUNT_POINTS_EXCLUDE: '^/gone' };
  exporter = await startTestExporter(HostExporter, { options: { proc, filesystemFsTypesExclude: '^ext' }, env });
  const scrape = await exporter.scrape();
  expect(scrape.value('node_network_receive_bytes_total', { device: 'lo' })).toBe(62_904);
  expect(scrape.text).toContain('mountpoint="/run/lock"');
  expect(scrape.text).not.toMatch(/device="eth|mountpoint="\/gone|fstype="ext4/);
});

test('what is gone from the machine is gone from the metrics', async () => {
  exporter = await startTestExporter(HostExporter, { options: { proc } });
  await exporter.scrape();
  await writeFile(join(proc, '1/mounts'), '');
  await writeFile(join(proc, 'net/dev'), '|\n face |bytes |bytes\n');
  await writeFile(join(proc, 'sys/kernel/hostname'), 'stoat\n');
  await writeFile(join(proc, 'stat'), 'cpu0 0 0 0 1\nintr 1\nctxt 1\nbtime 1\nprocesses 1\nprocs_running 1\nprocs_blocked 1\n');
  const { text } = await exporter.scrape();
  expect(text).not.toMatch(/mountpoint=|device="|cpu="1"|weasel/);
  expect(text).toContain('nodename="stoat"');
});

test('a path that is no procfs is refused before anything is served', async () => {
  const start = startTestExporter(HostExporter, { options: { proc: '/nowhere' } });
  await expect(start).rejects.toThrow('--proc: "/nowhere" is no procfs of Linux. Say where procfs is mounted.');
});

test('a pattern that is no regular expression is refused', async () => {
  const start = startTestExporter(HostExporter, { options: { netdevDeviceExclude: '(' } });
  await expect(start).rejects.toThrow('Unterminated group');
});
