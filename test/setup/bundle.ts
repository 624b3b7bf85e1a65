/** The workflow bundle, made once per state of its sources. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflows } from '../../workers/bundle';

/** Sources of the bundle; the lock file stands for its packages. */
const SOURCES = ['workflows', 'core', 'schemas', 'workers/bundle.ts', 'package-lock.json', 'tsconfig.json'];

/** The path of the bundle, for a worker's `workflowBundle: { codePath }`; undefined while there are no workflows. */
export async function ensureWorkflowBundle(root: string): Promise<string | undefined> {
  const entry = join(root, 'workflows', 'index.ts');
  if (!existsSync(entry)) return undefined;
  const cache = join(root, 'node_modules', '.cache', 'awe');
  const target = join(cache, `workflows-${hashOf(root)}.js`);
  if (existsSync(target)) return target;
  const code = await bundleWorkflows(entry);
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${target}.${process.pid}`, code);
  renameSync(`${target}.${process.pid}`, target);
  dropOldBundles(cache);
  return target;
}

/** Removes bundles that are a day old. */
function dropOldBundles(cache: string): void {
  for (const name of readdirSync(cache).filter((file) => file.startsWith('workflows-'))) {
    const file = join(cache, name);
    if (Date.now() - statSync(file).mtimeMs > 86_400_000) rmSync(file, { force: true });
  }
}

function hashOf(root: string): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesUnder(join(root, source))).sort()) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
  } catch {
    return [path]; // not a folder
  }
}
