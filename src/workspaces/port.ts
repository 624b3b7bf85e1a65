import type { ArtifactRef } from '../../schemas/refs';
import type { DocumentStream } from '../documents/port';

export { WorkspaceError, type WorkspaceErrorCode } from './errors';

/** A file of a workspace. `modified_at`: UTC milliseconds. */
export interface WorkspaceFile {
  path: string;
  bytes: number;
  modified_at: number;
}

/** A file as it was written; `file` keeps these bytes, whatever is written to the path later. */
export interface WrittenFile {
  path: string;
  bytes: number;
  sha256: string;
  file: ArtifactRef;
}

export interface WriteOptions {
  /** by the ending of the path, if it is not said */
  media_type?: string;
  /** `false`: `exists` if other bytes are there already; the same ones are as good as written */
  replace?: boolean;
  /** `too_large` beyond */
  maxBytes?: number;
}

/**
 * Files of a run, shared by all workers and the API. Paths: see `workspacePath`. A file is whole or not there: of two
 * writers of a path, one has it. Every method throws `WorkspaceError`, and `DocumentError` for faults of the store.
 */
export interface Workspace {
  stat(path: string): Promise<WorkspaceFile | undefined>;
  /** The whole file; `too_large` above `maxBytes` (64 MiB). `not_found` names the paths that are most like it. */
  read(path: string, options?: { maxBytes?: number }): Promise<Buffer>;
  /** For files of any size; destroy `body` when it is not read to its end. */
  stream(path: string): Promise<DocumentStream>;
  write(
    path: string,
    content: Uint8Array | string | AsyncIterable<Uint8Array>,
    options?: WriteOptions,
  ): Promise<WrittenFile>;
  /** Adds to the end of a file, once for a key; pieces of several writers follow each other, whole. */
  append(path: string, piece: Uint8Array | string, key: string): Promise<WrittenFile>;
  /** A file as it is, kept as an artifact. Cheaper than reading it: its bytes are hashed as they come. */
  file(path: string): Promise<WrittenFile>;
  /** The answer that `write` would give; writes nothing. */
  preview(
    path: string,
    content: Pick<WrittenFile, 'bytes' | 'sha256'>,
    options?: Omit<WriteOptions, 'maxBytes'>,
  ): Promise<WrittenFile>;
  /** The files below a folder, by default all, in the order of their paths. */
  list(folder?: string): Promise<WorkspaceFile[]>;
  /** True if there was such a file. */
  remove(path: string): Promise<boolean>;
}

/** The workspaces of all runs. */
export interface Workspaces {
  /** by workflow id */
  of(run: string): Workspace;
}

/** Limits of a workspace. */
export interface WorkspaceLimits {
  bytes: number;
  files: number;
  /** bytes of a path */
  pathBytes: number;
}
