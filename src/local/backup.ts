/** Backup and restore of the local stack: a folder with a copy of every store, and a manifest with all hashes. */
import { existsSync } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { UserError, type Config } from '../config';
import { hashFile } from '../documents/hash-file';
import { openFilesystemStore } from '../documents/filesystem';
import { WORKING_FOLDER } from '../documents/paths';
import { readGenerations, type Generation } from '../generations/generations';
import { counted } from '../words';
import type { Report } from './commands';
import { withLock } from './lock';
import { listRunning } from './process';
import { pathsOf } from './stack';

/** A store of the stack: a folder, or files beside others whose names begin alike. */
interface Part {
  name: 'documents' | 'temporal' | 'redis' | 'gateway' | 'proof';
  folder: string;
  /** files of the folder whose names begin so; all of it if absent */
  prefix?: string;
  /** it runs elsewhere, so it is saved by its own means */
  external?: boolean;
}

interface SavedFile {
  part: Part['name'];
  /** below the folder of the part */
  path: string;
  bytes: number;
  sha256: string;
}

export interface Manifest {
  format: 1;
  awe: string;
  created_at: string;
  namespace: string;
  /** of all stores in it; absent if no stack was ever started on them */
  generation?: Generation;
  parts: Part['name'][];
  files: SavedFile[];
}

const MANIFEST = 'manifest.json';

function partsOf(config: Config): Part[] {
  const { stateDir, store, llm, temporal, redis, proof } = config;
  const all: Part[] = [
    { name: 'documents', folder: store.dir },
    { name: 'temporal', folder: stateDir, prefix: 'temporal.db', external: temporal.external },
    { name: 'redis', folder: join(stateDir, 'redis'), external: redis.external },
    { name: 'gateway', folder: llm.gateway.journalDir, external: llm.external },
    { name: 'proof', folder: dirname(proof.file ?? ''), prefix: basename(proof.file ?? ''), external: !proof.file },
  ];
  return all;
}

/** Copies every store of the stopped stack into a new folder. @throws UserError */
export async function backup(config: Config, target: string, report: Report): Promise<Manifest> {
  return await whileStopped(config, report, async () => {
    if ((await namesIn(target)).length > 0)
      throw new UserError(`${target} is not empty: name a folder that does not exist yet.`);
    const own = partsOf(config).filter(({ external }) => !external);
    const files: SavedFile[] = [];
    for (const part of own) {
      for (const path of await filesOf(part)) files.push(await copyFrom(part, path, target));
    }
    const documents = await openFilesystemStore({ root: config.store.dir });
    const { whole } = await readGenerations(documents, config.namespace);
    const manifest: Manifest = {
      format: 1,
      awe: config.version,
      created_at: new Date().toISOString(),
      namespace: config.namespace,
      generation: whole,
      parts: own.map(({ name }) => name),
      files,
    };
    // last: a folder with a manifest is a whole backup
    await writeFile(join(target, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    for (const { name, external } of partsOf(config))
      if (external && name !== 'proof')
        report(`${name}: runs elsewhere; back it up by its own means now, before the stack starts.`);
    return manifest;
  });
}

/**
 * Puts a backup in the place of the stores of the stopped stack, after every file of it was verified. Stores that are
 * there are moved aside with `replace`, and refused without. @throws UserError
 */
export async function restore(
  config: Config,
  source: string,
  { replace }: { replace: boolean },
  report: Report,
): Promise<Manifest> {
  return await whileStopped(config, report, async () => {
    const manifest = await readManifest(source);
    if (manifest.namespace !== config.namespace)
      throw new UserError(
        `${source} is of the namespace ${manifest.namespace}, not of ${config.namespace}: set NAMESPACE.`,
      );
    await assertAsSaved(source, manifest);
    const parts = partsOf(config).filter(({ name, external }) => manifest.parts.includes(name) && !external);
    const taken = await takenPlaces(parts);
    if (taken.length > 0 && !replace)
      throw new UserError(
        `${taken.join(', ')}: not empty. With --replace they are moved aside, and nothing is deleted.`,
      );
    const suffix = `.before-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    for (const part of parts) for (const moved of await moveAside(part, suffix)) report(`moved aside: ${moved}`);
    for (const part of parts) {
      const files = manifest.files.filter((file) => file.part === part.name);
      for (const { path } of files) await copyTo(part, path, source);
      report(`${part.name}: ${counted(files.length, 'file')} restored.`);
    }
    const elsewhere = partsOf(config).filter(({ name, external }) => external && manifest.parts.includes(name));
    for (const { name } of elsewhere)
      report(`${name}: runs elsewhere; restore it by its own means before the stack starts.`);
    return manifest;
  });
}

async function whileStopped<T>(config: Config, report: Report, work: () => Promise<T>): Promise<T> {
  const { runDir } = pathsOf(config);
  return await withLock(join(runDir, 'stack.lock'), 'AWE', report, async () => {
    const running = listRunning(runDir).map(({ name }) => name);
    if (running.length > 0)
      throw new UserError(
        `The stack is running (${running.join(', ')}), and its stores change: run \`awe down\` first.`,
      );
    return await work();
  });
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });

