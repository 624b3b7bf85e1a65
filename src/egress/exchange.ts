import { request, type IncomingMessage } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { EgressError, type EgressCode } from './errors';
import type { EgressLimits } from './limits';
import type { Ask } from './redirects';
import type { Target } from './target';

export interface Sending {
  limits: EgressLimits;
  signal: AbortSignal;
  ca: string | undefined;
}

/** Addresses of a name that are tried, in the order of the resolver. */
const TRIED = 4;

/**
 * Sends a request on a connection of its own, to an address that was checked, and gives the head of the answer. No pool,
 * no proxy of the environment, no decoding. @throws EgressError; the reason of the signal
 */
export async function send(target: Target, ask: Ask, sending: Sending): Promise<IncomingMessage> {
  sending.signal.throwIfAborted();
  const socket = await connectToAny(target, sending);
  return await exchange(socket, target, ask, sending);
}

async function connectToAny(target: Target, sending: Sending): Promise<Socket> {
  let fault: unknown;
  for (const address of target.addresses.slice(0, TRIED)) {
    try {
      return await connect(target, address, sending);
    } catch (error) {
      if (sending.signal.aborted) throw sending.signal.reason;
      fault = error;
    }
  }
  throw fault;
}

/** A connection to exactly this address; over TLS, with a certificate for the name. */
async function connect({ url, host, port }: Target, address: string, sending: Sending): Promise<Socket> {
  const secure = url.protocol === 'https:';
  const { limits, signal, ca } = sending;
  const socket = secure
    ? connectTls({
        ...{ host: address, port, rejectUnauthorized: true, ALPNProtocols: ['http/1.1'], ...(ca ? { ca } : {}) },
        ...(isIP(host) ? {} : { servername: host }),
      })
    : connectTcp({ host: address, port });
  return await new Promise<Socket>((resolve, reject) => {
    const late = () => socket.destroy(new EgressError('unreachable', 'before', `${host} took no connection in time`));
    const timer = setTimeout(late, limits.connectMs);
    const stop = () => socket.destroy(signal.reason as Error);
    const settle = (act: () => void) => () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      act();
    };
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', (error: Error) => settle(() => reject(connectFault(error, host)))());
    socket.once(
      secure ? 'secureConnect' : 'connect',
      settle(() => resolve(socket)),
    );
  });
}

function exchange(socket: Socket, { url }: Target, ask: Ask, { limits, signal }: Sending): Promise<IncomingMessage> {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request({
      createConnection: () => socket,
      method: ask.method,
      path: `${url.pathname}${url.search}`,
      headers: headersOf(url, ask),
      setHost: false,
      maxHeaderSize: limits.headerBytes,
      insecureHTTPParser: false,
    });
    const late = (): void =>
      void asking.destroy(new EgressError('timeout', 'sent', `no answer after ${limits.headersMs} ms`));
    const timer = setTimeout(late, limits.headersMs);
    const stop = (): void => void asking.destroy(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    asking.once('response', (answer) => {
      settle();
      resolve(answer);
    });
    asking.on('error', (error) => {
      settle();
      reject(signal.aborted ? (signal.reason as Error) : exchangeFault(error, limits));
    });
    asking.once('close', () => {
      settle();
      reject(new EgressError('broken', 'sent', 'the connection ended without an answer'));
    });
    asking.end(ask.body);
  });
}

function headersOf(url: URL, { method, headers, body }: Ask): Record<string, string> {
  const empty = body === undefined && !['POST', 'PUT', 'PATCH'].includes(method);
  return {
    'user-agent': 'AWE',
    accept: '*/*',
    ...Object.fromEntries(headers),
    host: url.host,
    connection: 'close',
    'accept-encoding': 'gzip, deflate',
    ...(empty ? {} : { 'content-length': String(body?.length ?? 0) }),
  };
}

function connectFault(error: Error, host: string): Error {
  if (error instanceof EgressError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const isTls = /CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO/.test(code);
  const message = isTls ? `${host} has no certificate to be believed (${code})` : `${host} cannot be reached (${code})`;
  return new EgressError(isTls ? 'tls' : 'unreachable', 'before', message, { cause: error });
}

function exchangeFault(error: Error, { headerBytes }: EgressLimits): Error {
  if (error instanceof EgressError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const fault = (kind: EgressCode, message: string) => new EgressError(kind, 'sent', message, { cause: error });
  if (code === 'HPE_HEADER_OVERFLOW') return fault('too_large', `the head of the answer has over ${headerBytes} bytes`);
  if (code.startsWith('HPE_')) return fault('bad_answer', `the answer is not HTTP (${code})`);
  return fault('broken', `the connection ended without an answer (${code || 'closed'})`);
}
