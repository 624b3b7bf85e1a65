import type { Redis } from 'ioredis';
import type { ArtifactRef } from '../../schemas/refs';
import type { Logger } from '../logging';
import { gateOf } from '../redis/gate';
import type { Keys } from '../redis/keys';

/** An artifact, and the workflow id of the run that last made it. */
export type IndexedArtifact = ArtifactRef & { run: string };

/** Finds artifacts by id in one look-up; a convenience, the document store is the truth. Never fails its caller. */
export interface ArtifactIndex {
  /** Remembers an artifact for the TTL; false while Redis is away. */
  add(artifact: IndexedArtifact): Promise<boolean>;
  /** The artifact, or undefined if it is unknown or expired, or Redis is away. */
  get(artifactId: string): Promise<IndexedArtifact | undefined>;
}

export interface ArtifactIndexParts {
  redis: Pick<Redis, 'set' | 'get' | 'ping' | 'status'>;
  keys: Keys;
  ttlSeconds: number;
  log: Logger;
}

export function createArtifactIndex({ redis, keys, ttlSeconds, log }: ArtifactIndexParts): ArtifactIndex {
  const gate = gateOf(redis, log);
  return {
    async add(artifact) {
      try {
        const key = keys.artifact(artifact.artifact_id);
        await gate.run(() => redis.set(key, JSON.stringify(artifact), 'EX', ttlSeconds));
        return true;
      } catch (error) {
        log.debug(
          { artifact_id: artifact.artifact_id, error: String(error) },
          'an artifact could not be added to the index; the document store has it',
        );
        return false;
      }
    },
    async get(artifactId) {
      try {
        const found = await gate.run(() => redis.get(keys.artifact(artifactId)));
        return found === null ? undefined : (JSON.parse(found) as IndexedArtifact);
      } catch (error) {
        log.debug(
          { artifact_id: artifactId, error: String(error) },
          'the index of artifacts cannot be read: the artifact goes out without its name',
        );
        return undefined;
      }
    },
  };
}
