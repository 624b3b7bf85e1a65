import type { ArtifactRef } from '../../schemas/refs';
import { createOrMend } from './content-files';
import { DocumentError } from './errors';
import { hashDocument } from './hash-document';
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
  /** The same for a file that comes in pieces; its path may depend on its hash. `too_large` beyond `maxBytes`. */
  putArtifactStream(artifact: {
    pathOf: (sha256: string) => string;
    body: AsyncIterable<Uint8Array>;
    media_type: string;
    maxBytes: number;
  }): Promise<ArtifactRef>;
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

/** Stores the bytes of an artifact under their hash alone. @throws DocumentError `too_large` beyond `maxBytes` */
export async function keepArtifact(
  store: DocumentStore,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  { media_type, maxBytes }: { media_type: string; maxBytes: number },
): Promise<Pick<ArtifactRef, 'artifact_id' | 'bytes'>> {
  if (!(content instanceof Uint8Array)) {
    const { sha256: id, bytes } = await store.createByHash(content, artifactPath, { maxBytes, media_type });
    return { artifact_id: id, bytes };
  }
  if (content.length > maxBytes) throw new DocumentError('too_large', `the document has over ${maxBytes} bytes`);
  const id = sha256(content);
  await createOrMend(store, artifactPath(id), content, { media_type });
  return { artifact_id: id, bytes: content.length };
}

export function createArtifactStore(store: DocumentStore): ArtifactStore {
  /** Shows an artifact to people. */
  const publish = async (id: string, path: string): Promise<void> => {
    if ((await store.copy(artifactPath(id), path)) === 'exists' && (await hashDocument(store, path)) !== id)
      throw new DocumentError('conflict', `${path} holds another file already; nothing was overwritten`);
  };
  return {
    async putArtifact({ path, bytes, media_type }) {
      assertArtifactPath(path);
      const kept = await keepArtifact(store, bytes, { media_type, maxBytes: Infinity });
      await publish(kept.artifact_id, path);
      return { ...kept, path, media_type };
    },

    async putArtifactStream({ pathOf, body, media_type, maxBytes }) {
      assertArtifactPath(pathOf('0'.repeat(64)));
      const kept = await keepArtifact(store, body, { media_type, maxBytes });
      const path = pathOf(kept.artifact_id);
      await publish(kept.artifact_id, path);
      return { ...kept, path, media_type };
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
