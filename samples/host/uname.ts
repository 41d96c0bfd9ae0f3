import { machine } from 'node:os';
import { loadProc } from './proc.js';

/** The names of the machine and of its kernel, as `uname` tells them. */
export interface Uname {
  readonly sysname: string;
  readonly release: string;
  readonly version: string;
  readonly machine: string;
  readonly nodename: string;
  readonly domainname: string;
}

/** Loads the names from the files under `/proc/sys/kernel`, one a file. */
export async function loadUname(proc: string, signal?: AbortSignal): Promise<Uname> {
  const load = async (file: string): Promise<string> => (await loadProc(proc, `sys/kernel/${file}`, signal)).trimEnd();
  return {
    sysname: await load('ostype'),
    release: await load('osrelease'),
    version: await load('version'),
    machine: machine(),
    nodename: await load('hostname'),
    domainname: await load('domainname'),
  };
}
