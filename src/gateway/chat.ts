import { ChatRequest, type ChatChunk } from '../../schemas/llm';
import type { Admit, Ticket } from './admission';
import { CallerGone, GatewayError } from './errors';
import { accountHeaders, createSettle, type Exchange } from './exchange';
import type { Provider } from './provider';
import { bodyReader, checkBody } from './request';
import { openEvents } from './sse';
import { promptBound, readUsage } from './usage';

export interface ChatDependencies {
  provider: Provider;
  admit: Admit;
  bodyLimitBytes: number;
  /** of an answer, if the caller names no limit */
  maxTokens: number;
}

/** `POST /v1/chat/completions`. */
export function chatWork({ provider, admit, bodyLimitBytes, maxTokens }: ChatDependencies) {
  const readBody = bodyReader(bodyLimitBytes);

  return async (exchange: Exchange): Promise<void> => {
    const { req, res, caller, task, run, signal, facts } = exchange;
    const { stream, stream_options, ...asked } = checkBody(ChatRequest, await readBody(req, res));
    const request = withLimit({ ...asked, model: provider.model(asked.model, 'chat') }, maxTokens);
    assertFormat(request);
    facts.model = request.model;
    if (stream) facts.route = 'chat_stream';
    const ticket = await admit({
      caller,
      run,
      model: request.model,
      promptBound: promptBound(request),
      completionBound: request.max_completion_tokens * (request.n ?? 1),
      signal,
    });
    const settle = createSettle(facts, ticket);
    if (stream) {
      const chunks = provider.stream(request, { task, signal });
      await sendStream(exchange, chunks, stream_options?.include_usage === true, { settle });
      return;
    }
    const answer = await callOrSettle(exchange, settle, () => provider.chat(request, { task, signal }));
    res.set(accountHeaders(settle(readUsage(answer.usage) ?? 'bound')));
    res.type('application/json').send(JSON.stringify(answer));
  };
}

/** Makes a call, and settles it if it fails. */
export async function callOrSettle<T>(
  { res }: Pick<Exchange, 'res'>,
  settle: Ticket['settle'],
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const account = settle(costOfFailure(error));
    if (!res.headersSent) res.set(accountHeaders(account));
    throw error;
  }
}

/** A failed call costs nothing only if it is certain that no model has worked. */
function costOfFailure(error: unknown): 'bound' | 'nothing' {
  return error instanceof GatewayError && error.more.charged !== true ? 'nothing' : 'bound';
}

/** Passes chunks on as they come. An error before the first one is an answer of its own, later it is an event. */
async function sendStream(
  exchange: Exchange,
  stream: AsyncIterable<ChatChunk>,
  includeUsage: boolean,
  { settle }: Ticket,
): Promise<void> {
  const { res, signal } = exchange;
  const chunks = stream[Symbol.asyncIterator]();
  let usage: ReturnType<typeof readUsage>;
  let last: ChatChunk | undefined;
  try {
    let next = await callOrSettle(exchange, settle, () => chunks.next());
    const events = openEvents(res, signal);
    while (!next.done) {
      const chunk = next.value;
      usage = readUsage(chunk.usage) ?? usage;
      last = chunk;
      // a chunk with nothing but usage is held back and sent with the cost
      if (chunk.choices.length > 0 || chunk.usage == null)
        await events.send(JSON.stringify(withoutUsage(chunk, includeUsage)));
      next = await chunks.next();
    }
    const account = settle(usage ?? 'bound');
    if (includeUsage)
      await events.send(JSON.stringify({ ...last, choices: [], usage: last?.usage ?? null, awe: account }));
    await events.send('[DONE]');
    events.end();
  } catch (error) {
    // after the first chunk a model has certainly worked, whatever the error says
    settle(usage ?? 'bound');
    throw signal.aborted ? new CallerGone() : error;
  } finally {
    await chunks.return?.();
  }
}

function withoutUsage(chunk: ChatChunk, includeUsage: boolean): ChatChunk {
  if (includeUsage || !('usage' in chunk)) return chunk;
  const rest = { ...chunk };
  delete rest.usage;
  return rest;
}

/** The request with one limit for its answer, whichever parameter the caller used. */
function withLimit(request: ChatRequest, maxTokens: number): ChatRequest & { max_completion_tokens: number } {
  const { max_tokens, max_completion_tokens, ...rest } = request;
  if (max_tokens != null && max_completion_tokens != null && max_tokens !== max_completion_tokens)
    throw new GatewayError('bad_request', 'max_tokens and max_completion_tokens are one limit: send one of them.');
  return { ...rest, max_completion_tokens: max_completion_tokens ?? max_tokens ?? maxTokens };
}

function assertFormat({ response_format: format }: ChatRequest): void {
  if (format?.type === 'json_schema' && format.json_schema === undefined)
    throw new GatewayError('bad_request', '/response_format/json_schema is missing.', { reason: 'schema' });
}
