/** The local stack as `make up` starts it, with state and ports of its own: time to ready, and memory. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProjectRoot } from '../src/config';
import { freePorts } from '../src/local/ports';
import { listRunning } from '../src/local/process';

/** Milliseconds after which an idle stack is at rest. */
const REST = 20_000;

export interface StartupMeasurement {
  /** seconds to ready of each start after the first */
  seconds: number[];
  /** resident memory of all its processes at rest, in MB */
  memory: number;
}

/** @param dir empty; holds the stack's state afterwards */
export async function measureStartup(dir: string, { starts = 3 } = {}): Promise<StartupMeasurement> {
  const [api, temporal, ui, redis, metrics] = await freePorts(5);
  const stateDir = join(dir, 'state');
  const settings = {
    ...{ AWE_PORT: api, TEMPORAL_PORT: temporal, TEMPORAL_UI_PORT: ui, REDIS_PORT: redis, AWE_METRICS_PORT: metrics },
    ...{ AWE_STATE_DIR: stateDir, ARTIFACTS_DIR: join(dir, 'storage'), NAMESPACE: 'bench' },
  };
  const assigned = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const program = join(findProjectRoot(), 'bin', 'awe');
  // the caller's own Temporal and Redis, from the environment or .env, do not count
  const unset = ['TEMPORAL_ADDRESS', 'REDIS_URL', 'REDIS_PASSWORD'].flatMap((name) => ['-u', name]);
  const awe = (command: string) =>
    execFileSync('/usr/bin/env', [...unset, ...assigned, process.execPath, program, command], { stdio: 'pipe' });
  const seconds: number[] = [];
  try {
    awe('up'); // the first start creates the state
    for (let i = 0; i < starts; i++) {
      awe('down');
      const began = performance.now();
      awe('up');
      seconds.push((performance.now() - began) / 1_000);
    }
    await sleep(REST);
    const roots = listRunning(join(stateDir, 'run')).map(({ pid }) => pid);
    return { seconds, memory: residentBytes(withChildren(roots)) / 1e6 };
  } finally {
    awe('down');
  }
}

function withChildren(roots: number[]): number[] {
  const pids = new Set(roots);
  const parents = readdirSync('/proc').flatMap((name): [number, number][] => {
    if (!/^\d+$/.test(name)) return [];
    const ppid = Number(/^PPid:\s+(\d+)/m.exec(statusOf(Number(name)))?.[1] ?? 0);
    return [[Number(name), ppid]];
  });
  for (let before = 0; before < pids.size;) {
    before = pids.size;
    for (const [pid, parent] of parents) if (pids.has(parent)) pids.add(pid);
  }
  return [...pids];
}

const residentBytes = (pids: number[]): number =>
  pids.reduce((sum, pid) => sum + 1_024 * Number(/^VmRSS:\s+(\d+)/m.exec(statusOf(pid))?.[1] ?? 0), 0);

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
