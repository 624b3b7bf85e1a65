import { AsyncLocalStorage } from 'node:async_hooks';
import dns from 'node:dns';
import http from 'node:http';
import net from 'node:net';

/** Work that reaches nothing. `refused`: the first place that it wanted to reach. */
export interface Closed {
  refused?: string;
}

const closed = new AsyncLocalStorage<Closed>();

let isGuarded = false;

/**
 * Does work from which no connection leads out, whatever module makes it: the sockets of Node themselves refuse. That
 * also holds for connections that stand already and are kept for the next request. Children of the process are not seen.
 */
export async function withoutEgress<T>(scope: Closed, work: () => Promise<T>): Promise<T> {
  if (!isGuarded) guard();
  return await closed.run(scope, work);
}

/** The error of a socket in such work. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';
  readonly code = 'EACCES';
}

function refusal(host: string, port?: number | string): ClosedError | undefined {
  const scope = closed.getStore();
  if (!scope) return undefined;
  const place = port === undefined ? host : `${host}:${port}`;
  scope.refused ??= place;
  return new ClosedError(`a replay reaches nothing: not ${place}`);
}

/** Looks at each way out of the process, once. Outside of such work nothing changes. */
function guard(): void {
  isGuarded = true;
  guardSockets();
  guardNames();
  guardKept();
}

function guardSockets(): void {
  const sockets = net.Socket.prototype as unknown as { connect: (...given: unknown[]) => net.Socket };
  const { connect } = sockets;
  sockets.connect = function (this: net.Socket, ...given: unknown[]) {
    const { host, port, path } = placeOf(given);
    const refused = path === undefined ? refusal(host, port) : refusal(path);
    if (!refused) return connect.apply(this, given);
    process.nextTick(() => this.destroy(refused));
    return this;
  };
}

/** The place of a connection, of the forms in which Node and its callers give it. */
function placeOf(given: unknown[]): { host: string; port?: number | string; path?: string } {
  // `net.connect` hands on a list that it has made in order
  const [first, second] = Array.isArray(given[0]) ? (given[0] as unknown[]) : given;
  if (typeof first === 'object' && first !== null) {
    const { host = 'localhost', port, path } = first as { host?: string; port?: number | string; path?: string };
    return path === undefined ? { host, port } : { host, path };
  }
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { host: first, path: first };
  return { host: typeof second === 'string' ? second : 'localhost', port: first as number | string };
}

function guardNames(): void {
  type Lookup = (host: string, ...rest: unknown[]) => unknown;
  const names = dns as unknown as Record<'lookup' | 'resolve' | 'resolve4' | 'resolve6', Lookup>;
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'] as const) {
    const ask = names[name];
    names[name] = (host, ...rest) => {
      const refused = refusal(host);
      if (!refused) return ask(host, ...rest);
      const callback = rest.at(-1) as (error: Error) => void;
      process.nextTick(() => callback(refused));
      return {};
    };
  }
}

/** Requests over connections that stand already, which no socket sees. */
function guardKept(): void {
  const agents = http.Agent.prototype as unknown as {
    addRequest: (request: http.ClientRequest, options: unknown, ...rest: unknown[]) => void;
  };
  const { addRequest } = agents;
  agents.addRequest = function (this: http.Agent, request, options, ...rest) {
    const { host = 'localhost', port } = (options ?? {}) as { host?: string; port?: number | string };
    const refused = refusal(host, port);
    if (!refused) return addRequest.call(this, request, options, ...rest);
    // as the agent itself tells a request that there is no connection
    (request as unknown as { onSocket(socket: null, error: Error): void }).onSocket(null, refused);
  };
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const refused = URL.canParse(address) ? refusal(new URL(address).host) : undefined;
    if (refused) throw new TypeError('fetch failed', { cause: refused });
    return await fetch(input, init);
  };
}
