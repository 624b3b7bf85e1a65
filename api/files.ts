import { posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { ArtifactStore } from '../src/documents/artifacts';
import { hashDocument } from '../src/documents/hash-document';
import { mediaTypeOf } from '../src/documents/media-types';
import type { DocumentStat, DocumentStore, DocumentStream } from '../src/documents/port';
import { HttpProblem } from './problem';

/** A file that is sent. */
export interface SentFile {
  name: string;
  mediaType: string;
  /** SHA-256 of the bytes */
  hash: string;
  bytes: number;
  open: () => Promise<DocumentStream | undefined>;
}

/** Types that a browser may display. All come in a sandbox without scripts; pages and the rest are downloaded. */
const shown = new Set(['text/markdown', 'text/plain', 'application/json', 'image/svg+xml', 'image/png']);

/** Sends a file as the request wants it: whole, a part, or the word that it has not changed. */
export async function sendFile(req: Request, res: Response, file: SentFile): Promise<void> {
  const tag = `"${file.hash}"`;
  const media = file.mediaType.split(';', 1)[0]?.trim() ?? '';
  res.set({
    'Content-Type': media.startsWith('text/') ? `${media}; charset=utf-8` : media,
    'Content-Disposition': disposition(shown.has(media) ? 'inline' : 'attachment', file.name),
    'Content-Security-Policy':
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
    'Cache-Control': 'private, max-age=0, must-revalidate',
    'Accept-Ranges': 'bytes',
    ETag: tag,
  });
  if (matches(req.get('if-none-match'), tag)) {
    res.status(304).end();
    return;
  }
  const part = range(req, file.bytes, tag);
  if (part) res.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${file.bytes}`);
  const { start, end } = part ?? { start: 0, end: file.bytes - 1 };
  res.set('Content-Length', String(end - start + 1));
  if (req.method === 'HEAD') {
    res.end();
    return;
  }
  const opened = await file.open();
  if (!opened) throw new HttpProblem('not-found', 'There is no such file.');
  try {
    await pipeline(opened.body, slice(start, end), res);
  } catch (error) {
    if (!res.destroyed && !res.headersSent) throw error;
    res.destroy(); // the reader has gone, or learns from the cut that the file is not whole
  }
}

/** RFC 6266: plain ASCII for old programs, and the name itself for the others. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

const matches = (given: string | undefined, tag: string): boolean =>
  given !== undefined && given.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);

/** One range; several at once are answered with the whole file, as RFC 9110 allows. */
function range(req: Request, bytes: number, tag: string): { start: number; end: number } | undefined {
  const condition = req.get('if-range');
  if (condition !== undefined && condition !== tag) return undefined;
  const ranges = req.range(bytes, { combine: true });
  if (ranges === undefined || ranges === -2) return undefined;
  if (ranges === -1) {
    throw new HttpProblem('range-not-satisfiable', 'The range lies outside the file.', {
      headers: { 'Content-Range': `bytes */${bytes}` },
    });
  }
  return ranges.length === 1 && ranges.type === 'bytes' ? ranges[0] : undefined;
}

function slice(start: number, end: number) {
  return async function* (source: AsyncIterable<Buffer>) {
    let at = 0;
    for await (const chunk of source) {
      const from = Math.max(start - at, 0);
      const to = Math.min(end + 1 - at, chunk.length);
      if (to > from) yield chunk.subarray(from, to);
      at += chunk.length;
      if (at > end) return;
    }
  };
}

/** Parts that downloads of documents are made of. */
export interface FileParts {
  store: Pick<DocumentStore, 'stream' | 'stat'>;
  artifacts: Pick<ArtifactStore, 'streamArtifact' | 'statArtifact'>;
}

/**
 * Looks up documents by their paths for sending. What is sent is the artifact with the document's hash, if there is
 * one: a document may be replaced meanwhile.
 */
export function createFileFinder({ store, artifacts }: FileParts) {
  const hashes = createHashes(store);
  return async (path: string): Promise<SentFile | undefined> => {
    for (let tries = REPLACED; ; tries--) {
      const stat = await store.stat(path);
      const hash = stat && (await hashes.of(path, stat));
      if (!stat || hash === undefined) return undefined;
      const kept = await artifacts.statArtifact(hash);
      if (kept && kept.bytes !== stat.bytes && tries > 0) continue;
      const file = { name: posix.basename(path), mediaType: mediaTypeOf(path), hash, bytes: stat.bytes };
      if (kept?.bytes === stat.bytes) return { ...file, open: () => artifacts.streamArtifact(hash) };
      return { ...file, open: () => store.stream(path) };
    }
  };
}

/** Times that a document is looked at again which was replaced between two looks. */
const REPLACED = 3;

/** Hashes of documents by path, size and time, worth keeping: a download asks again for each part. */
function createHashes(store: Pick<DocumentStore, 'stream'>) {
  const known = new Map<string, string>();
  return {
    /** undefined if there is no document */
    async of(path: string, { bytes, modified_at }: DocumentStat): Promise<string | undefined> {
      const key = `${path} ${bytes} ${modified_at}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const digest = await hashDocument(store, path);
      if (digest === undefined) return undefined;
      if (known.size >= 2_000) known.delete(known.keys().next().value ?? '');
      known.set(key, digest);
      return digest;
    },
  };
}
