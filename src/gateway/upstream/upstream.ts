import { tracedFetch } from '../../telemetry/trace';
import { CallerGone, GatewayError } from '../errors';
import type { Call } from '../provider';
import { classifyFailure, classifyRefusal, complaintIn, timeout, unavailable } from './classify';
import { readEvents, StreamTooLong, type ServerEvent } from '../../http/server-events';

export interface UpstreamOptions {
  baseUrl: string;
  /** with the key */
  headers: Record<string, string>;
  /** for a whole answer; in a stream for the first event, and between events */
  timeoutMs: number;
}

/** A model's server. It gets each call once: callers retry, by Temporal. All methods throw as those of a provider. */
export interface Upstream {
  /** Sends a request, and gives the answer as JSON. `limit`: bytes of the answer */
  ask(path: string, body: object, call: Call, limit: number): Promise<unknown>;
  /** Sends a request, and gives the events of the answer as they come. */
  stream(path: string, body: object, call: Call): AsyncGenerator<ServerEvent, void>;
  /** Reads JSON of an answer, which may tell of an error although it began as a good one. */
  read(text: string, headers?: Headers): unknown;
}

const MiB = 1024 * 1024;
/** The longest answers of models have some hundred thousand tokens. */
const STREAM_LIMITS = { event: MiB, stream: 32 * MiB };
/** An error is told in a few words. */
const REFUSAL_LIMIT = 64 * 1024;
/** A stream may take this many times as long as an answer in one piece. */
const STREAM_TIMES = 10;

export function createUpstream({ baseUrl, headers, timeoutMs }: UpstreamOptions): Upstream {
  const base = baseUrl.replace(/\/+$/, '');

  /** Sends a request. Gives the answer if it is a good one. */
  async function post(path: string, body: object, signal: AbortSignal): Promise<Response> {
    const response = await tracedFetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'awe-gateway', ...headers },
      body: JSON.stringify(body),
      signal,
      redirect: 'error', // the key goes to the configured server and no other
    });
    if (response.ok) return response;
    // the status says enough where the words are broken
    const complaint = await readText(response, REFUSAL_LIMIT)
      .then(parseJson)
      .then(complaintIn, () => undefined);
    throw classifyRefusal({ status: response.status, headers: response.headers, complaint });
  }

  function read(text: string, of = new Headers()): unknown {
    const answer = parseJson(text);
    const complaint = complaintIn(answer);
    if (complaint) throw classifyRefusal({ status: undefined, headers: of, complaint });
    return answer;
  }

  return {
    read,
    async ask(path, body, call, limit) {
      const watch = watchdog(call, timeoutMs);
      try {
        const response = await post(path, body, watch.signal);
        return read(await readText(response, limit), response.headers);
      } catch (error) {
        throw watch.why(error);
      } finally {
        watch.stop();
      }
    },
    async *stream(path, body, call) {
      const watch = watchdog(call, timeoutMs, timeoutMs * STREAM_TIMES);
      try {
        const response = await post(path, body, watch.signal);
        if (response.headers.get('content-type')?.includes('json')) {
          read(await readText(response, STREAM_LIMITS.event), response.headers);
          throw unavailable('broken_answer', 'The model’s server answered no stream.', { charged: true });
        }
        for await (const event of readEvents(bodyOf(response), STREAM_LIMITS)) {
          watch.pause();
          yield event;
          watch.beat();
        }
      } catch (error) {
        throw watch.why(error);
      } finally {
        watch.stop();
      }
    },
  };
}

/** @throws GatewayError `broken_json` */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unavailable('broken_json', 'The model’s server answered something that is not JSON.', { charged: true });
  }
}

/** Reads an answer up to a limit in bytes. */
async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of bodyOf(response)) {
    bytes += chunk.byteLength;
    if (bytes > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const bodyOf = (response: Response) => (response.body ?? []) as AsyncIterable<Uint8Array>;

const tooLarge = () => unavailable('answer_too_large', 'The model’s answer has no end.', { charged: true });

/** One signal for everything that may end a call, and the reason why it ended. */
function watchdog(call: Call, silenceMs: number, totalMs = silenceMs) {
  const abort = new AbortController();
  let late = false;
  const bark = () => {
    late = true;
    abort.abort();
  };
  const gone = () => abort.abort();
  if (call.signal.aborted) gone();
  call.signal.addEventListener('abort', gone, { once: true });
  const total = setTimeout(bark, totalMs);
  let silence = setTimeout(bark, silenceMs);
  return {
    signal: abort.signal,
    /** Stops the clock while the caller reads: the model is not silent then. */
    pause: () => clearTimeout(silence),
    beat() {
      clearTimeout(silence);
      silence = setTimeout(bark, silenceMs);
    },
    /** The error of a call that failed so. */
    why(error: unknown): GatewayError | CallerGone {
      if (call.signal.aborted) return new CallerGone();
      if (error instanceof GatewayError) return error;
      if (late) return timeout(`The model did not answer within ${silenceMs} ms.`);
      return error instanceof StreamTooLong ? tooLarge() : classifyFailure(error);
    },
    stop() {
      clearTimeout(total);
      clearTimeout(silence);
      call.signal.removeEventListener('abort', gone);
    },
  };
}
