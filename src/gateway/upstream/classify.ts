import { ChatRequest, EmbeddingsRequest } from '../../../schemas/llm';
import { StrangeEncoding } from '../../http/encodings';
import { GatewayError } from '../errors';

/** The words in which an upstream tells of an error. */
export interface Complaint {
  code: string;
  type: string;
  message: string;
  /** the parameter that it does not like */
  param: string;
}

/** An answer that tells of an error. */
export interface Refusal {
  /** undefined if the error came in an answer that began as a good one */
  status: number | undefined;
  headers: Headers;
  complaint: Complaint | undefined;
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

/** Turns every failure of a connection into one of our errors. */
export function classifyFailure(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (causes(error).some((one) => one instanceof StrangeEncoding)) {
    const what = 'The model’s server packs its answer in a way that is not unpacked here: it may use gzip or nothing.';
    return unavailable('encoding', what, { charged: true });
  }
  const codes = causes(error).flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  const unsent = codes.find((code) => NEVER_SENT.includes(code) || code.startsWith('ERR_TLS') || code.includes('CERT'));
  if (unsent !== undefined)
    return unavailable('connection_failed', 'The model’s server cannot be reached.', { status: 503 });
  if (codes.some((code) => /TIMEOUT|ETIMEDOUT/.test(code))) return timeout('The model’s server went silent.');
  return unavailable('connection_dropped', 'The connection to the model was dropped.', { charged: true });
}

/** True if an answer was lost on its way: one that was complete by then stays complete. */
export const isLoss = (error: unknown): boolean =>
  error instanceof GatewayError && ['connection_dropped', 'timeout'].includes(error.more.reason ?? '');

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

/** The error that an answer tells of, in any of the forms that servers have for it; undefined if it tells of none. */
export function complaintIn(answer: unknown): Complaint | undefined {
  const [first] = Array.isArray(answer) ? (answer as unknown[]) : [answer];
  if (typeof first !== 'object' || first === null) return undefined;
  const { error, object, choices } = first as { error?: unknown; object?: unknown; choices?: unknown };
  // some tell of it in the place of an answer
  const [choice] = (Array.isArray(choices) ? choices : []) as ({ error?: unknown } | null)[];
  const told = object === 'error' ? first : (error ?? choice?.error ?? false);
  if (told === false) return undefined;
  if (typeof told !== 'object') return { ...SILENT, message: typeof told === 'string' ? told : '' };
  const { code, type, message, param } = told as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
  return { code: text(code), type: text(type), message: text(message), param: text(param) };
}

const SILENT: Complaint = { code: '', type: '', message: '', param: '' };

/** Words of servers for the cases that a status alone does not tell. */
const TOO_LONG = /context.?length|context.?window|maximum context|too many tokens|prompt is too long|string_above_max/i;
const UNPAID = /insufficient_quota|billing_\w+|credit balance/i;
const FILTERED = /content.?filter|content.?policy|content_management|moderation|responsible.?ai|safety system/i;

/**
 * Turns an answer that tells of an error into one of ours. Nothing of upstream's text is passed on: a server that
 * repeats what it was sent repeats the key, in whatever form.
 */
export function classifyRefusal({ status: given, headers, complaint = SILENT }: Refusal): GatewayError {
  const { code, type, message } = complaint;
  const status = given ?? statusOf(code, type);
  const said = `${code} ${type} ${message}`;
  const charged = given === undefined;
  const told = charged ? 'an error in its answer' : status;
  const retryAfterMs = retryDelay(headers);

  if (status < 500 && TOO_LONG.test(said))
    return new GatewayError('context_too_long', 'The messages are longer than the model can take.', { charged });
  if (status < 500 && FILTERED.test(said))
    return new GatewayError('refused', 'The provider’s content filter refuses this.', {
      reason: 'content_filter',
      charged,
    });
  if ((status === 400 || status === 429) && UNPAID.test(said)) return unpaid(charged);
  switch (status) {
    case 401:
    case 403:
      return unavailable('upstream_auth', 'The provider does not accept the gateway’s own key: check it.', { charged });
    case 402:
      return unpaid(charged);
    case 408:
    case 504:
    case 524:
      return timeout(`The provider answered ${told}: it took too long.`);
    case 413:
      return new GatewayError('context_too_long', 'The request is larger than the provider takes.', { charged });
    case 429:
      return new GatewayError('rate_limited', 'The provider limits the rate of calls.', {
        reason: 'upstream',
        retryAfterMs: retryAfterMs ?? 5_000,
        charged,
      });
    case 503:
    case 529:
      return unavailable('upstream_overloaded', `The provider answered ${told}: it is overloaded or away.`, {
        status: 503,
        retryAfterMs,
        charged,
      });
  }
  if (status >= 400 && status < 500) {
    const reason = status === 404 ? 'model_not_found' : 'upstream';
    return new GatewayError('bad_request', `The provider refuses the request${objectionOf(complaint)}.`, {
      reason,
      charged,
    });
  }
  return unavailable('upstream_error', `The provider answered ${told}.`, { retryAfterMs, charged });
}

const unpaid = (charged: boolean) =>
  unavailable('upstream_quota', 'The gateway’s account with the provider is used up.', { status: 503, charged });

/** The statuses of errors that come without one, by their code or type. */
const STATUSES: readonly (readonly [RegExp, number])[] = [
  [/rate_limit/, 429],
  [/overloaded/, 503],
  [/insufficient_quota|billing/, 402],
  [/authentication|invalid_api_key|permission/, 401],
  [/timeout/, 504],
  [/too_large/, 413],
  [/not_found/, 404],
  [/invalid_request|content_filter|context_length/, 400],
];

function statusOf(code: string, type: string): number {
  if (/^[45]\d\d$/.test(code)) return Number(code);
  return STATUSES.find(([words]) => words.test(`${code} ${type}`))?.[1] ?? 500;
}

/** Milliseconds that a provider asks to wait, an hour at most; undefined if it names none that makes sense. */
function retryDelay(headers: Headers): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? NaN);
  const after = headers.get('retry-after') ?? '';
  const delay = Number.isFinite(ms) ? ms : /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1_000 : untilDate(after);
  return delay !== undefined && delay >= 0 ? Math.min(delay, 3_600_000) : undefined;
}

function untilDate(text: string): number | undefined {
  const date = text === '' ? NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/** Codes that tell a caller what to mend. */
const CODES = [
  'invalid_value',
  'invalid_type',
  'unsupported_value',
  'unsupported_parameter',
  'unknown_parameter',
  'missing_required_parameter',
  'invalid_function_parameters',
  'invalid_json_schema',
  'model_not_found',
  'string_above_max_length',
  'array_above_max_length',
  'array_below_min_length',
  'integer_above_max_value',
  'integer_below_min_value',
  'decimal_above_max_value',
  'decimal_below_min_value',
];
/** Parameters of the protocol, which a complaint may name. */
const PARAMETERS = [...Object.keys(ChatRequest.properties), ...Object.keys(EmbeddingsRequest.properties)];

/** The parameter and the code of a complaint, if they are words that we know. */
function objectionOf({ code, param, message }: Complaint): string {
  const [, name = '', item] =
    /^([a-z_]+)(?:[.[](\d{1,4})\b)?/.exec(param) ?? /^([a-z_]+)(?:\.(\d{1,4}))?[.:]/.exec(message) ?? [];
  const where = PARAMETERS.includes(name) ? ` at ${name}${item === undefined ? '' : `[${item}]`}` : '';
  const what = CODES.includes(code) ? ` (${code})` : '';
  return where + what;
}
