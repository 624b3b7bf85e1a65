import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFilesystemStore, type FilesystemOptions } from '../../../src/documents/filesystem';
import type { DocumentStore } from '../../../src/documents/port';

const roots: string[] = [];

/** A folder of its own, removed when the tests of the file are over. */
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

/** The store with some of its methods replaced: for faults that a real disk does not give on demand. */
export function faulty(store: DocumentStore, faults: Partial<DocumentStore>): DocumentStore {
  const bound: DocumentStore = {
    create: (...given) => store.create(...given),
    replace: (...given) => store.replace(...given),
    read: (...given) => store.read(...given),
    stream: (...given) => store.stream(...given),
    stat: (...given) => store.stat(...given),
    list: (...given) => store.list(...given),
    remove: (...given) => store.remove(...given),
    copy: (...given) => store.copy(...given),
  };
  return { ...bound, ...faults };
}
