import type { Readable, Writable } from 'node:stream';
import { LineReader } from '../mcp/transport/lines';
import { readEvents } from './server-events';

export interface RelayParts {
  /** the assistant that has started this program: a message of JSON-RPC on each line */
  input: Readable;
  output: Writable;
  /** the MCP server, with HTTP */
  url: string;
  key: string | undefined;
  /** Tells a person, apart from the messages. */
  note: (line: string) => void;
}

/** Bytes of one message. */
const MOST = 16 * 1024 * 1024;

/** Of a stream with one answer. */
const ONE_ANSWER = { event: MOST, stream: Infinity };

const VERSION_OF_REQUEST = 'io.modelcontextprotocol/protocolVersion';

type Id = string | number | null;

interface Message {
  id?: Id;
  method?: string;
  params?: { [name: string]: unknown; _meta?: Record<string, unknown> };
  result?: { protocolVersion?: unknown };
}

/**
 * Carries messages between an assistant that speaks through pipes and a server that is asked by HTTP, whatever revision
 * they speak. Each request is one of HTTP; cancelling it closes its connection. Ends with the input.
 */
export async function relayMcp({ input, output, url, key, note }: RelayParts): Promise<void> {
  const underWay = new Map<Id, AbortController>();
  const ending = new AbortController();
  const work = new Set<Promise<void>>();
  /** revision that was agreed on at the beginning, by clients that begin so */
  let agreed: string | undefined;

  const write = (message: object): void => void output.write(`${JSON.stringify(message)}\n`);
  const fail = (id: Id, code: number, message: string) => write({ jsonrpc: '2.0', id, error: { code, message } });

  /** Writes what the server has sent; true if it is the answer to the request. */
  function passOn(text: string, asked: Message): boolean {
    const message = JSON.parse(text) as Message;
    if (asked.method === 'initialize' && typeof message.result?.protocolVersion === 'string')
      agreed = message.result.protocolVersion;
    write(message);
    return asked.id !== undefined && message.id === asked.id && message.method === undefined;
  }

  async function send(asked: Message): Promise<void> {
    const { id } = asked;
    const cancelled = new AbortController();
    if (id !== undefined && asked.method !== undefined) underWay.set(id, cancelled);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: headersOf(asked, key, agreed),
        body: JSON.stringify(asked),
        signal: AbortSignal.any([ending.signal, cancelled.signal]),
      });
      const isAnswered = await takeAnswer(response, asked);
      if (!isAnswered && id !== undefined && asked.method !== undefined)
        fail(id, SERVER_ERROR, 'The connection has ended before the answer: whether it was done is not known.');
    } catch (error) {
      if (ending.signal.aborted || cancelled.signal.aborted) return;
      const detail = error instanceof TypeError ? `AWE does not answer at ${url}.` : String(error);
      note(detail);
      if (id !== undefined && asked.method !== undefined) fail(id, SERVER_ERROR, detail);
    } finally {
      if (id !== undefined && underWay.get(id) === cancelled) underWay.delete(id);
    }
  }

  /** Passes on all that a response holds; true if the answer was among it. */
  async function takeAnswer(response: Response, asked: Message): Promise<boolean> {
    const kind = response.headers.get('content-type') ?? '';
    if (kind.startsWith('text/event-stream') && response.body) {
      let isAnswered = false;
      for await (const { data, cut } of readEvents(response.body, ONE_ANSWER))
        if (!cut && data !== '') isAnswered = passOn(data, asked) || isAnswered;
      return isAnswered;
    }
    const text = await response.text();
    if (text === '') return false;
    const body = JSON.parse(text) as { jsonrpc?: string; detail?: string; title?: string };
    if (body.jsonrpc !== undefined) return passOn(text, asked);
    const detail = body.detail ?? body.title ?? `AWE answered ${response.status}.`;
    note(detail);
    if (asked.id === undefined) return false;
    fail(asked.id, SERVER_ERROR, detail);
    return true;
  }

  function take(line: string): void {
    if (line.trim() === '') return;
    let message: Message;
    try {
      message = JSON.parse(line) as Message;
    } catch {
      return fail(null, PARSE_ERROR, 'A line is no JSON.');
    }
    if (message.method === 'notifications/cancelled') {
      underWay.get(message.params?.requestId as Id)?.abort();
      return;
    }
    const sent = send(message).finally(() => work.delete(sent));
    work.add(sent);
  }

  const lines = new LineReader(MOST);
  for await (const chunk of input) lines.read(Buffer.from(chunk as Buffer)).forEach(take);
  ending.abort();
  await Promise.all(work);
}

const SERVER_ERROR = -32_000;
const PARSE_ERROR = -32_700;

/** Headers of a request. By today's revisions it says in them what its body says, so that proxies need not read that. */
function headersOf({ method, params }: Message, key: string | undefined, agreed: string | undefined): Headers {
  const headers = new Headers({
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  });
  const version = params?._meta?.[VERSION_OF_REQUEST];
  if (typeof version !== 'string') {
    if (agreed !== undefined) headers.set('mcp-protocol-version', agreed);
    return headers;
  }
  headers.set('mcp-protocol-version', version);
  if (method !== undefined) headers.set('mcp-method', method);
  const name = method === 'resources/read' ? params?.uri : params?.name;
  if (typeof name === 'string') headers.set('mcp-name', headerValue(name));
  return headers;
}

/** A text as a header may carry it. */
const headerValue = (text: string): string =>
  /^(?! )[\x20-\x7e]*(?<! )$/.test(text) && !text.startsWith('=?base64?')
    ? text
    : `=?base64?${Buffer.from(text).toString('base64')}?=`;
