import type { Json } from '../../schemas/json';
import { DocumentError } from './errors';
import { canonicalJson, parseStored, sha256 } from './json';
import type { DocumentStore } from './port';

/** A request that starts something. Two requests are the same if `principal`, `route` and `key` are. */
export interface IdempotentRequest {
  principal: string;
  /** such as `POST /initial-request` */
  route: string;
  /** the `Idempotency-Key` */
  key: string;
  /** digest of the body; for multipart of its fields and of the hashes of its files */
  bodyDigest: string;
  /** the id for the run; it counts only if the request is new */
  runId: string;
  /** facts that the start needs besides the body, so that another process can finish it */
  start?: Json;
}

/** The stored record of a request. Times are UTC milliseconds. */
export interface IdempotencyRecord {
  /** SHA-256 of principal, route and key: the key itself is not kept */
  id: string;
  /** counts from 0; a key that is used again after it expired gets the next */
  generation: number;
  principal: string;
  route: string;
  body_digest: string;
  run_id: string;
  created_at: number;
  expires_at: number;
  start?: Json;
}

/** The answer to a request. */
export interface IdempotentAnswer {
  status: number;
  headers?: Record<string, string>;
  body: Json;
}

/**
 * `new`: start it and `finish`. `unfinished`: somebody began, and is at work still or was interrupted: do the same, with
 * the run id **of the record**, which makes a second start harmless. `done`: repeat the answer. `conflict`: the key was
 * used with another body.
 */
export type Claim =
  | { state: 'new' | 'unfinished'; record: IdempotencyRecord }
  | { state: 'done'; record: IdempotencyRecord; answer: IdempotentAnswer }
  | { state: 'conflict' };

export interface IdempotencyStore {
  claim(request: IdempotentRequest): Promise<Claim>;
  /** Stores the answer, and returns the stored one: the first. */
  finish(record: IdempotencyRecord, answer: IdempotentAnswer): Promise<IdempotentAnswer>;
}

/** Reuses of an expired key, beyond which something must be wrong. */
const GENERATIONS = 1000;

/**
 * Records of requests, in files that are created exclusively and never changed: `idempotency/<id>.json` (`<id>.1.json`
 * for the next generation) and `<id>.answer.json` beside it. An expired record stays, and the next generation is
 * created exclusively too, so that of any number of late repeats one is new; replacing or removing the old file would
 * allow two.
 */
export function createIdempotencyStore(
  store: DocumentStore,
  options: { ttlMs: number; clock?: () => number },
): IdempotencyStore {
  const clock = options.clock ?? Date.now;

  return {
    async claim(request) {
      const id = sha256(canonicalJson([request.principal, request.route, request.key]));
      for (let generation = 0; generation < GENERATIONS; generation++) {
        const path = recordFile(id, generation);
        const found = await read<IdempotencyRecord>(store, path);
        if (found && clock() >= found.expires_at) continue;
        if (found) return await readClaim(store, found, request.bodyDigest);
        const record = newRecord(id, generation, request, clock(), options.ttlMs);
        if ((await create(store, path, record)) === 'created') return { state: 'new', record };
        generation -= 1; // somebody was faster: read what they wrote
      }
      throw new DocumentError('conflict', 'this Idempotency-Key has been used too often; send another');
    },

    async finish(record, answer) {
      const path = answerFile(record);
      if ((await create(store, path, answer)) === 'created') return answer;
      return (await read<IdempotentAnswer>(store, path)) ?? answer;
    },
  };
}

async function readClaim(store: DocumentStore, record: IdempotencyRecord, bodyDigest: string): Promise<Claim> {
  if (record.body_digest !== bodyDigest) return { state: 'conflict' };
  const answer = await read<IdempotentAnswer>(store, answerFile(record));
  return answer ? { state: 'done', record, answer } : { state: 'unfinished', record };
}

function newRecord(
  id: string,
  generation: number,
  { principal, route, bodyDigest, runId, start }: IdempotentRequest,
  now: number,
  ttlMs: number,
): IdempotencyRecord {
  return {
    id,
    generation,
    principal,
    route,
    body_digest: bodyDigest,
    run_id: runId,
    created_at: now,
    expires_at: now + ttlMs,
    ...(start === undefined ? {} : { start }),
  };
}

const recordFile = (id: string, generation: number): string =>
  `idempotency/${id}${generation === 0 ? '' : `.${generation}`}.json`;

const answerFile = ({ id, generation }: IdempotencyRecord): string =>
  `idempotency/${id}${generation === 0 ? '' : `.${generation}`}.answer.json`;

async function read<T>(store: DocumentStore, path: string): Promise<T | undefined> {
  const bytes = await store.read(path);
  return bytes && (parseStored(bytes, path) as T);
}

async function create(
  store: DocumentStore,
  path: string,
  value: IdempotencyRecord | IdempotentAnswer,
): Promise<'created' | 'exists'> {
  return await store.create(path, Buffer.from(canonicalJson(value)), { media_type: 'application/json' });
}
