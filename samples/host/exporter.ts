import { ConfigError, Exporter, Metric, OnConfigure, OnScrape, Option } from 'expositor';
import type { Configure, Counter, Gauge, Info, Scrape } from 'expositor';
import { parseCpus } from './cpu.js';
import { CpuClock } from './cpu-clock.js';
import { parseLoadavg } from './loadavg.js';
import { parseMeminfo } from './meminfo.js';
import { loadMounts, parseMounts } from './mount.js';
import { parseNetdev } from './netdev.js';
import { loadProc } from './proc.js';
import { parseStat } from './stat.js';
import { loadUname, type Uname } from './uname.js';
import { UsageMeter } from './usage-meter.js';

const parsePattern = (text: string): RegExp => new RegExp(text);

const mountLabels = ['device', 'fstype', 'mountpoint'] as const;
type MountGauge = Gauge<(typeof mountLabels)[number]>;

/** Figures of a Linux machine, under the names that Prometheus's node_exporter gives them. */
@Exporter({
  name: 'expositor-host',
  description: 'Load, memory, processors, network and filesystems of a Linux machine.',
  defaultPort: 9100,
  envPrefix: 'HOST',
  namespace: 'node',
})
export class HostExporter {
  @Option({ description: 'where procfs is mounted' })
  proc = '/proc';

  @Option({ description: 'mount points to leave out, a regular expression', parse: parsePattern })
  filesystemMountPointsExclude = /^\/(dev|proc|run|sys|mnt|media|var\/lib\/docker\/.+|var\/lib\/containers\/storage\/.+)($|\/)/;

