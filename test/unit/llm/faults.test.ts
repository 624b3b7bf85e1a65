import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { assertAnswered, llmFault } from '../../../activities/llm/faults';
import { toFailure } from '../../../activities/tools/errors';

const said = { text: '{}', refusal: null, finish: 'stop', model: 'm', tokens: 1, cost: 'unknown' };
/** The rest of an error of the gateway. */
const form = { type: 'x', param: null };
const answered = (status: number, error: object, headers: Record<string, string> = {}) =>
  APIError.generate(status, { error }, undefined, new Headers(headers));
const thrown = (work: () => void): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('what goes wrong in a call of a model', () => {
  it.each([
    ['rate_limited', 429, 'llm.rate_limited', 'transient'],
    ['budget_exceeded', 402, 'llm.budget_exceeded', 'policy'],
    ['refused', 422, 'llm.refused', 'permanent'],
    ['context_too_long', 413, 'llm.context_too_long', 'input'],
    ['unavailable', 503, 'llm.unavailable', 'transient'],
    ['bad_request', 400, 'llm.bad_request', 'permanent'],
    ['unauthorized', 401, 'llm.unauthorized', 'permanent'],
  ])('%s of the gateway has one type and one class', (code, status, type, kind) => {
    expect(llmFault(answered(status, { ...form, code, message: 'why' }))).toMatchObject({
      type,
      class: kind,
      message: 'why',
    });
  });

  it.each([
    ['run_tokens', 'limit.tokens'],
    ['run_money', 'limit.money'],
    ['tokens', 'llm.budget_exceeded'],
  ])('a budget that ends (%s) is a limit of the run, or of the gateway', (reason, type) => {
    const fault = llmFault(answered(402, { ...form, code: 'budget_exceeded', message: 'why', reason }));
    expect(fault).toMatchObject({ type, class: 'policy', message: 'why' });
  });

  it('the delay that a rate limit names is when Temporal tries again', () => {
    const fault = llmFault(answered(429, { ...form, code: 'rate_limited', message: 'slowly', retry_after_ms: 7_500 }));
    expect(toFailure(fault)).toMatchObject({ nonRetryable: false, nextRetryDelay: 7_500 });
    const elsewhere = llmFault(answered(429, { message: 'slowly' }, { 'retry-after': '3' }));
    expect(toFailure(elsewhere)).toMatchObject({ type: 'llm.rate_limited', nextRetryDelay: 3_000 });
  });

  it.each([
    [new APIConnectionError({ message: 'refused' }), 'connection'],
    [new APIConnectionTimeoutError(), 'timeout'],
    [new SyntaxError('Unexpected token < in JSON'), 'broken'],
  ])('a gateway that is away, silent or not a gateway is passing (%s)', (error, reason) => {
    expect(llmFault(error)).toMatchObject({ type: 'llm.unavailable', class: 'transient', details: { reason } });
  });

  it('a server that names no code of ours is judged by its status', () => {
    expect(llmFault(answered(401, { message: 'no' })).type).toBe('llm.unauthorized');
    expect(llmFault(answered(404, { message: 'no' })).type).toBe('llm.bad_request');
    expect(llmFault(answered(500, {})).type).toBe('llm.unavailable');
  });

  it('a server that is not the gateway is not quoted: it may repeat the key that it was sent', () => {
    const words = { message: 'no such key: sk-secret', code: 'invalid_api_key', reason: 'sk-secret' };
    const failure = toFailure(llmFault(answered(401, words)));
    expect(failure.message).toBe('the model’s server answered 401');
    expect(JSON.stringify([failure, failure.cause?.message, failure.details])).not.toContain('sk-secret');
  });

  it('a refusal and an answer that was cut short are errors of their own', () => {
    expect(thrown(() => assertAnswered({ ...said, refusal: 'I will not' }))).toMatchObject({
      ...{ type: 'llm.refused', class: 'permanent' },
      message: expect.not.stringContaining('I will not'),
    });
    expect(thrown(() => assertAnswered({ ...said, finish: 'content_filter' }))).toMatchObject({ type: 'llm.refused' });
    expect(thrown(() => assertAnswered({ ...said, finish: 'length' }))).toMatchObject({
      ...{ type: 'llm.truncated', class: 'permanent' },
    });
    expect(thrown(() => assertAnswered(said))).toBeUndefined();
  });
});
