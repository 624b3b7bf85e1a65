import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { JobView } from '../../schemas/job/run';
import type { Json } from '../../schemas/json';
import type { RecordedStep } from '../../schemas/recordings/recording';
import type { RunRecord } from '../../schemas/run';
import { keepArtifact } from '../documents/artifacts';
import type { Documents } from '../documents/content';
import { DocumentError } from '../documents/errors';
import { canonicalJson, sha256 } from '../documents/json';
import type { DocumentStore } from '../documents/port';
import type { RecordStore } from '../documents/records';
import { filesOf, FILES, type CompareParts } from './compare';
import { findRecorded, RECORD } from './recorded';
import { recordingFile, type Recordings } from './recordings';

/** The version of the file's form. */
const VERSION = 1;

/** A recording as one file: what it is of, and the hash of each entry that follows. */
export interface Manifest {
  awe_recording: typeof VERSION;
  /** workflow id of the run that was recorded */
  run: string;
  engine_version: number;
  /** content hash of the plan that was carried out */
  plan?: string;
  /** tools and agents that have exchanged something, with their versions */
  tools: { [name: string]: string };
  entries: ManifestEntry[];
}

interface ManifestEntry {
  /** `steps/…`, `values/<hash>`, `bodies/<hash>`, `artifacts/<hash>` … */
  name: string;
  sha256: string;
}

/** A line of the file after the manifest. */
type Line = { name: string } & ({ text: string } | { base64: string });

/** Why a file is no recording that can be taken in. */
export class RecordingFault extends Error {
  override readonly name = 'RecordingFault';
}

export interface FileParts extends CompareParts {
  store: DocumentStore;
  documents: Pick<Documents, 'getValue' | 'putValue' | 'readArtifact'>;
  records: Pick<RecordStore, 'readRecord'>;
  recordings: Recordings;
}

const EXPORTED = /^(?:(?:steps|drafts|decisions|run)\/[0-9a-f]{32}\.json|(?:bodies|values|artifacts)\/[0-9a-f]{64})$/;

const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/** A recording as lines of JSON: the manifest, then its entries. Undefined where the run was not recorded, or has not ended. */
export async function exportRecording(parts: FileParts, run: string): Promise<AsyncGenerator<string> | undefined> {
  const record = await findRecorded(parts, run);
  const names = record && (await namesOf(parts, run));
  if (!record || !names || names.length === 0) return undefined;
  const own: Entry[] = [
    jsonEntry(recordingFile('run', RECORD), record),
    jsonEntry(recordingFile('run', FILES), await filesOf(parts, run)),
  ];
  const taken = new Set(own.map(({ name }) => name));
  const entries = new Map<string, () => Promise<Buffer>>(own.map(({ name, bytes }) => [name, async () => bytes]));
  for (const name of names)
    if (!taken.has(name)) entries.set(name, async () => present(name, await parts.recordings.of(run).readFile(name)));
  const hashes: ManifestEntry[] = [];
  const tools: Manifest['tools'] = {};
  // values refer to others: what they hold is looked through as it is found
  for (const [name, read] of entries) {
    const bytes = await read();
    hashes.push({ name, sha256: sha256(bytes) });
    if (name.startsWith('bodies/') || name.startsWith('artifacts/')) continue;
    const value = JSON.parse(bytes.toString()) as Json;
    if (name.startsWith('steps/')) {
      const { uses, version } = value as unknown as RecordedStep;
      tools[uses] = version;
    }
    const found = mentionedIn(value);
    for (const hash of found.values)
      entries.set(`values/${hash}`, async () =>
        Buffer.from(canonicalJson(await parts.documents.getValue({ $ref: `sha256:${hash}`, bytes: 0 }))),
      );
    if (name === recordingFile('run', 'request'))
      for (const hash of found.artifacts)
        entries.set(`artifacts/${hash}`, async () => present(hash, await parts.documents.readArtifact(hash)));
  }
  const { plan } = record.view as unknown as JobView;
  const manifest: Manifest = {
    ...{ awe_recording: VERSION, run, engine_version: record.engine_version, plan: plan?.plan.$ref },
    ...{ tools, entries: hashes },
  };
  return lines(manifest, entries);
}

interface Entry {
  name: string;
  bytes: Buffer;
}

const jsonEntry = (name: string, value: unknown): Entry => ({ name, bytes: Buffer.from(canonicalJson(value)) });

async function namesOf({ recordings }: FileParts, run: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of recordings.of(run).names()) names.push(...page);
  return names;
}

async function* lines(manifest: Manifest, entries: ReadonlyMap<string, () => Promise<Buffer>>): AsyncGenerator<string> {
  yield `${JSON.stringify(manifest)}\n`;
  for (const [name, read] of entries) {
    const bytes = await read();
    const isBinary = name.startsWith('bodies/') || name.startsWith('artifacts/');
    const line: Line = isBinary ? { name, base64: bytes.toString('base64') } : { name, text: bytes.toString() };
    yield `${JSON.stringify(line)}\n`;
  }
}

function present(name: string, bytes: Buffer | undefined): Buffer {
  if (bytes) return bytes;
  throw new DocumentError('not_found', `the recording lacks ${name}`);
}

