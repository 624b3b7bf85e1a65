import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../../schemas/run';
import { openFilesystemStore, type FilesystemOptions } from '../../../src/documents/filesystem';
import type { DocumentStore } from '../../../src/documents/port';

const roots: string[] = [];

/** Creates a folder that is removed when the tests of the file are over. */
export function temporaryFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'awe-documents-'));
  roots.push(root);
  return root;
}

export async function temporaryStore(
  options: Partial<FilesystemOptions> = {},
): Promise<{ root: string; store: DocumentStore }> {
  const root = options.root ?? temporaryFolder();
  return { root, store: await openFilesystemStore({ ...options, root }) };
}

afterAll(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** The store with some methods replaced, for faults that a real disk does not produce on demand. */
export function faulty(store: DocumentStore, faults: Partial<DocumentStore>): DocumentStore {
  const bound: DocumentStore = {
    create: (...given) => store.create(...given),
    createByHash: (...given) => store.createByHash(...given),
    replace: (...given) => store.replace(...given),
    read: (...given) => store.read(...given),
    stream: (...given) => store.stream(...given),
    stat: (...given) => store.stat(...given),
    list: (...given) => store.list(...given),
    remove: (...given) => store.remove(...given),
    copy: (...given) => store.copy(...given),
    place: (...given) => store.place(...given),
    free: () => store.free(),
  };
  return { ...bound, ...faults };
}

/** The record of an ended run. */
export const record = (workflow_id: string, change: Partial<RunRecord> = {}): RunRecord => ({
  workflow_id,
  run_id: 'r1',
  process: 'audit',
  engine_version: 1,
  subject: { kind: 'project', id: 'P1' },
  correlation_id: 'c1',
  status: 'completed',
  started_at: '2026-01-01T00:00:00.000Z',
  ended_at: '2026-01-01T00:01:00.000Z',
  steps: { total: 1, ended: 1 },
  approvals: [],
  seq: 1,
  view: {},
  result: { inline: null },
  step_views: [],
  events: [],
  ...change,
});
