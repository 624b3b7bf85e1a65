/**
 * A stand-in for Bria's server of MCP, made from its public list of tools: the old form at `/mcp/sse`, the streamable one
 * at `/mcp`, either header for the token, and its answers and faults.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../../schemas/json';

export interface Bria {
  url: string;
  /** names of tools that were called, in order */
  calls: string[];
  /** the fault of the next call */
  next: 'none' | 'busy' | 'cut' | 'late' | 'expired' | 'stuck' | 'huge' | 'drip' | 'garbled' | 'doubled';
  /** description of `remove_background` */
  description: string;
  close(): Promise<void>;
}

/** What the public list says of every tool, the paid ones too. */
const annotations = { readOnlyHint: true, idempotentHint: true };
const TOKEN = 'bria-token-of-the-test';
export const BRIA_TOKEN = TOKEN;

/** A picture of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const started: Bria[] = [];
afterAll(async () => void (await Promise.all(started.splice(0).map((bria) => bria.close()))));

export async function startBria(): Promise<Bria> {
  const sessions = new Set<string>();
  const streams = new Map<string, ServerResponse>();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bria: Bria = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    next: 'none',
    description: 'Removes the background of an image',
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  started.push(bria);

  const image = { type: 'object', properties: { image: { type: 'string' } }, required: ['image'] };
  const tools = () => [
    { name: 'remove_background', description: bria.description, inputSchema: image, annotations },
    { name: 'increase_resolution', description: 'Makes an image larger', inputSchema: image, annotations },
  ];

  function resultOf({ method, params }: JsonObject): object | undefined {
    const { protocolVersion, name } = (params ?? {}) as { protocolVersion?: string; name?: string };
    if (method === 'initialize')
      return {
        protocolVersion: protocolVersion ?? '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: 'bria', version: '2.6.0' },
      };
    if (method === 'tools/list') return { tools: tools() };
    if (method !== 'tools/call') return undefined;
    bria.calls.push(name ?? '');
    return bria.next === 'late'
      ? { content: [{ type: 'text', text: 'Still running. Do not resubmit it.' }], isError: true }
      : {
          content: [
            { type: 'image', data: PIXEL, mimeType: 'image/png' },
            { type: 'text', text: 'For full image Preview use: https://cdn.example.com/a.png' },
          ],
        };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', bria.url);
    if (request.headers.authorization !== `Bearer ${TOKEN}` && request.headers['api_token'] !== TOKEN)
      return void response.writeHead(401).end('{"detail":"either API key or Bearer token is required"}');
    if (request.method === 'GET')
      return pathname === '/mcp/sse' ? openStream(response) : void response.writeHead(405).end();
    if (request.method === 'DELETE') return void response.writeHead(200).end();
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const message = JSON.parse(body) as JsonObject;
    if (pathname === '/mcp/messages')
      return toStream(message, streams.get(searchParams.get('sessionId') ?? ''), response);
    streamable(message, request, response);
  }

  function openStream(response: ServerResponse): void {
    const id = randomUUID();
    streams.set(id, response);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: endpoint\ndata: /mcp/messages?sessionId=${id}\n\n`);
  }

  function toStream(message: JsonObject, stream: ServerResponse | undefined, response: ServerResponse): void {
    if (!stream || stream.destroyed) return void response.writeHead(404).end();
    response.writeHead(202).end();
    const isCall = message['method'] === 'tools/call';
    if (isCall && bria.next === 'cut') {
      bria.next = 'none';
      bria.calls.push('cut');
      return void stream.destroy();
    }
    const result = resultOf(message);
    if (result)
      stream.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id: message['id'], result })}\n\n`);
  }

  function streamable(message: JsonObject, { headers }: IncomingMessage, response: ServerResponse): void {
    const { method, id } = message;
    const session = String(headers['mcp-session-id'] ?? '');
    if (method === 'server/discover') return void response.writeHead(404).end();
    if (method !== 'initialize' && !sessions.has(session)) return void response.writeHead(404).end();
    const fault = method === 'tools/call' ? bria.next : 'none';
    if (fault !== 'stuck' && method === 'tools/call') bria.next = 'none';
    if (fault === 'busy') return void response.writeHead(429, { 'retry-after': '7' }).end();
    if (fault === 'expired') {
      sessions.clear();
      return void response.writeHead(404).end();
    }
    if (fault === 'late') bria.next = 'late';
    const result = resultOf(message);
    if (!result) return void response.writeHead(202).end();
    if (method === 'initialize') {
      sessions.add(id === undefined ? '' : `s${sessions.size + 1}`);
      response.setHeader('mcp-session-id', [...sessions].at(-1) ?? '');
    }
    bria.next = fault === 'late' ? 'none' : bria.next;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (fault === 'cut') return void response.end();
    if (fault === 'stuck') return;
    const event = `event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`;
    if (fault === 'huge') return flood(response);
    if (fault === 'drip') return drip(response, event);
    if (fault === 'garbled') return void response.end('event: message\ndata: {"jsonrpc": oops\n\n');
    response.end(fault === 'doubled' ? event + event : event);
  }

  return bria;
}

/** An answer of 100 MB, as fast as it is read. */
function flood(response: ServerResponse): void {
  response.write('event: message\ndata: {"jsonrpc":"2.0","result":"');
  let left = 100;
  const more = (): void => {
    while (left-- > 0) if (!response.write('y'.repeat(1024 * 1024))) return void response.once('drain', more);
    response.end('"}\n\n');
  };
  more();
}

/** An answer that comes letter by letter. */
function drip(response: ServerResponse, event: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (response.destroyed || at === event.length) clearInterval(timer);
    else response.write(event[at++]);
  }, 20);
}
