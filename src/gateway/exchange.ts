import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { llmHeaders, type LlmAccount } from '../../schemas/llm';
import type { Logger } from '../logging';
import { withLogFields } from '../telemetry/scope';
import { readTraceparent, runInSpan, type Attributes, type Span, type SpanStart } from '../telemetry/trace';
import type { Ticket } from './admission';
import { CallerGone, GatewayError } from './errors';
import type { Authenticate, Caller } from './keys';
import type { Counted, Meter } from './meter';
import { givenId, labelsOf } from './request';

/** A call under way. */
export interface Exchange {
  req: Request;
  res: Response;
  caller: Caller;
  task: string | undefined;
  run: string | undefined;
  /** aborted when the caller goes away */
  signal: AbortSignal;
  /** facts gathered along the way, for the log and the metrics */
  facts: { route: Counted['route']; model: string; tokens?: number; account?: LlmAccount };
}

export interface ExchangeDependencies {
  authenticate: Authenticate;
  provider: { name: string };
  meter: Pick<Meter, 'countCall'>;
  log: Logger;
}

/**
 * Makes a handler: authentication, work, one answer whatever happens, one line in the log, one count. The log holds
 * nothing that a model was told or has said, and no error's message, which could hold it.
 */
export function exchangeHandler(
  route: 'chat' | 'embeddings',
  { authenticate, provider, meter, log }: ExchangeDependencies,
  work: (exchange: Exchange) => Promise<void>,
): RequestHandler {
  return async (req, res) => {
    const id = nameRequest(req, res);
    const about: SpanStart = {
      name: `POST ${ADDRESSES[route]}`,
      kind: 'server',
      parent: readTraceparent(req.get('traceparent')),
      attributes: { 'http.request.method': 'POST', 'http.route': ADDRESSES[route], 'awe.request_id': id },
    };
    await withLogFields({ request_id: id }, () => runInSpan(about, (span) => exchange(req, res, id, span)));
  };

  async function exchange(req: Request, res: Response, id: string, span: Span | undefined): Promise<void> {
    const started = performance.now();
    const abort = new AbortController();
    res.once('close', () => {
      if (!res.writableFinished) abort.abort();
    });
    const facts: Exchange['facts'] = { route, model: 'none' };
    let labels: ReturnType<typeof labelsOf> = { task: undefined, run: undefined };
    let caller: Caller | undefined;
    let failure: GatewayError | CallerGone | undefined;
    try {
      caller = await authenticate(req);
      labels = labelsOf(req);
      await work({ req, res, caller, ...labels, signal: abort.signal, facts });
    } catch (error) {
      failure = toAnswerable(error, log, id);
      answerError(req, res, failure);
    }
    const ms = Math.round(performance.now() - started);
    const outcome = failure === undefined ? 'ok' : failure instanceof CallerGone ? 'gone' : outcomeOf(failure);
    meter.countCall({ ...facts, provider: provider.name, task: labels.task, outcome, seconds: ms / 1_000 });
    const reason = failure instanceof GatewayError ? failure.more.reason : undefined;
    const { account, ...more } = facts;
    const line = { request_id: id, workflow_id: labels.run, by: caller?.name, ...labels, ...more, ...account };
    if (outcome === 'ok' || outcome === 'gone') log.info({ ...line, outcome, reason, ms }, 'LLM call ended');
    else log.warn({ ...line, outcome, reason, ms }, 'LLM call failed');
    span?.set({
      'http.response.status_code': res.statusCode,
      'awe.workflow_id': labels.run,
      'awe.task': labels.task,
      'awe.outcome': outcome,
      'error.type': outcome === 'ok' ? undefined : outcome,
      'gen_ai.provider.name': provider.name,
      'gen_ai.request.model': facts.model,
      ...spendingOf(facts),
    });
  }
}

/** Tokens and cost of a call, as far as they are known. */
function spendingOf({ account, tokens }: Exchange['facts']): Attributes {
  return {
    'awe.llm.tokens': tokens,
    'awe.llm.cost': account?.cost,
    'awe.llm.currency': account?.currency,
    'awe.llm.usage': account?.usage,
  };
}

const ADDRESSES = { chat: '/v1/chat/completions', embeddings: '/v1/embeddings' };

/** Gives the request an id, which the answer's headers repeat. */
export function nameRequest(req: Request, res: Response): string {
  const id = givenId(req) ?? randomUUID();
  res.set({ [llmHeaders.requestId]: id, 'x-request-id': id });
  return id;
}

const INTERNAL = 'internal';
const outcomeOf = (error: GatewayError) => (error.more.reason === INTERNAL ? 'internal' : error.code);

/** Turns any error into one that a caller may see. Of an unexpected one, only name and place are logged. */
export function toAnswerable(error: unknown, log: Pick<Logger, 'error'>, id?: string): GatewayError | CallerGone {
  if (error instanceof GatewayError || error instanceof CallerGone) return error;
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: '' };
  const at = stack?.split('\n').filter((frame) => /^\s+at /.test(frame));
  log.error(
    { request_id: id, error: name, at: at?.slice(0, 8) },
    'unexpected error in the gateway: the call was answered with 500',
  );
  return new GatewayError('unavailable', 'The gateway met an unexpected error; its log has the place.', {
    status: 500,
    reason: INTERNAL,
  });
}

/** Answers with an error: as JSON, or as the last event if a stream has begun. */
export function answerError(req: Request, res: Response, error: GatewayError | CallerGone): void {
  if (res.destroyed || res.writableEnded) return;
  if (error instanceof CallerGone) {
    res.destroy();
    return;
  }
  const body = JSON.stringify(error.body());
  if (res.headersSent) {
    const { socket } = res;
    res.end(`event: error\ndata: ${body}\n\n`, () => socket?.destroySoon());
    return;
  }
  // the rest of the body is not read, so the connection ends with the answer
  if (!req.complete) res.set('connection', 'close');
  res.status(error.status).set(error.headers()).type('application/json').send(body);
}

/** Makes the function that settles a call, and keeps its account for the log. */
export function createSettle(facts: Exchange['facts'], ticket: Ticket): Ticket['settle'] {
  return (outcome) => {
    if (facts.account === undefined && typeof outcome === 'object') facts.tokens = outcome.prompt + outcome.completion;
    return (facts.account = ticket.settle(outcome));
  };
}

/** The cost of an answer, as headers. */
export function accountHeaders({ cost, currency, usage }: LlmAccount): Record<string, string> {
  return { [llmHeaders.cost]: cost, [llmHeaders.currency]: currency, [llmHeaders.usage]: usage };
}
