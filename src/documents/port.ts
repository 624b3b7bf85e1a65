import type { Readable } from 'node:stream';

export { DocumentError, type DocumentErrorCode } from './errors';

/** What is known of a document without reading it. `modified_at`: UTC milliseconds. */
export interface DocumentStat {
  bytes: number;
  modified_at: number;
}

/** What a store may keep beside the bytes. A file system keeps none of it. */
export interface DocumentMeta {
  media_type?: string;
}

/** A document as a stream; destroy `body` when it is not read to its end. */
export interface DocumentStream extends DocumentStat {
  body: Readable;
}

/** A page of paths in lexical order (of UTF-8 bytes); `next` is the `after` of the page that follows, if there is one. */
export interface DocumentPage {
  paths: string[];
  next?: string;
}

/**
 * Bytes under paths, durable when a call has returned. Only what an object store has too: whole objects, exclusive
 * creation, no rename, no append, no locks. A reader sees all of a document or none of it.
 *
 * Paths: see {@link assertPath}. Every method throws `DocumentError`; what does not exist is `undefined`.
 */
export interface DocumentStore {
  /** Exclusive: of any number of callers one gets `created`. */
  create(path: string, bytes: Uint8Array, meta?: DocumentMeta): Promise<'created' | 'exists'>;
  /** Whatever lies there is replaced as a whole. For mending only: what matters is created, and never changes. */
  replace(path: string, bytes: Uint8Array, meta?: DocumentMeta): Promise<void>;
  /** `too_large` above `maxBytes` (default {@link READ_LIMIT}), before anything is read. */
  read(path: string, options?: { maxBytes?: number }): Promise<Buffer | undefined>;
  stream(path: string): Promise<DocumentStream | undefined>;
  stat(path: string): Promise<DocumentStat | undefined>;
  /** Paths that begin with `prefix`, which need not end at a folder; `limit` at most {@link PAGE_LIMIT}, its default. */
  list(prefix: string, options?: { after?: string; limit?: number }): Promise<DocumentPage>;
  /** Removing what does not exist is fine. */
  remove(path: string): Promise<void>;
  /** The same bytes under a second path, exclusively; `not_found` where there is no `from`. */
  copy(from: string, to: string): Promise<'created' | 'exists'>;
}

/** Bytes that `read` takes into memory unless told otherwise. */
export const READ_LIMIT = 64 * 1024 * 1024;

/** Paths in a page. */
export const PAGE_LIMIT = 1000;