  @Option({ description: 'types of filesystems to leave out, a regular expression', parse: parsePattern })
  filesystemFsTypesExclude =
    /^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs)$/;

  @Option({ description: 'how long to wait for a filesystem to tell its size', type: 'duration' })
  filesystemMountTimeout = 5_000;

  @Option({ description: 'network devices to leave out, a regular expression', parse: parsePattern })
  netdevDeviceExclude = /^lo$/;

  @Metric({ type: 'gauge', help: 'Load average of the last minute, from /proc/loadavg.' })
  load1!: Gauge;

  @Metric({ type: 'gauge', help: 'Load average of the last 5 minutes, from /proc/loadavg.' })
  load5!: Gauge;

  @Metric({ type: 'gauge', help: 'Load average of the last 15 minutes, from /proc/loadavg.' })
  load15!: Gauge;

  @Metric({
    type: 'counter',
    mirrored: true,
    help: 'Seconds that each processor spent in each mode, from /proc/stat.',
    labels: ['cpu', 'mode'],
  })
  cpuSeconds!: Counter<'cpu' | 'mode'>;

  @Metric({
    type: 'counter',
    mirrored: true,
    help: 'Seconds that each processor spent in virtual machines, from /proc/stat.',
    labels: ['cpu', 'mode'],
  })
  cpuGuestSeconds!: Counter<'cpu' | 'mode'>;

  @Metric({ type: 'gauge', help: 'When the machine was started, Unix time from /proc/stat.' })
  bootTimeSeconds!: Gauge;

  @Metric({ type: 'counter', mirrored: true, help: 'Switches from one process to another, from /proc/stat.' })
  contextSwitches!: Counter;

  @Metric({ type: 'counter', mirrored: true, help: 'Processes and threads created, from /proc/stat.' })
  forks!: Counter;

  @Metric({ type: 'counter', mirrored: true, help: 'Interrupts serviced, from /proc/stat.' })
  intr!: Counter;

  @Metric({ type: 'gauge', help: 'Processes that run or could run, from /proc/stat.' })
  procsRunning!: Gauge;

  @Metric({ type: 'gauge', help: 'Processes that wait for the disk, from /proc/stat.' })
  procsBlocked!: Gauge;

  @Metric({ type: 'gauge', help: 'Size of the filesystem, from statfs.', labels: mountLabels })
  filesystemSizeBytes!: MountGauge;

  @Metric({ type: 'gauge', help: 'Free space of the filesystem, from statfs.', labels: mountLabels })
  filesystemFreeBytes!: MountGauge;

  @Metric({ type: 'gauge', help: 'Space of the filesystem that is free to users other than root, from statfs.', labels: mountLabels })
  filesystemAvailBytes!: MountGauge;

  @Metric({ type: 'gauge', help: 'File nodes of the filesystem, from statfs.', labels: mountLabels })
  filesystemFiles!: MountGauge;

  @Metric({ type: 'gauge', help: 'Free file nodes of the filesystem, from statfs.', labels: mountLabels })
  filesystemFilesFree!: MountGauge;

  @Metric({ type: 'gauge', help: 'Whether the filesystem is mounted read-only, from /proc/mounts.', labels: mountLabels })
  filesystemReadonly!: MountGauge;

  @Metric({ type: 'gauge', help: 'Whether statfs told an error, or nothing in time.', labels: mountLabels })
  filesystemDeviceError!: MountGauge;

  @Metric({
    type: 'info',
    help: 'Names of the machine and of its kernel, from /proc/sys/kernel.',
    labels: ['sysname', 'release', 'version', 'machine', 'nodename', 'domainname'],
  })
  uname!: Info<keyof Uname>;

  readonly #cpuClock = new CpuClock();
  readonly #usageMeter = new UsageMeter();
  #memory: Readonly<Record<string, Gauge | undefined>> = {};
  #network: Readonly<Record<string, Counter<'device'> | undefined>> = {};

  /** The kernel tells which fields of memory there are, and which columns of network devices. */
  @OnConfigure()
  async createKernelMetrics({ exporter }: Configure) {
    const { fields, columns } = await loadNames(this.proc);
    this.#memory = exporter.createMetrics(
      fields.map(({ name, field }) => ({
        name: `memory_${name}` as const,
        type: 'gauge' as const,
        help: `Memory field ${field}, from /proc/meminfo.`,
        // The names are the kernel's: MemTotal.
        allow: ['camel-case'] as const,
      })),
    );
    this.#network = exporter.createMetrics(
      columns.map((column) => ({
        name: `network_${column}` as const,
        type: 'counter' as const,
        mirrored: true,
        help: `Network device total ${column}, from /proc/net/dev.`,
        labels: ['device'] as const,
      })),
    );
  }

  @OnScrape({ name: 'loadavg' })
  async updateLoad({ signal }: Scrape) {
    const { load1, load5, load15 } = parseLoadavg(await loadProc(this.proc, 'loadavg', signal));
    this.load1.set(load1);
    this.load5.set(load5);
    this.load15.set(load15);
  }

  @OnScrape({ name: 'meminfo' })
  async updateMemory({ signal }: Scrape) {
    const fields = parseMeminfo(await loadProc(this.proc, 'meminfo', signal));
    for (const { name, value } of fields) this.#memory[`memory_${name}`]?.set(value);
  }

  @OnScrape({ name: 'cpu' })
  async updateCpus({ signal }: Scrape) {
    const cpus = this.#cpuClock.advance(parseCpus(await loadProc(this.proc, 'stat', signal)));
    for (const { cpu, seconds, guestSeconds } of cpus) {
      for (const [mode, total] of seconds) this.cpuSeconds.setTotal({ cpu, mode }, total);
      for (const [mode, total] of guestSeconds) this.cpuGuestSeconds.setTotal({ cpu, mode }, total);
    }
  }

  @OnScrape({ name: 'stat' })
  async updateStat({ signal }: Scrape) {
    const stat = parseStat(await loadProc(this.proc, 'stat', signal));
    this.bootTimeSeconds.set(stat.bootTime);
    this.contextSwitches.setTotal(stat.contextSwitches);
    this.forks.setTotal(stat.forks);
    this.intr.setTotal(stat.interrupts);
    this.procsRunning.set(stat.processesRunning);
    this.procsBlocked.set(stat.processesBlocked);
  }

  @OnScrape({ name: 'netdev' })
  async updateNetwork({ signal }: Scrape) {
    const { columns, devices } = parseNetdev(await loadProc(this.proc, 'net/dev', signal));
    columns.forEach((column, index) => {
      const counter = this.#network[`network_${column}`];
      for (const { device, totals } of devices) {
        if (!this.netdevDeviceExclude.test(device)) counter?.setTotal({ device }, totals[index] ?? 0);
      }
    });
  }

  @OnScrape({ name: 'filesystem' })
  async updateFilesystems({ signal }: Scrape) {
    const mounts = parseMounts(await loadMounts(this.proc, signal)).filter(
      ({ fstype, mountpoint }) => !this.filesystemFsTypesExclude.test(fstype) && !this.filesystemMountPointsExclude.test(mountpoint),
    );
    const mountpoints = [...new Set(mounts.map(({ mountpoint }) => mountpoint))];
    const usages = await this.#usageMeter.measure(mountpoints, this.filesystemMountTimeout, signal);
    for (const { isReadonly, ...labels } of mounts) {
      const usage = usages.get(labels.mountpoint);
      this.filesystemDeviceError.set(labels, usage ? 0 : 1);
      if (!usage) continue;
      this.filesystemReadonly.set(labels, isReadonly ? 1 : 0);
      this.filesystemSizeBytes.set(labels, usage.sizeBytes);
      this.filesystemFreeBytes.set(labels, usage.freeBytes);
      this.filesystemAvailBytes.set(labels, usage.availBytes);
      this.filesystemFiles.set(labels, usage.files);
      this.filesystemFilesFree.set(labels, usage.filesFree);
    }
  }

  @OnScrape({ name: 'uname' })
  async updateUname({ signal }: Scrape) {
    const uname = await loadUname(this.proc, signal);
    this.uname.info(uname);
  }
}

/** A wrong path is told before the exporter serves, as every wrong option is. */
async function loadNames(proc: string) {
  try {
    const fields = parseMeminfo(await loadProc(proc, 'meminfo'));
    const { columns } = parseNetdev(await loadProc(proc, 'net/dev'));
    return { fields, columns };
  } catch (error) {
    throw new ConfigError(`--proc: ${JSON.stringify(proc)} is no procfs of Linux. Say where procfs is mounted.`, { cause: error });
  }
}
