import type { Json } from '../../../../schemas/json';
import type { ArtifactRef } from '../../../../schemas/refs';
import { EgressError } from '../../../../src/egress/errors';
import type { ToolContext } from '../../tool';
import { timeoutOf } from './ask';
import { httpError } from './errors';
import { INLINE_BYTES, type HttpInput } from './schema';

/** Body of an answer: a value, or a file. */
export interface Body {
  body: Json;
  file?: ArtifactRef;
  /** bytes of the value */
  bytes: number;
}

type Keeping = Pick<ToolContext, 'documents' | 'workspace' | 'workflow_id' | 'step_id'>;

/** Reads the body of an answer as the call wants it. @throws ToolError, EgressError, DocumentError */
export async function readBody(response: Response, input: HttpInput, context: Keeping): Promise<Body> {
  const { response: wanted = 'auto' } = input;
  if (!response.body) return { body: null, bytes: 0 };
  if (wanted === 'none') {
    await response.body.cancel();
    return { body: null, bytes: 0 };
  }
  const type = mediaType(response);
  const kind = wanted === 'auto' ? kindOf(type) : wanted;
  const pieces = response.body as unknown as AsyncIterable<Uint8Array>;
  if (kind === 'file' || (input.save_as !== undefined && wanted === 'auto'))
    return await keep(response, pieces, input, context);
  const { head, rest } = await take(pieces, INLINE_BYTES, timeoutOf(input));
  if (rest) {
    if (wanted === 'auto') return await keep(response, chained(head, rest), input, context);
    await rest.return?.();
    throw httpError(
      'permanent',
      'http.too_large',
      `the answer has over ${INLINE_BYTES} bytes: take it as a file (response: file)`,
    );
  }
  const bytes = Buffer.concat(head);
  const text = decodeText(bytes, type);
  return { body: kind === 'json' ? parseJson(text) : text, bytes: bytes.length };
}

/** Milliseconds for the beginning of an answer that nobody expected. */
const EXCERPT_MS = 5_000;

/** The beginning of an answer as text, for messages. */
export async function readExcerpt(response: Response, characters: number): Promise<string> {
  if (!response.body) return '';
  const { head, rest } = await take(response.body, characters * 4, EXCERPT_MS);
  await rest?.return?.();
  return decodeText(Buffer.concat(head), mediaType(response)).slice(0, characters);
}

/** Pieces up to so many bytes, and the rest if there are more; one that drips does so for so many milliseconds. */
async function take(
  pieces: AsyncIterable<Uint8Array>,
  most: number,
  ms: number,
): Promise<{ head: Uint8Array[]; rest?: AsyncIterator<Uint8Array> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  const until = Date.now() + ms;
  for (let bytes = 0; ;) {
    const next = await iterator.next();
    if (next.done) return { head };
    if (Date.now() > until) {
      await iterator.return?.();
      throw new EgressError('timeout', 'answered', `the answer had no end after ${ms} ms`);
    }
    head.push(next.value);
    bytes += next.value.length;
    if (bytes > most) return { head, rest: iterator };
  }
}

async function* chained(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  yield* head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Keeps an answer as it comes: in the workspace where the call says so; else by itself, other content elsewhere. */
async function keep(
  response: Response,
  body: AsyncIterable<Uint8Array>,
  { save_as, url, max_bytes }: HttpInput,
  { documents, workspace, workflow_id, step_id }: Keeping,
): Promise<Body> {
  const media_type = mediaType(response) || undefined;
  if (save_as !== undefined)
    return { body: null, file: (await workspace.write(save_as, body, { media_type })).file, bytes: 0 };
  const name = nameIn(response.url || url);
  const folder = `downloads/${workflow_id}/${step_id}`;
  const file = await documents.putArtifactStream({
    pathOf: (sha256) => `${folder}/${sha256.slice(0, 12)}/${name}`,
    body,
    media_type: media_type ?? 'application/octet-stream',
    maxBytes: max_bytes ?? Number.MAX_SAFE_INTEGER,
  });
  return { body: null, file, bytes: 0 };
}

/** The last part of an address, if a file can be called so. */
function nameIn(address: string): string {
  const last = URL.canParse(address) ? (new URL(address).pathname.split('/').at(-1) ?? '') : '';
  const plain = last.replace(/%[0-9a-f]{2}|[^A-Za-z0-9._-]/gi, '_').slice(-120);
  return /^[^.]/.test(plain) ? plain : 'download';
}

const mediaType = (response: Response): string => response.headers.get('content-type') ?? '';

function kindOf(type: string): 'json' | 'text' | 'file' {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (plain === 'application/json' || plain.endsWith('+json')) return 'json';
  if (plain.startsWith('text/') || plain.endsWith('+xml')) return 'text';
  return ['application/xml', 'application/javascript', 'application/x-www-form-urlencoded', ''].includes(plain)
    ? 'text'
    : 'file';
}

function parseJson(text: string): Json {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw httpError('permanent', 'http.bad_json', 'the answer should be JSON and is not');
  }
}

/** Text in the character set that the answer names, UTF-8 where it names none that is known. */
function decodeText(bytes: Buffer, type: string): string {
  const [, charset = 'utf-8'] = /;\s*charset="?([^\s";]+)/i.exec(type) ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
