import type { IncomingMessage } from 'node:http';
import { parseEgressAllow, type EgressAllow } from './allow';
import { bodyOf, DECODED } from './body';
import { EgressError, refused } from './errors';
import { send } from './exchange';
import { DEFAULT_LIMITS, type EgressLimits } from './limits';
import { followed, isRedirect, type Ask } from './redirects';
import { checkTarget, parseTarget, resolveByMachine, type Resolve } from './target';

/** A request as a tool asks for it. */
export interface EgressInit {
  /** GET if it is not said */
  method?: string;
  headers?: RequestInit['headers'];
  body?: string | Uint8Array;
  /** redirects that are followed, at most; 0 gives the redirect itself as the answer */
  redirects?: number;
  limits?: Partial<EgressLimits>;
}

/** A request that is about to be made; the first, or one to which a redirect has led. */
export interface Hop {
  url: URL;
  first: boolean;
  /** it has a body */
  body: boolean;
}

/** Surroundings of a request that its tool does not choose. */
export interface EgressGuard {
  /** ends the request, and the reading of its answer */
  signal: AbortSignal;
  /** throws where a hop is not allowed */
  permit?(hop: Hop): void;
  /** blots bytes out of the answer, which comes in pieces */
  blot?(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** blots text out of the headers of the answer */
  blotText?(text: string): string;
}

/** The way to the outside: checks every address, of every hop. @throws EgressError; the reason of the signal */
export type Connector = (url: string, init: EgressInit, guard: EgressGuard) => Promise<Response>;

export interface ConnectorOptions {
  allow?: EgressAllow;
  resolve?: Resolve;
  /** certificate authorities, besides those that Node knows */
  ca?: string;
}

/** Redirects that are followed unless the tool says otherwise. */
const REDIRECTS = 5;

export function createConnector(options: ConnectorOptions = {}): Connector {
  const { allow = parseEgressAllow(''), resolve = resolveByMachine, ca } = options;
  return async (url, init, guard) => {
    const limits = { ...DEFAULT_LIMITS, ...init.limits };
    const most = init.redirects ?? REDIRECTS;
    const watch = new AbortController();
    const until = deadline(guard.signal, limits.totalMs, watch);
    try {
      let ask = firstAsk(parseTarget(url), init);
      for (let hops = 0; ; hops++) {
        guard.permit?.({ url: ask.url, first: hops === 0, body: ask.body !== undefined });
        const target = await raced(checkTarget(ask.url, allow, resolve), watch.signal);
        const answer = await send(target, ask, { limits, signal: watch.signal, ca });
        if (most === 0 || !isRedirect(answer)) return respond(answer, ask, { limits, watch, until, guard, hops });
        answer.destroy();
        if (hops >= most) throw new EgressError('redirects', 'answered', `more than ${most} redirects`);
        ask = followed(ask, answer);
      }
    } catch (error) {
      until.clear();
      throw watch.signal.aborted ? watch.signal.reason : error;
    }
  };
}

/** Headers that belong to the connection: the platform sets them, or does without them. */
const OWN_HEADERS = [
  ...['accept-encoding', 'connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authorization'],
  ...['proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
];

function firstAsk(url: URL, { method = 'GET', headers: given, body }: EgressInit): Ask {
  const headers = new Headers(given);
  const own = OWN_HEADERS.find((name) => headers.has(name));
  if (own !== undefined) throw refused(`the header ${own} belongs to the connection and cannot be chosen`);
  return {
    url,
    method: method.toUpperCase(),
    headers,
    body: typeof body === 'string' ? Buffer.from(body) : body,
  };
}

interface Deadline {
  clear(): void;
}

/** Aborts `watch` with the reason of the outer signal, or when the time is up. */
function deadline(outer: AbortSignal, ms: number, watch: AbortController): Deadline {
  outer.throwIfAborted();
  const stop = (): void => watch.abort(outer.reason);
  const late = (): void => watch.abort(new EgressError('timeout', 'sent', `no end after ${ms} ms`));
  const timer = setTimeout(late, ms).unref();
  outer.addEventListener('abort', stop, { once: true });
  return {
    clear: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}

/** A name server may take its time; it cannot be told to stop. */
async function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const cut = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, cut]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

interface Answering {
  limits: EgressLimits;
  watch: AbortController;
  until: Deadline;
  guard: EgressGuard;
  hops: number;
}

/** Statuses whose answers have no body. */
const EMPTY = new Set([204, 205, 304]);

function respond(answer: IncomingMessage, ask: Ask, { limits, watch, until, guard, hops }: Answering): Response {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 599) throw new EgressError('bad_answer', 'answered', `the status ${status} is none`);
  const headers = headersOf(answer, guard.blotText);
  const empty = ask.method === 'HEAD' || EMPTY.has(status);
  let body: ReadableStream<Uint8Array> | null = null;
  if (empty) {
    answer.destroy();
    until.clear();
  } else {
    for (const name of DECODED) if (answer.headers['content-encoding'] !== undefined) headers.delete(name);
    body = streamOf(bodyOf(answer, { limits, signal: watch.signal, blot: guard.blot }), watch.signal, () => {
      answer.destroy();
      until.clear();
    });
  }
  const response = new Response(body, { status, headers });
  return Object.defineProperties(response, { url: { value: ask.url.href }, redirected: { value: hops > 0 } });
}

function headersOf({ rawHeaders }: IncomingMessage, blot: (text: string) => string = (text) => text): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    try {
      headers.append(name, blot(value));
    } catch {
      // what no header can hold is left out
    }
  }
  return headers;
}

/** A body as a stream; `end` is called at whatever end, also where nobody reads it and the signal is aborted. */
function streamOf(body: AsyncIterable<Uint8Array>, signal: AbortSignal, end: () => void): ReadableStream<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  signal.addEventListener('abort', end, { once: true });
  const close = (): void => {
    signal.removeEventListener('abort', end);
    end();
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await raced(iterator.next(), signal);
        if (!next.done) return controller.enqueue(next.value);
        close();
        controller.close();
      } catch (error) {
        close();
        controller.error(signal.aborted ? signal.reason : error);
      }
    },
    async cancel() {
      close();
      await iterator.return?.();
    },
  });
}
