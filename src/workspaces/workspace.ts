import type { ArtifactRef } from '../../schemas/refs';
import { artifactPath, keepArtifact } from '../documents/artifacts';
import { DocumentError } from '../documents/errors';
import { hashDocument } from '../documents/hash-document';
import { mediaTypeOf } from '../documents/media-types';
import { READ_LIMIT, type DocumentStore } from '../documents/port';
import type { Appends } from './appends';
import { WorkspaceError } from './errors';
import { assertNoFolder, filesBelow, missingFile, workspaceRoot } from './files';
import { workspaceFolder, workspacePath } from './paths';
import type { Workspace, WorkspaceLimits, WriteOptions, WrittenFile } from './port';
import type { Usage } from './usage';

export interface WorkspaceParts {
  store: DocumentStore;
  usage: Usage;
  appends: Appends;
  limits: WorkspaceLimits;
}

/** Opens the workspace of a run. */
export function openWorkspace({ store, usage, appends, limits }: WorkspaceParts, run: string): Workspace {
  const root = workspaceRoot(run);
  const checked = (path: string): string => workspacePath(path, limits.pathBytes);

  const written = (path: string, bytes: number, sha256: string, media_type = mediaTypeOf(path)): WrittenFile => {
    const file: ArtifactRef = { artifact_id: sha256, path: `${root}${path}`, media_type, bytes };
    return { path, bytes, sha256, file };
  };

  /** Checks that a path may be written to. */
  async function prepare(path: string, size: number): Promise<{ before: number | undefined; room: number }> {
    await assertNoFolder(store, run, path);
    const before = (await store.stat(`${root}${path}`))?.bytes;
    return { before, room: await usage.room({ run, path, before }, size) };
  }

  /** Fails if other bytes than those of a hash are under a path. */
  async function assertSame(path: string, sha256: string): Promise<void> {
    if ((await hashDocument(store, `${root}${path}`)) !== sha256)
      throw new WorkspaceError('exists', `${path} is there already, with other bytes; nothing was overwritten`);
  }

  async function put(
    path: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    { media_type = mediaTypeOf(path), replace = true, maxBytes = Infinity }: WriteOptions,
  ): Promise<WrittenFile> {
    const size = content instanceof Uint8Array ? content.length : 0;
    if (size > maxBytes) throw tooLarge(path, maxBytes);
    const { before, room } = await prepare(path, size);
    const most = Math.min(room, maxBytes);
    const kept = await keepArtifact(store, content, { media_type, maxBytes: most }).catch((error: unknown) => {
      if (!isTooLarge(error)) throw error;
      throw room < maxBytes ? noRoom(path, room) : tooLarge(path, maxBytes);
    });
    const id = kept.artifact_id;
    if ((await store.place(artifactPath(id), `${root}${path}`, { replace })) === 'exists') await assertSame(path, id);
    else usage.note({ run, before }, kept.bytes);
    return written(path, kept.bytes, id, media_type);
  }

  async function file(path: string): Promise<WrittenFile> {
    const target = `${root}${path}`;
    const id = await hashDocument(store, target);
    const known = id === undefined ? undefined : await store.stat(artifactPath(id));
    if (id !== undefined && known) return written(path, known.bytes, id);
    const found = await store.stream(target);
    if (!found) throw await missingFile(store, run, path);
    const options = { media_type: mediaTypeOf(path), maxBytes: Infinity };
    const kept = await keepArtifact(store, found.body as AsyncIterable<Uint8Array>, options);
    return written(path, kept.bytes, kept.artifact_id);
  }

  return {
    async stat(given) {
      const path = checked(given);
      const found = await store.stat(`${root}${path}`);
      return found && { path, ...found };
    },

    async read(given, { maxBytes = READ_LIMIT } = {}) {
      const path = checked(given);
      const bytes = await store.read(`${root}${path}`, { maxBytes }).catch((error: unknown) => {
        throw isTooLarge(error) ? tooLarge(path, maxBytes) : error;
      });
      if (!bytes) throw await missingFile(store, run, path);
      return bytes;
    },

    async stream(given) {
      const path = checked(given);
      const found = await store.stream(`${root}${path}`);
      if (!found) throw await missingFile(store, run, path);
      return found;
    },

    async write(given, content, options = {}) {
      const path = checked(given);
      const done = await put(path, typeof content === 'string' ? Buffer.from(content) : content, options);
      await appends.replaced(run, path, done.sha256);
      return done;
    },

    async append(given, piece, key) {
      const target = { run, path: checked(given), files: { put, file, prepare } };
      return await appends.append(target, Buffer.from(piece), key);
    },

    file: async (given) => await file(checked(given)),

    async preview(given, { bytes, sha256 }, { media_type, replace = true } = {}) {
      const path = checked(given);
      const { before } = await prepare(path, bytes);
      if (before !== undefined && !replace) await assertSame(path, sha256);
      return written(path, bytes, sha256, media_type);
    },

    list: async (folder = '') => await filesBelow(store, run, workspaceFolder(folder, limits.pathBytes)),

    async remove(given) {
      const path = checked(given);
      const before = (await store.stat(`${root}${path}`))?.bytes;
      if (before === undefined) return false;
      await store.remove(`${root}${path}`);
      usage.note({ run, before }, undefined);
      await appends.replaced(run, path, null);
      return true;
    },
  };
}

const isTooLarge = (error: unknown): boolean => error instanceof DocumentError && error.code === 'too_large';

const tooLarge = (path: string, maxBytes: number): WorkspaceError =>
  new WorkspaceError('too_large', `${path} has over ${maxBytes} bytes`);

const noRoom = (path: string, room: number): WorkspaceError =>
  new WorkspaceError('quota', `${path} has no room: the workspace takes ${room} bytes more`);
