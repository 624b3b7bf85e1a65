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

/** Something that the assistant is told in these words. */
class RelayFault extends Error {
  override readonly name = 'RelayFault';
}

const BROKEN = 'The connection has ended before the answer: whether it was done is not known.';

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
    const isRequest = id !== undefined && asked.method !== undefined;
    const cancelled = new AbortController();
    if (isRequest) underWay.set(id, cancelled);
    const signal = AbortSignal.any([ending.signal, cancelled.signal]);
    try {
      const isAnswered = await takeAnswer(await ask(asked, signal), asked);
      if (!isAnswered && isRequest) throw new RelayFault(BROKEN);
    } catch (error) {
      if (signal.aborted) return;
      const detail = error instanceof RelayFault ? error.message : BROKEN;
      note(detail);
      if (isRequest) fail(id, SERVER_ERROR, detail);
    } finally {
      if (isRequest && underWay.get(id) === cancelled) underWay.delete(id);
    }
  }

  async function ask(asked: Message, signal: AbortSignal): Promise<Response> {
    const headers = headersOf(asked, key, agreed);
    return await fetch(url, { method: 'POST', headers, body: JSON.stringify(asked), signal }).catch(() => {
      throw new RelayFault(`AWE does not answer at ${url}.`);
    });
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
    if (!/^application\/(problem\+)?json/.test(kind))
      throw new RelayFault(`${url} answers ${response.status}, and not as AWE does: is this its address?`);
    const body = JSON.parse(text) as { jsonrpc?: string; detail?: string; title?: string };
    if (body.jsonrpc !== undefined) return passOn(text, asked);
    throw new RelayFault(body.detail ?? body.title ?? `AWE answers ${response.status}.`);
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
