import { createHash } from 'node:crypto';
import { DocumentError } from './errors';
import type { DocumentStore } from './port';

/** SHA-256 of a document in hexadecimal digits, read as it comes; undefined if there is none. */
export async function hashDocument(store: Pick<DocumentStore, 'stream'>, path: string): Promise<string | undefined> {
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
