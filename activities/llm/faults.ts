import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { LlmError, type LlmErrorCode } from '../../schemas/llm';
import type { ErrorClass } from '../../schemas/tool';
import type { Said } from '../../src/llm/client';
import { validatorFor } from '../../src/contracts/validators';
import { ToolError } from '../tools/errors';

/** Faults of a model call, and the class of each: only a transient one may be tried again. */
export const llmErrors = {
  'llm.rate_limited': 'transient',
  'llm.unavailable': 'transient',
  'llm.budget_exceeded': 'policy',
  // what the policy allows the run, which a person may extend
  'limit.tokens': 'policy',
  'limit.money': 'policy',
  'llm.refused': 'permanent',
  'llm.truncated': 'permanent',
  'llm.bad_output': 'permanent',
  'llm.context_too_long': 'input',
  'llm.bad_request': 'permanent',
  'llm.unauthorized': 'permanent',
} as const satisfies Record<string, ErrorClass>;
export type LlmErrorType = keyof typeof llmErrors;

/** The one maker of these errors: the class follows from the type. */
export function llmError(
  type: LlmErrorType,
  message: string,
  more: { retryAfterMs?: number; reason?: string; cause?: unknown } = {},
): ToolError {
  const { retryAfterMs, reason, cause } = more;
  return new ToolError({
    class: llmErrors[type],
    type,
    message,
    retryAfterMs,
    details: reason === undefined ? undefined : { reason },
    cause,
  });
}

/** Meaning of a status without a code of ours: it comes from another server that speaks the protocol. */
const byStatus: Record<number, LlmErrorCode> = {
  401: 'unauthorized',
  402: 'budget_exceeded',
  403: 'unauthorized',
  413: 'context_too_long',
  422: 'bad_request',
  429: 'rate_limited',
};

/** Limits that the run brought itself, from its policy. */
const byReason: Record<string, LlmErrorType> = { run_tokens: 'limit.tokens', run_money: 'limit.money' };

/** Turns any error of the client into one of these. The message never holds a question or an answer. */
export function llmFault(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  if (error instanceof APIConnectionTimeoutError)
    return llmError('llm.unavailable', 'the gateway did not answer in time', { reason: 'timeout', cause: error });
  if (error instanceof APIConnectionError)
    return llmError('llm.unavailable', 'the gateway cannot be reached', { reason: 'connection', cause: error });
  if (error instanceof APIError) return answered(error as Answered);
  // the client throws an answer that is not JSON unchanged: another server than the gateway answers there
  return llmError('llm.unavailable', 'the answer of the gateway cannot be read', { reason: 'broken', cause: error });
}

type Answered = APIError<number | undefined, Headers | undefined, object | undefined>;

/** Words of the gateway are passed on. Those of another server may hold anything, the key that it was sent among them. */
function answered({ status = 500, error, headers }: Answered): ToolError {
  const checked = isOurs({ error });
  const said = checked.ok ? checked.value.error : undefined;
  const code = said?.code ?? byStatus[status] ?? (status < 500 ? 'bad_request' : 'unavailable');
  return llmError(
    byReason[said?.reason ?? ''] ?? `llm.${code}`,
    said?.message.slice(0, 500) ?? `the model’s server answered ${status}`,
    {
      retryAfterMs: said?.retry_after_ms ?? retryAfter(headers),
      reason: said?.reason,
    },
  );
}

const isOurs = validatorFor(LlmError);

function retryAfter(headers: Headers | undefined): number | undefined {
  const seconds = headers?.get('retry-after') ?? '';
  return /^\d{1,5}(\.\d+)?$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

/** Throws if the model refused or its answer was cut short. Its text is not repeated. */
export function assertAnswered({ refusal, finish, text }: Pick<Said, 'refusal' | 'finish' | 'text'>): void {
  if (refusal !== null || finish === 'content_filter')
    throw llmError('llm.refused', 'the model refuses to answer', { reason: finish ?? 'refusal' });
  if (finish === 'length') throw llmError('llm.truncated', 'the answer was cut short at its limit of tokens');
  if (text.trim() === '' && finish !== 'stop')
    throw llmError('llm.unavailable', 'the model said nothing', { reason: 'empty' });
}
