/** Docker's own parser of compose files, built once with Go from the sources in test/compose-check. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_DIR } from '../../src/local/cache';
import { which } from '../../src/local/commands';

const SOURCES = join(__dirname, '..', 'compose-check');

export interface Parsed {
  ok: boolean;
  /** the file as JSON, or the fault */
  text: string;
}

/** Returns the parser; undefined if there is neither a built one nor Go to build it. */
export function composeParser(): ((file: string, variables?: Record<string, string>) => Parsed) | undefined {
  const program = join(CACHE_DIR, 'bin', `compose-check-${hashOfSources()}`);
  if (!existsSync(program)) {
    const go = which('go');
    if (!go) return undefined;
    mkdirSync(join(CACHE_DIR, 'bin'), { recursive: true });
    const fresh = `${program}.${process.pid}`;
    const built = spawnSync(go, ['build', '-o', fresh, '.'], { cwd: SOURCES, encoding: 'utf8', timeout: 180_000 });
    if (built.status !== 0) throw new Error(`the parser of compose files cannot be built: ${built.stderr}`);
    renameSync(fresh, program);
  }
  return (file, variables = {}) => {
    const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const { status, stdout, stderr } = spawnSync(program, [file, ...given], { encoding: 'utf8', timeout: 30_000 });
    return status === 0 ? { ok: true, text: stdout } : { ok: false, text: stderr };
  };
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SOURCES).sort()) hash.update(name).update(readFileSync(join(SOURCES, name)));
  return hash.digest('hex').slice(0, 12);
}
