import { posix } from 'node:path';
import type { Response } from 'express';
import type { ArtifactRef } from '../../schemas/refs';
import { assertArtifactPath } from '../../src/documents/paths';
import type { ArtifactIndex } from '../../src/streams/artifact-index';
import { createFileFinder, sendFile, type FileParts } from '../files';
import type { Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { artifactContracts } from './contract';

export interface ArtifactDependencies extends FileParts {
  index: Pick<ArtifactIndex, 'get'>;
  /** puts a lost export back under its path */
  restoreExport: (path: string) => Promise<ArtifactRef | undefined>;
}

export function artifactRoutes(deps: ArtifactDependencies): Handlers<typeof artifactContracts> {
  const find = createFileFinder(deps);

  /** A file, restored if it is a lost export, which the answer then says. */
  async function found<T>(res: Response, path: string | undefined, look: () => Promise<T | undefined>): Promise<T> {
    const there = await look();
    if (there) return there;
    const restored = path === undefined ? undefined : await deps.restoreExport(path);
    const again = restored && (await look());
    if (!again) throw nothing();
    res.set('Export-Made-Again', 'true');
    return again;
  }

  return {
    async getArtifact({ req, res, params }) {
      const id = params.artifact_id ?? '';
      const known = await deps.index.get(id);
      const stat = await found(res, known?.path, () => deps.artifacts.statArtifact(id));
      await sendFile(req, res, {
        name: known ? posix.basename(known.path) : id,
        mediaType: known?.media_type ?? 'application/octet-stream',
        hash: id,
        bytes: stat.bytes,
        open: () => deps.artifacts.streamArtifact(id),
      });
      return undefined;
    },

    async downloadArtifact({ req, res, query }) {
      const path = String(query.path);
      assertArtifactPath(path);
      await sendFile(req, res, await found(res, path, () => find(path)));
      return undefined;
    },
  };
}

const nothing = () => new HttpProblem('not-found', 'There is no such artifact.');