/** Paths of the files of a part, without unfinished writes, sockets and links. */
async function filesOf({ folder, prefix }: Part): Promise<string[]> {
  if (prefix !== undefined) return (await namesIn(folder)).filter((name) => isOf(name, prefix)).sort();
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith(`${WORKING_FOLDER}/`))
    .sort();
}

/** `temporal.db` and its `-wal` and `-shm`, but not what an earlier restore has moved aside. */
const isOf = (name: string, prefix: string) => name.startsWith(prefix) && !name.includes('.before-');

async function copyFrom(part: Part, path: string, target: string): Promise<SavedFile> {
  const from = join(part.folder, path);
  const to = join(target, part.name, path);
  await copyWhole(from, to);
  const { size } = await lstat(to);
  return { part: part.name, path, bytes: size, sha256: await hashFile(to) };
}

const copyTo = (part: Part, path: string, source: string) =>
  copyWhole(join(source, part.name, path), join(part.folder, path));

async function copyWhole(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
  await chmod(to, (await lstat(from)).mode & 0o777);
}

async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(join(source, MANIFEST), 'utf8').catch(() => undefined);
  if (text === undefined) throw new UserError(`${source} has no ${MANIFEST}: it is no whole backup of \`awe backup\`.`);
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== 1)
    throw new UserError(`${source} was written by AWE ${manifest.awe} in a form that this version does not know.`);
  return manifest;
}

/** Faults that are named in a refusal. */
const NAMED = 5;

async function assertAsSaved(source: string, { files }: Manifest): Promise<void> {
  const faults: string[] = [];
  for (const { part, path, sha256 } of files) {
    const file = join(source, part, path);
    const found = await hashFile(file).catch(() => 'missing');
    if (found !== sha256) faults.push(`${part}/${path} ${found === 'missing' ? 'is missing' : 'has changed'}`);
  }
  if (faults.length === 0) return;
  const more = faults.length > NAMED ? `, and ${faults.length - NAMED} more` : '';
  throw new UserError(
    `${source} is not as it was saved: ${faults.slice(0, NAMED).join(', ')}${more}. Nothing was restored.`,
  );
}

async function takenPlaces(parts: Part[]): Promise<string[]> {
  const taken: string[] = [];
  for (const part of parts)
    if ((await filesOf(part)).length > 0)
      taken.push(part.prefix === undefined ? part.folder : join(part.folder, part.prefix));
  return taken;
}

/** Moves what a part has now to a name beside it; returns the new names. */
async function moveAside(part: Part, suffix: string): Promise<string[]> {
  const moved: string[] = [];
  const move = async (from: string) => {
    await rename(from, `${from}${suffix}`);
    moved.push(`${from}${suffix}`);
  };
  if (part.prefix !== undefined) for (const name of await filesOf(part)) await move(join(part.folder, name));
  else if ((await filesOf(part)).length > 0) await move(part.folder);
  return moved;
}
