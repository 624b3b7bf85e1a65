import type { FetchLike } from '@modelcontextprotocol/client';
import type { Connector } from '../../egress/connector';
import { LONGEST_WAIT, readRetryAfter } from '../../http/retry-after';
import { McpError } from '../errors';
import { underWay } from './watched';

export interface FetchParts {
  /** the way out: it checks every address, and unpacks nothing strange */
  connector: Connector;
  /** ends everything that is under way when the connection is closed */
  signal: AbortSignal;
  /** of the operator, opened for this connection */
  headers: Record<string, string>;
  /** bytes of one answer, and milliseconds that one may take */
  maxBytes: number;
  maxMs: number;
}

/** Milliseconds for which a stream of a server may be open; it is opened anew after that. */
const STREAM_MS = 24 * 3_600_000;

/**
 * `fetch` for the SDK, by AWE's own way out. Redirects are answers: the SDK decides about them. Too many requests are an
 * error here, since the SDK would drop the header that says when to try again.
 */
export function createMcpFetch({ connector, signal, headers: own, maxBytes, maxMs }: FetchParts): FetchLike {
  return async (url, init = {}) => {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(own)) headers.set(name, value);
    const method = (init.method ?? 'GET').toUpperCase();
    const time = method === 'GET' ? STREAM_MS : maxMs;
    const response = await connector(
      String(url),
      {
        method,
        headers,
        body: typeof init.body === 'string' ? init.body : undefined,
        redirects: 0,
        limits: {
          headersMs: method === 'GET' ? 30_000 : time,
          silenceMs: time,
          totalMs: time,
          // a stream that stays open holds many answers, which are bounded one by one
          bodyBytes: method === 'GET' ? Number.MAX_SAFE_INTEGER : maxBytes,
        },
      },
      { signal: init.signal ? AbortSignal.any([signal, init.signal]) : signal },
    );
    if (response.status !== 429) return telling(response);
    await response.body?.cancel();
    const asked = readRetryAfter(response.headers.get('retry-after'), Date.now());
    throw new McpError('rate_limited', 'before', 'the server has had too many requests', {
      retryAfterMs: asked === undefined ? undefined : Math.min(asked, LONGEST_WAIT),
    });
  };
}

/** The same answer; a fault in its middle is noted with its request. */
function telling(response: Response): Response {
  const request = underWay.getStore();
  if (!request || !response.body) return response;
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        request.fault = error;
        controller.error(error);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, response);
}
