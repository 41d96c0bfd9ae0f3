import { parseNumber } from './proc.js';

/** What the network devices counted since they came up. */
export interface NetworkDevices {
  /** `receive_bytes`, `transmit_packets` … */
  readonly columns: readonly string[];
  readonly devices: readonly NetworkDevice[];
}

export interface NetworkDevice {
  readonly device: string;
  /** In the order of the columns. */
  readonly totals: readonly number[];
}

/** Parses `/proc/net/dev`, whose second line names the columns. */
export function parseNetdev(text: string): NetworkDevices {
  const [, header = '', ...lines] = text.trimEnd().split('\n');
  const [, receive = '', transmit = ''] = header.split('|');
  const columns = [...words(receive).map((word) => `receive_${word}`), ...words(transmit).map((word) => `transmit_${word}`)];
  if (columns.length === 0) throw new Error('net/dev: the line with the names of the columns is missing');
  return { columns, devices: lines.map((line) => parseDevice(line, columns)) };
}

function parseDevice(line: string, columns: readonly string[]): NetworkDevice {
  // An alias has a colon in its name: eth0:1.
  const end = line.lastIndexOf(':');
  const device = line.slice(0, end).trim();
  const figures = words(line.slice(end + 1));
  return { device, totals: columns.map((column, index) => parseNumber(figures[index], `net/dev: ${device}: ${column}`)) };
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
