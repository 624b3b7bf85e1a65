/** HTTP servers of a test on this machine, with the faults that it wants. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';

export interface Web {
  url: string;
  port: number;
  /** requests that have come, in order */
  requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  /** connections that have been made, and those that stand */
  connections: { made: number; open: Set<Socket> };
  close(): Promise<void>;
}

const tls = (name: string) => readFileSync(join(__dirname, 'tls', `${name}.pem`), 'utf8');

/** Certificate of `test.example`, `api.test.example` and 127.0.0.1, signed by itself. */
export const TEST_CA = tls('cert');

export interface WebOptions {
  secure?: boolean;
  host?: string;
}

const started: Web[] = [];
afterAll(async () => void (await Promise.all(started.splice(0).map((web) => web.close()))));

/** Answers each request, when its body has come, by `answer`. */
export async function startWeb(
  answer: (request: Web['requests'][number], response: ServerResponse) => unknown,
  { secure = false, host = '127.0.0.1' }: WebOptions = {},
): Promise<Web> {
  const requests: Web['requests'] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(seen);
      void answer(seen, response);
    });
  };
  const server = secure ? createSecureServer({ key: tls('key'), cert: tls('cert') }, listener) : createServer(listener);
  return await listen(server, requests, secure ? 'https' : 'http', host);
}

/** Writes the same bytes to whoever connects. */
export const startRaw = async (talk: (socket: Socket) => void): Promise<Web> =>
  await listen(createTcpServer(talk), [], 'http', '127.0.0.1');

async function listen(server: Server, requests: Web['requests'], scheme: string, host: string): Promise<Web> {
  const connections = { made: 0, open: new Set<Socket>() };
  server.on('connection', (socket: Socket) => {
    connections.made += 1;
    connections.open.add(socket);
    socket.on('close', () => connections.open.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const web: Web = {
    url: `${scheme}://${host}:${port}`,
    port,
    requests,
    connections,
    async close() {
      for (const socket of connections.open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  started.push(web);
  return web;
}
