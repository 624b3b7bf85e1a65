import { createHash } from 'node:crypto';
import type { ArtifactRef } from '../../schemas/refs';
import { createOrMend } from './content-files';
import { DocumentError } from './errors';
import { sha256 } from './json';
import { assertArtifactPath } from './paths';
import type { DocumentStat, DocumentStore, DocumentStream } from './port';

/** Files made by runs: stored by hash, and under a path for people. */
export interface ArtifactStore {
  /**
   * Idempotent. The bytes go to `artifacts/ab/<sha256>` and appear under `path` too; `conflict` if other bytes are
   * there already, `bad_path` in a folder of the platform's own.
   */
  putArtifact(artifact: { path: string; bytes: Uint8Array; media_type: string }): Promise<ArtifactRef>;
  /** The whole file; `corrupt` if its hash differs. */
  readArtifact(id: string, options?: { maxBytes?: number }): Promise<Buffer | undefined>;
  /** For downloads of any size; the hash is not checked. */
  streamArtifact(id: string): Promise<DocumentStream | undefined>;
  statArtifact(id: string): Promise<DocumentStat | undefined>;
}

/** The file of an artifact. @throws DocumentError `bad_path` if `id` is not a SHA-256 */
export function artifactPath(id: string): string {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new DocumentError('bad_path', 'an artifact id is 64 hexadecimal digits');
  return `artifacts/${id.slice(0, 2)}/${id}`;
}

export function createArtifactStore(store: DocumentStore): ArtifactStore {
  return {
    async putArtifact({ path, bytes, media_type }) {
      assertArtifactPath(path);
      const id = sha256(bytes);
      await createOrMend(store, artifactPath(id), bytes, { media_type });
      if ((await store.copy(artifactPath(id), path)) === 'exists' && (await hashOf(store, path)) !== id)
        throw new DocumentError('conflict', `${path} holds another file already; nothing was overwritten`);
      return { artifact_id: id, path, media_type, bytes: bytes.length };
    },

    async readArtifact(id, options) {
      const bytes = await store.read(artifactPath(id), options);
      if (bytes && sha256(bytes) !== id)
        throw new DocumentError('corrupt', `the artifact ${id} is not what was stored: its hash differs`);
      return bytes;
    },

    streamArtifact: async (id) => await store.stream(artifactPath(id)),
    statArtifact: async (id) => await store.stat(artifactPath(id)),
  };
}

async function hashOf(store: DocumentStore, path: string): Promise<string | undefined> {
  const found = await store.stream(path);
  if (!found) return undefined;
  const hash = createHash('sha256');
  try {
    for await (const chunk of found.body) hash.update(chunk as Buffer);
  } catch (error) {
    throw new DocumentError('unavailable', `${path} cannot be read to its end`, { cause: error });
  }
  return hash.digest('hex');
}
