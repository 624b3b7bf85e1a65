import { AsyncLocalStorage } from 'node:async_hooks';
import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  isSpecType,
  type JSONRPCMessage,
  type Transport,
} from '@modelcontextprotocol/client';

/** Data of the error that stands for an answer whose stream has ended without it; the fault of the stream, where it had one. */
export const STREAM_ENDED = 'awe.stream_ended';

/** A request under way. The SDK makes text of a fault of its answer's stream, so it is noted here. */
export const underWay = new AsyncLocalStorage<{ fault?: unknown }>();

export interface Watch {
  /** closes the connection when something goes wrong with it: a stream that reconnects by itself has lost its session */
  closeOnError?: boolean;
}

/** A transport, and the lists of tools that have come through it as they were on the wire. */
export interface WatchedTransport extends Transport {
  /** entries of the list that was asked for last, page after page */
  listed(): readonly unknown[];
}

/**
 * Stands between the SDK and a transport, where the SDK does too little: an answer whose stream ends is an error at once,
 * and not after its time; a list of tools is kept as it came, and one malformed tool in it does not hide the others.
 */
export function watchTransport(inner: Transport, { closeOnError = false }: Watch = {}): WatchedTransport {
  /** requests that wait for their answer, by their ids */
  const waiting = new Map<string | number, string>();
  let listed: unknown[] = [];

  const outer: WatchedTransport = {
    listed: () => listed,
    hasPerRequestStream: inner.hasPerRequestStream,
    get sessionId() {
      return inner.sessionId;
    },
    setProtocolVersion: (version) => inner.setProtocolVersion?.(version),
    setSupportedProtocolVersions: (versions) => inner.setSupportedProtocolVersions?.(versions),
    close: () => inner.close(),

    async start() {
      inner.onclose = () => {
        waiting.clear();
        outer.onclose?.();
      };
      inner.onerror = (error) => {
        const request = underWay.getStore();
        if (request) request.fault ??= error;
        outer.onerror?.(error);
        if (closeOnError) void inner.close();
      };
      inner.onmessage = (message, extra) => outer.onmessage?.(seen(message), extra);
      await inner.start();
    },

    async send(message, options) {
      if (!isJSONRPCRequest(message)) return await inner.send(message, options);
      const { id, method, params } = message;
      waiting.set(id, method);
      if (method === 'tools/list' && params?.['cursor'] === undefined) listed = [];
      const request: { fault?: unknown } = {};
      const onRequestStreamEnd = (): void => {
        options?.onRequestStreamEnd?.();
        if (!waiting.delete(id)) return;
        const data = request.fault ?? STREAM_ENDED;
        outer.onmessage?.({
          ...{ jsonrpc: '2.0', id },
          error: { code: -32000, message: 'the answer ended before its end', data },
        });
      };
      await underWay.run(request, () => inner.send(message, { ...options, onRequestStreamEnd }));
    },
  };

  /** The message for the SDK. */
  function seen<M extends JSONRPCMessage>(message: M): M {
    if (!isJSONRPCResultResponse(message) && !isJSONRPCErrorResponse(message)) return message;
    const id = message.id as string | number;
    const method = waiting.get(id);
    waiting.delete(id);
    if (method !== 'tools/list' || !isJSONRPCResultResponse(message)) return message;
    const { tools } = message.result as { tools?: unknown };
    if (!Array.isArray(tools)) return message;
    listed.push(...(tools as unknown[]));
    // results are held against their schemas here, so the SDK need not compile them
    const known = tools
      .filter((tool) => isSpecType.Tool(tool))
      .map((tool) => ({ ...(tool as object), outputSchema: undefined }));
    return { ...message, result: { ...message.result, tools: known } };
  }

  return outer;
}
