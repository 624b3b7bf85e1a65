import { createHash } from 'node:crypto';
import { extname, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { ArtifactStore } from '../../src/documents/artifacts';
import { assertArtifactPath } from '../../src/documents/paths';
import type { DocumentStore, DocumentStream } from '../../src/documents/port';
import type { ArtifactIndex } from '../../src/streams/artifact-index';
import type { Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { artifactContracts } from './contract';

export interface ArtifactDependencies {
  store: Pick<DocumentStore, 'stream' | 'stat'>;
  artifacts: Pick<ArtifactStore, 'streamArtifact' | 'statArtifact'>;
  index: Pick<ArtifactIndex, 'get'>;
}

interface File {
  name: string;
  mediaType: string;
  /** SHA-256 of the bytes */
  hash: string;
  bytes: number;
  open: () => Promise<DocumentStream | undefined>;
}

export function artifactRoutes(deps: ArtifactDependencies): Handlers<typeof artifactContracts> {
  const hashes = createHashes(deps.store);
  return {
    async getArtifact({ req, res, params }) {
      const id = params.artifact_id ?? '';
      const stat = await deps.artifacts.statArtifact(id);
      if (!stat) throw nothing();
      const known = await deps.index.get(id);
      await send(req, res, {
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
      const stat = await deps.store.stat(path);
      if (!stat) throw nothing();
      await send(req, res, {
        name: posix.basename(path),
        mediaType: mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream',
        hash: await hashes.of(path, stat.bytes, stat.modified_at),
        bytes: stat.bytes,
        open: () => deps.store.stream(path),
      });
      return undefined;
    },
  };
}

const nothing = () => new HttpProblem('not-found', 'There is no such artifact.');

const mediaTypes: Record<string, string> = {
  '.md': 'text/markdown',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.pdf': 'application/pdf',
  '.html': 'text/html',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Types that a browser may display. All come in a sandbox without scripts; pages and the rest are downloaded. */
const shown = new Set(['text/markdown', 'text/plain', 'application/json', 'image/svg+xml', 'image/png']);

async function send(req: Request, res: Response, file: File): Promise<void> {
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
  if (!opened) throw nothing();
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

/** Hashes of files by path. The file at a path never changes, so they are worth keeping. */
function createHashes(store: Pick<DocumentStore, 'stream'>) {
  const known = new Map<string, string>();
  return {
    async of(path: string, bytes: number, modifiedAt: number): Promise<string> {
      const key = `${path} ${bytes} ${modifiedAt}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const stream = await store.stream(path);
      if (!stream) throw nothing();
      const hash = createHash('sha256');
      for await (const chunk of stream.body) hash.update(chunk as Buffer);
      const digest = hash.digest('hex');
      if (known.size >= 2_000) known.delete(known.keys().next().value ?? '');
      known.set(key, digest);
      return digest;
    },
  };
}
