import { loadProc } from './proc.js';

/** One line of `/proc/mounts`. */
export interface Mount {
  readonly device: string;
  readonly mountpoint: string;
  readonly fstype: string;
  readonly isReadonly: boolean;
}

/** Parses `/proc/mounts`. Of lines that name the same mount the first counts. */
export function parseMounts(text: string): readonly Mount[] {
  const mounts = new Map<string, Mount>();
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [device, mountpoint, fstype, flags] = line.split(' ').map(unescape);
    if (device === undefined || mountpoint === undefined || fstype === undefined || flags === undefined) {
      throw new Error(`mounts: ${JSON.stringify(line)} has no four columns`);
    }
    const key = [device, mountpoint, fstype].join('\n');
    if (!mounts.has(key)) mounts.set(key, { device, mountpoint, fstype, isReadonly: flags.split(',').includes('ro') });
  }
  return [...mounts.values()];
}

/** The kernel writes blank, tab, newline and backslash as three octal digits. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** Loads the mounts that the first process sees, where this one may look; else its own. */
export function loadMounts(proc: string, signal?: AbortSignal): Promise<string> {
  return loadProc(proc, '1/mounts', signal).catch(() => loadProc(proc, 'mounts', signal));
}
