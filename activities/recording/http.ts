import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { comparedBody, type RecordedBody } from './body';
import type { Json, JsonObject } from '../../schemas/json';
import type { RecordedFault } from '../../schemas/recordings/recording';
import type { EgressInit } from '../../src/egress/connector';
import type { RunRecording } from '../../src/recordings/recordings';
import type { Egress } from '../tools/egress';
import { errorOf, faultOf } from './faults';
import type { Tape } from './tape';

/** Bytes of a body that stand in the recording of their step; a larger one has a file. */
const INLINE = 64 * 1024;

/** An answer as it is recorded. */
interface RecordedAnswer extends JsonObject {
  status: number;
  headers: [string, string][];
  url: string;
  redirected: boolean;
  body: Json;
}

/** Files of the bodies: of this run, and of the one that is replayed. */
export interface Bodies {
  own: Pick<RunRecording, 'keepBody'>;
  recorded: Pick<RunRecording, 'streamBody'>;
}

/** The way out, with each answer and its body kept as far as the tool has read it, or taken from the recording. */
export function tapedFetch(tape: Tape, fetch: Egress, { own, recorded }: Bodies): Egress {
  async function live(url: string, init: EgressInit) {
    const response = await fetch(url, init);
    const { status, redirected, headers, body } = response;
    const facts = { status, redirected, url: response.url };
    const kept = [...headers].filter(([name]) => !SECRET.test(name));
    const read = body && watched(body, own);
    return {
      value: responseOf(facts, headers, read?.pieces ?? null),
      kept: async () => ({ ...facts, headers: kept, body: (await read?.finish()) ?? null }) as unknown as Json,
    };
  }

  async function again(kept: Json): Promise<Response> {
    const answer = kept as unknown as RecordedAnswer;
    const body = answer.body as unknown as RecordedBody | null;
    return responseOf(answer, new Headers(answer.headers), body && piecesOf(body));
  }

  async function* piecesOf(body: RecordedBody): AsyncGenerator<Uint8Array> {
    if ('base64' in body) yield Buffer.from(body.base64, 'base64');
    else yield* (await recorded.streamBody(body.file)).body as AsyncIterable<Uint8Array>;
    if (body.fault) throw errorOf(body.fault);
  }

  return (url, init = {}) => tape.exchange('http', requestOf(url, init), () => live(url, init), again);
}

/** Headers that are not kept, since they prove somebody; and those that differ from run to run. */
const SECRET = /auth|token|secret|signature|cookie|api-?key|credential|password/i;
const PASSING: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'baggage', 'webhook-timestamp']);

/** Members of an address that are secret by their names. */
const SECRET_MEMBER = /(^|[_-])(key|token|secret|signature|sig|password|auth|credential)s?$/i;

/** A request as it is compared: without whatever proves somebody. */
function requestOf(address: string, { method = 'GET', headers, body }: EgressInit): Json {
  const sent = [...new Headers(headers)].filter(([name]) => !SECRET.test(name) && !PASSING.has(name));
  return {
    method: method.toUpperCase(),
    url: withoutSecretMembers(address),
    headers: Object.fromEntries(sent),
    ...(body === undefined ? {} : { body: comparedBody(body) }),
  };
}

function withoutSecretMembers(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') Object.assign(url, { username: '', password: '' });
  for (const name of [...url.searchParams.keys()]) if (SECRET_MEMBER.test(name)) url.searchParams.set(name, '[secret]');
  return url.href;
}

function responseOf(
  { status, url, redirected }: Pick<RecordedAnswer, 'status' | 'url' | 'redirected'>,
  headers: Headers,
  pieces: AsyncIterable<Uint8Array> | null,
): Response {
  const response = new Response(pieces && ReadableStream.from(pieces), { status, headers });
  return Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } });
}

/** A body that is kept as it is read. */
function watched(body: AsyncIterable<Uint8Array>, own: Bodies['own']) {
  const head: Uint8Array[] = [];
  let bytes = 0;
  let file: { pass: PassThrough; kept: ReturnType<Bodies['own']['keepBody']> } | undefined;
  let fault: RecordedFault | undefined;

  function open() {
    const pass = new PassThrough();
    const kept = own.keepBody(pass);
    kept.catch(() => undefined); // told where it is awaited
    return { pass, kept };
  }

  async function write(piece: Uint8Array): Promise<void> {
    bytes += piece.length;
    if (!file && bytes <= INLINE) return void head.push(piece);
    if (!file) {
      file = open();
      for (const one of head.splice(0)) file.pass.write(one);
    }
    if (!file.pass.write(piece)) await Promise.race([once(file.pass, 'drain'), file.kept]);
  }

  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of body) {
        await write(piece);
        yield piece;
      }
    } catch (error) {
      fault = faultOf(error);
      throw error;
    }
  }

  return {
    pieces: pieces(),
    /** What has been read, once nobody reads any more. */
    async finish(): Promise<RecordedBody> {
      const more = fault ? { fault } : {};
      if (!file) return { base64: Buffer.concat(head).toString('base64'), ...more };
      file.pass.end();
      return { file: (await file.kept).sha256, ...more };
    },
  };
}
