import { ChatRequest, type ChatChunk } from '../../schemas/llm';
import type { Admit, Ticket } from './admission';
import { CallerGone, GatewayError } from './errors';
import { accountHeaders, createSettle, type Exchange } from './exchange';
import type { Provider } from './provider';
import { bodyReader, checkBody, runBudgetOf, withoutDefaults } from './request';
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
    const body = withoutDefaults(await readBody(req, res));
    const { stream, stream_options, ...asked } = checkBody(ChatRequest, body);
    const request = withLimit({ ...withoutIdleTools(asked), model: provider.model(asked.model, 'chat') }, maxTokens);
    assertFormat(request);
    facts.model = request.model;
    if (stream) facts.route = 'chat_stream';
    const ticket = await admit({
      caller,
      run,
      budget: runBudgetOf(req),
      model: request.model,
      promptBound: promptBound(request, provider.addedTokens(request)),
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
    const reported = readUsage(answer.usage);
    res.set(accountHeaders(settle(reported ?? 'bound')));
    res.type('application/json').send(JSON.stringify({ ...answer, usage: reported?.usage }));
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

/**
 * Passes chunks on as they come. An error before the first one is an answer of its own, later it is an event. Usage and
 * cost leave once, at the end.
 */
async function sendStream(
  exchange: Exchange,
  stream: ReturnType<Provider['stream']>,
  includeUsage: boolean,
  { settle }: Ticket,
): Promise<void> {
  const { res, signal } = exchange;
  let last: ChatChunk | undefined;
  try {
    let next = await callOrSettle(exchange, settle, () => stream.next());
    const events = openEvents(res, signal);
    for (; !next.done; next = await stream.next()) {
      last = next.value;
      await events.send(JSON.stringify(last));
    }
    const reported = readUsage(next.value);
    const awe = settle(reported ?? 'bound');
    if (includeUsage) await events.send(JSON.stringify({ ...last, choices: [], usage: reported?.usage ?? null, awe }));
    await events.send('[DONE]');
    events.end();
  } catch (error) {
    // after the first chunk a model has certainly worked, whatever the error says; how long, is known at the end alone
    settle('bound');
    throw signal.aborted ? new CallerGone() : error;
  } finally {
    await stream.return(undefined);
  }
}

/** The request without settings of tools that it does not have: providers refuse them. */
function withoutIdleTools(request: ChatRequest): ChatRequest {
  if (request.tools?.length) return request;
  const { tools: _, parallel_tool_calls: __, tool_choice, ...rest } = request;
  return tool_choice === undefined || tool_choice === 'none' || tool_choice === 'auto'
    ? rest
    : { ...rest, tool_choice };
}

/** The request with one limit for its answer, whichever parameter the caller used. */
function withLimit(request: ChatRequest, maxTokens: number): ChatRequest & { max_completion_tokens: number } {
  const { max_tokens, max_completion_tokens, ...rest } = request;
  if (max_tokens !== undefined && max_completion_tokens !== undefined && max_tokens !== max_completion_tokens)
    throw new GatewayError('bad_request', 'max_tokens and max_completion_tokens are one limit: send one of them.');
  return { ...rest, max_completion_tokens: max_completion_tokens ?? max_tokens ?? maxTokens };
}

function assertFormat({ response_format: format }: ChatRequest): void {
  if (format?.type === 'json_schema' && format.json_schema === undefined)
    throw new GatewayError('bad_request', '/response_format/json_schema is missing.', { reason: 'schema' });
}
