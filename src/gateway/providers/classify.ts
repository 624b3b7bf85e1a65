import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { GatewayError } from '../errors';

/**
 * Turns every failure of an upstream into one of our errors, in this one place. Upstream's text is passed on only if it
 * tells the caller how to fix the request, and without `secrets`.
 */
export function classify(error: unknown, secrets: readonly string[] = []): GatewayError {
  if (error instanceof GatewayError) return error;
  if (error instanceof APIConnectionTimeoutError) return timeout('The model did not answer in time.');
  if (error instanceof APIConnectionError) return classifyConnection(error);
  if (error instanceof APIError) return classifyAnswer(error as Answered, secrets);
  // by its name, because a parser of another realm throws another class
  if ((error as Error | undefined)?.name === 'SyntaxError')
    return unavailable('broken_json', 'The model’s answer is broken JSON.', { charged: true });
  return classifyConnection(error);
}

export const timeout = (message: string) => unavailable('timeout', message, { status: 504, charged: true });

export function unavailable(
  reason: string,
  message: string,
  more: { status?: number; charged?: boolean; retryAfterMs?: number } = {},
): GatewayError {
  return new GatewayError('unavailable', message, { status: 502, reason, ...more });
}

/** Codes of connections that never came about, so that no model was asked. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

function classifyConnection(error: unknown): GatewayError {
  const codes = causes(error).flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  const unsent = codes.find((code) => NEVER_SENT.includes(code) || code.startsWith('ERR_TLS') || code.includes('CERT'));
  if (unsent !== undefined)
    return unavailable('connection_failed', 'The model’s server cannot be reached.', { status: 503 });
  if (codes.some((code) => /TIMEOUT|ETIMEDOUT/.test(code))) return timeout('The model’s server went silent.');
  return unavailable('connection_dropped', 'The connection to the model was dropped.', { charged: true });
}

function causes(error: unknown): { code?: unknown }[] {
  const found: { code?: unknown }[] = [];
  const look = (one: unknown): void => {
    if (typeof one !== 'object' || one === null || found.length > 20) return;
    found.push(one);
    const { errors } = one as { errors?: unknown };
    if (Array.isArray(errors)) errors.forEach(look);
    look((one as { cause?: unknown }).cause);
  };
  look(error);
  return found;
}

/** Words of servers that speak this protocol, for the two cases that a status alone does not tell. */
const TOO_LONG = /context.?length|context.?window|maximum context|too many tokens|prompt is too long|string_above_max/i;
const FILTERED = /content.?filter|content.?policy|content_management|moderation|responsible.?ai|safety system/i;

type Answered = APIError<number | undefined, Headers | undefined, object | undefined>;

/** Classifies an error that upstream answered with a status, or without one in the middle of a stream. */
function classifyAnswer(error: Answered, secrets: readonly string[]): GatewayError {
  const { code, type } = error;
  const status = error.status ?? statusOf(code, type);
  const said = `${code ?? ''} ${type ?? ''} ${error.message}`;
  const midStream = error.status === undefined;
  const retryAfterMs = retryDelay(error.headers);

  if (status < 500 && TOO_LONG.test(said))
    return new GatewayError('context_too_long', 'The messages are longer than the model can take.');
  if (status < 500 && FILTERED.test(said))
    return new GatewayError('refused', 'The provider’s content filter refuses this.', { reason: 'content_filter' });
  switch (status) {
    case 401:
    case 403:
      return unavailable('upstream_auth', 'The provider does not accept the gateway’s own key: check OPENAI_API_KEY.');
    case 402:
      return unavailable('upstream_quota', 'The gateway’s account with the provider has no money left.', {
        status: 503,
      });
    case 408:
    case 504:
    case 524:
      return timeout(`The provider answered ${status}: it took too long.`);
    case 413:
      return new GatewayError('context_too_long', 'The request is larger than the provider takes.');
    case 429:
      if (/insufficient_quota|billing/i.test(said))
        return unavailable('upstream_quota', 'The gateway’s account with the provider is used up.', { status: 503 });
      return new GatewayError('rate_limited', 'The provider limits the rate of calls.', {
        reason: 'upstream',
        retryAfterMs: retryAfterMs ?? 5_000,
        charged: midStream,
      });
    case 503:
    case 529:
      return unavailable('upstream_overloaded', `The provider answered ${status}: it is overloaded or away.`, {
        status: 503,
        retryAfterMs,
        charged: midStream,
      });
  }
  if (status >= 400 && status < 500) {
    const reason = status === 404 ? 'model_not_found' : 'upstream';
    return new GatewayError('bad_request', `The provider refuses the request: ${clean(error, secrets)}`, {
      reason,
      charged: midStream,
    });
  }
  return unavailable('upstream_error', `The provider answered ${midStream ? 'an error in its stream' : status}.`, {
    retryAfterMs,
    charged: midStream,
  });
}

/** The status that an error in the middle of a stream would have had. */
function statusOf(code: string | null | undefined, type: string | undefined): number {
  const said = `${code ?? ''} ${type ?? ''}`;
  if (/rate_limit/.test(said)) return 429;
  if (/overloaded/.test(said)) return 503;
  if (/invalid_request|content_filter|context_length/.test(said)) return 400;
  return /^[45]\d\d$/.test(code ?? '') ? Number(code) : 500;
}

/** Milliseconds that a provider asks to wait, an hour at most; undefined if it names none that makes sense. */
function retryDelay(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? NaN);
  const after = headers?.get('retry-after') ?? '';
  const delay = Number.isFinite(ms) ? ms : /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1_000 : untilDate(after);
  return delay !== undefined && delay >= 0 ? Math.min(delay, 3_600_000) : undefined;
}

function untilDate(text: string): number | undefined {
  const date = text === '' ? NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Upstream's message about a request, shortened, and without anything that looks like a key. */
function clean(error: Answered, secrets: readonly string[]): string {
  const { message } = (error.error ?? {}) as { message?: unknown };
  let text = typeof message === 'string' ? message : 'it says no more';
  for (const secret of secrets) if (secret !== '') text = text.replaceAll(secret, '[secret]');
  return text.replaceAll(/\b(sk|pk|key)-[\w*-]{6,}/gi, '[secret]').slice(0, 500);
}