/** Hashes of the values and artifacts that a value mentions. */
function mentionedIn(value: Json, found = { values: new Set<string>(), artifacts: new Set<string>() }) {
  if (value === null || typeof value !== 'object') return found;
  const { $ref, artifact_id } = value as { $ref?: Json; artifact_id?: Json };
  const [, hash] = typeof $ref === 'string' ? (/^sha256:([0-9a-f]{64})$/.exec($ref) ?? []) : [];
  if (hash !== undefined) found.values.add(hash);
  if (typeof artifact_id === 'string' && /^[0-9a-f]{64}$/.test(artifact_id)) found.artifacts.add(artifact_id);
  for (const member of Object.values(value)) mentionedIn(member, found);
  return found;
}

/**
 * Takes a recording in from its file. Every hash is checked before anything is kept; the same file twice is harmless.
 * @throws RecordingFault
 */
export async function importRecording(
  parts: FileParts,
  path: string,
): Promise<{ run: string; entries: number; repeated: boolean }> {
  const manifest = await check(path);
  const { run } = manifest;
  await assertFree(parts, path, run);
  let created = 0;
  for await (const { name, bytes } of entriesOf(path)) {
    const [folder, hash = ''] = name.split('/');
    if (folder === 'values') await putValue(parts, hash, bytes);
    else if (folder === 'artifacts')
      await keepArtifact(parts.store, bytes, { media_type: 'application/octet-stream', maxBytes: Infinity });
    else {
      const outcome = await parts.recordings.of(run).putFile(name, bytes);
      if (outcome === 'exists')
        throw new RecordingFault(`another recording of ${run} is here already: ${name} differs`);
      if (outcome === 'created') created += 1;
    }
  }
  return { run, entries: manifest.entries.length, repeated: created === 0 };
}

async function putValue({ documents }: FileParts, hash: string, bytes: Buffer): Promise<void> {
  const { $ref } = await documents.putValue(JSON.parse(bytes.toString()) as Json);
  if ($ref !== `sha256:${hash}`) throw new RecordingFault(`values/${hash} is not the value of that hash`);
}

/** A run of this platform keeps its own recording. */
async function assertFree({ records }: FileParts, path: string, run: string): Promise<void> {
  const here = await records.readRecord(run);
  if (!here) return;
  for await (const { name, bytes } of entriesOf(path)) {
    if (name !== recordingFile('run', RECORD)) continue;
    const { run_id } = JSON.parse(bytes.toString()) as RunRecord;
    if (run_id !== here.run_id)
      throw new RecordingFault(`${run} is a run of this platform, and the file is of another one`);
  }
}

/** Reads the whole file, and finds it as its manifest says. */
async function check(path: string): Promise<Manifest> {
  const manifest = await manifestOf(path);
  const expected = new Map(manifest.entries.map(({ name, sha256: hash }) => [name, hash]));
  if (expected.size !== manifest.entries.length) throw new RecordingFault('the manifest names an entry twice');
  const wrong = [...expected.keys()].find((name) => !EXPORTED.test(name));
  if (wrong !== undefined)
    throw new RecordingFault(`the manifest names ${JSON.stringify(wrong)}, which is no entry of a recording`);
  if (!expected.has(recordingFile('run', RECORD))) throw new RecordingFault('it holds no record of the run');
  for await (const { name, bytes } of entriesOf(path)) {
    const hash = expected.get(name);
    if (hash === undefined) throw new RecordingFault(`${name} is not in the manifest, or is there twice`);
    if (sha256(bytes) !== hash) throw new RecordingFault(`${name} is not what the manifest says: its hash differs`);
    const [, named = hash] = /^(?:bodies|artifacts|values)\/(.+)$/.exec(name) ?? [];
    if (named !== hash) throw new RecordingFault(`${name} is not called by its hash`);
    expected.delete(name);
  }
  const [missing] = expected.keys();
  if (missing !== undefined) throw new RecordingFault(`${missing} is missing: the file is not whole`);
  return manifest;
}

async function manifestOf(path: string): Promise<Manifest> {
  for await (const line of linesOf(path)) {
    const manifest = parse(line) as Partial<Manifest> | null;
    if (manifest?.awe_recording !== VERSION || !Array.isArray(manifest.entries))
      throw new RecordingFault('it does not begin with the manifest of a recording');
    if (!RUN_ID.test(manifest.run ?? '')) throw new RecordingFault('its manifest names no run');
    return manifest as Manifest;
  }
  throw new RecordingFault('it is empty');
}

async function* entriesOf(path: string): AsyncGenerator<Entry> {
  let isManifest = true;
  for await (const text of linesOf(path)) {
    if (!isManifest && text !== '') {
      const line = parse(text) as { name?: unknown; text?: unknown; base64?: unknown } | null;
      if (typeof line?.name !== 'string') throw new RecordingFault('a line of it is no entry');
      const bytes =
        typeof line.base64 === 'string' ? Buffer.from(line.base64, 'base64') : Buffer.from(String(line.text));
      yield { name: line.name, bytes };
    }
    isManifest = false;
  }
}

const linesOf = (path: string) => createInterface({ input: createReadStream(path), crlfDelay: Infinity });

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new RecordingFault('a line of it is no JSON');
  }
}
