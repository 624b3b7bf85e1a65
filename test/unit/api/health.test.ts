import { createHealth } from '../../../api/service/health';
import { DocumentError, type DocumentStore } from '../../../src/documents/port';

const MiB = 1024 * 1024;

/** What stands in the way of requests, with a store of which everything else is well. */
async function obstacles(store: Partial<DocumentStore>): Promise<string[]> {
  const health = createHealth({
    temporal: { answers: async () => true, pollers: async () => 1 },
    redis: async () => true,
    deserted: async () => new Set(),
    streams: async () => undefined,
    store: { create: async () => 'created', remove: async () => undefined, free: async () => 1_000 * MiB, ...store },
  });
  return await health.obstacles();
}

it('nothing stands in the way with room on the disk, or where the store has no such limit', async () => {
  expect(await obstacles({})).toEqual([]);
  expect(await obstacles({ free: async () => undefined })).toEqual([]);
});

it('a disk that is full, or nearly so, is called by its name', async () => {
  const full = () => Promise.reject(new DocumentError('full', 'no room'));
  expect(await obstacles({ create: full })).toEqual(['document_store: its disk is full: make room']);
  expect(await obstacles({ free: async () => 16 * 1024 })).toEqual([
    'document_store: its disk is nearly full (16 KiB are free): make room',
  ]);
});
