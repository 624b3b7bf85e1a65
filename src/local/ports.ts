/** Free ports, and the owners of taken ones. */
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { UserError } from '../config';
import { capture, which } from './commands';

/** True if a server could listen there now. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Below the ports of outgoing connections, so that nobody takes a port while its server restarts. */
const RANGE = { from: 20_000, to: 32_000 };

/** Ports that nobody listens on now; all different. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(RANGE.from, RANGE.to);
    if (!found.has(port) && (await isPortFree(port))) found.add(port);
  }
  return [...found];
}

export interface PortOwner {
  pid: number;
  /** The name of the program. */
  program: string;
}

/** The process that listens on a port, if the system tells. */
export function portOwner(port: number): PortOwner | undefined {
  const pid = ownerFromProc(port) ?? ownerFromLsof(port);
  return pid === undefined ? undefined : { pid, program: programOf(pid) };
}

export interface WantedPort {
  /** who wants to listen there, for a person */
  what: string;
  port: number;
  /** the variable that changes it */
  variable: string;
  host?: string;
}

/** Throws one error that names every port that is taken, by whom, and the variables that change them. */
export async function assertPortsFree(wanted: WantedPort[]): Promise<void> {
  const free = await Promise.all(wanted.map(({ port, host }) => isPortFree(port, host)));
  const taken = wanted.filter((_, i) => !free[i]);
  const [first] = taken;
  if (!first) return;
  const lines = taken.map(({ what, port }) => {
    const owner = portOwner(port);
    return `${what}: port ${port} is taken${owner ? ` by process ${owner.pid} (${owner.program})` : ''}`;
  });
  if (taken.length === 1)
    throw new UserError(`${lines[0]}. End that process, or set ${first.variable} to another port.`);
  throw new UserError(
    [
      `${taken.length} ports are taken:`,
      ...lines.map((line, i) => `  ${line} (${taken[i]?.variable})`),
      'End these processes (another checkout’s stack: "make down" there), or move all ports at once: AWE_PORT_BASE=18080.',
    ].join('\n'),
  );
}

const LISTEN = '0A';

/** On Linux: finds the inode of the listening socket in /proc/net, then the process that holds it open. */
function ownerFromProc(port: number): number | undefined {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const row of readOr(table).split('\n').slice(1)) {
      const cells = row.trim().split(/\s+/);
      const [local, state, inode] = [cells[1], cells[3], cells[9]];
      if (state === LISTEN && inode && parseInt(local?.split(':')[1] ?? '', 16) === port) inodes.add(inode);
    }
  }
  if (inodes.size === 0) return undefined;
  for (const pid of listOr('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of listOr(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOr(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode && inodes.has(inode)) return Number(pid);
    }
  }
  return undefined;
}

function ownerFromLsof(port: number): number | undefined {
  if (!which('lsof')) return undefined;
  const pid = Number(capture('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'])?.split('\n')[0]);
  return pid > 0 ? pid : undefined;
}

function programOf(pid: number): string {
  const name = readOr(`/proc/${pid}/comm`).trim() || capture('ps', ['-o', 'comm=', '-p', String(pid)])?.trim();
  return name || 'unknown program';
}

// Processes come and go while /proc is read, and those of other users are closed to us.
function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function listOr(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function linkOr(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
