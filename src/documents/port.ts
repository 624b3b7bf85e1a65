import type { Readable } from 'node:stream';

export { DocumentError, type DocumentErrorCode } from './errors';

/** Facts about a document that need no reading. `modified_at`: UTC milliseconds. */
export interface DocumentStat {
  bytes: number;
  modified_at: number;
}

/** Facts that a store may keep besides the bytes. A file system keeps none of them. */
export interface DocumentMeta {
  media_type?: string;
}

/** A document as a stream; destroy `body` when it is not read to its end. */
export interface DocumentStream extends DocumentStat {
  body: Readable;
}

/** A page of paths in the order of their UTF-8 bytes; `next` is the `after` of the next page, if there is one. */
export interface DocumentPage {
  paths: string[];
  next?: string;
}

/**
 * Bytes under paths, durable when a call has returned. Offers only what an object store has too: whole objects,
 * exclusive creation, no rename, no append, no locks. A reader sees all of a document or none of it.
 *
 * Paths: see {@link assertPath}. Every method throws `DocumentError`; a missing document is `undefined`.
 */
export interface DocumentStore {
  /** Exclusive: of any number of callers one gets `created`. */
  create(path: string, bytes: Uint8Array, meta?: DocumentMeta): Promise<'created' | 'exists'>;
  /**
   * A document named by its content: `pathOf` gives its path from its SHA-256. The content comes in pieces and is never
   * in memory as a whole. `too_large` beyond `maxBytes`; an error of the body is thrown as it is, and nothing stays.
   */
  createByHash(
    body: AsyncIterable<Uint8Array>,
    pathOf: (sha256: string) => string,
    options: { maxBytes: number; media_type: string },
  ): Promise<{ sha256: string; bytes: number }>;
  /** Replaces a document as a whole. Proofs are never replaced: they are created, and stay as they are. */
  replace(path: string, bytes: Uint8Array, meta?: DocumentMeta): Promise<void>;
  /** `too_large` above `maxBytes` (default {@link READ_LIMIT}), before anything is read. */
  read(path: string, options?: { maxBytes?: number }): Promise<Buffer | undefined>;
  stream(path: string): Promise<DocumentStream | undefined>;
  stat(path: string): Promise<DocumentStat | undefined>;
  /** Paths that begin with `prefix`, which may end within a name; `limit` at most {@link PAGE_LIMIT}, its default. */
  list(prefix: string, options?: { after?: string; limit?: number }): Promise<DocumentPage>;
  /** Removing what does not exist is fine. */
  remove(path: string): Promise<void>;
  /** The same bytes under a second path, exclusively; `not_found` if there is no `from`. */
  copy(from: string, to: string): Promise<'created' | 'exists'>;
  /**
   * A document of its own with the bytes of another, `modified_at` being now; `replace`: over the document that is
   * there, which readers have until they have the new one, whole. `not_found` if there is no `from`.
   */
  place(from: string, to: string, options: { replace: boolean }): Promise<'created' | 'exists'>;
  /** Bytes that still find room; undefined where there is no such limit. */
  free(): Promise<number | undefined>;
}

/** Bytes that `read` takes into memory by default. */
export const READ_LIMIT = 64 * 1024 * 1024;

/** Paths in a page. */
export const PAGE_LIMIT = 1000;
