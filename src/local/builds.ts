/**
 * The builds of a checkout, side by side; `dist` is a link to the newest. A process keeps the build that it was started
 * from for all that it loads later, so a build is removed only when nobody runs it.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { findBuild, findProjectRoot } from '../config';
import { isOurs, processStartTime } from './process';

const BUILDS = '.builds';
const USERS = '.users';

/** Milliseconds that a build without a user stays: tests and benches start processes from it without saying so. */
const SPARED = 3_600_000;

/** Notes that this process runs its build, so that later ones leave it where it is. */
export function markBuildInUse(build = findBuild()): void {
  if (basename(dirname(build)) !== BUILDS) return; // an image or a release: nothing is built there
  const user = { pid: process.pid, startTime: processStartTime(process.pid) };
  try {
    mkdirSync(join(build, USERS), { recursive: true });
    writeFileSync(join(build, USERS, `${process.pid}.json`), JSON.stringify(user));
  } catch (error) {
    // somebody else's checkout, where this process may not write
    if (!['EACCES', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Gives a complete build the name `dist` in one step, and removes older ones that nobody runs. */
export function publishBuild(build: string, root: string): void {
  const name = join(root, 'dist');
  const link = `${name}.${process.pid}`;
  // a folder of the time before there were links
  if (lstatSync(name, { throwIfNoEntry: false })?.isDirectory()) rmSync(name, { recursive: true });
  symlinkSync(relative(root, build), link);
  renameSync(link, name);
  for (const other of readdirSync(join(root, BUILDS)).map((entry) => join(root, BUILDS, entry))) {
    const since = statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (other !== build && Date.now() - since > SPARED && !isInUse(other))
      rmSync(other, { recursive: true, force: true });
  }
}

function isInUse(build: string): boolean {
  const users = join(build, USERS);
  if (!existsSync(users)) return false;
  return readdirSync(users).some((file) => {
    try {
      return isOurs(JSON.parse(readFileSync(join(users, file), 'utf8')) as { pid: number; startTime: string });
    } catch {
      return true; // it is being written
    }
  });
}

if (require.main === module) publishBuild(findBuild(), findProjectRoot());
