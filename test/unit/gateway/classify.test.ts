import { GatewayError } from '../../../src/gateway/errors';
import { StrangeEncoding } from '../../../src/http/encodings';
import { classifyFailure, classifyRefusal, complaintIn } from '../../../src/gateway/upstream/classify';

const answered = (status: number | undefined, error: object, headers: Record<string, string> = {}) =>
  classifyRefusal({ status, headers: new Headers(headers), complaint: complaintIn({ error }) });
const inStream = (error: object) => answered(undefined, error);
const dropped = (code: string) =>
  classifyFailure(Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code }) }));

describe('what an upstream does wrong', () => {
  it.each<[string, number, object, Partial<GatewayError>, Partial<GatewayError['more']>]>([
    ['a wrong parameter', 400, { message: 'no' }, { code: 'bad_request', status: 400 }, { reason: 'upstream' }],
    ['an unknown model', 404, { message: 'no' }, { code: 'bad_request', status: 400 }, { reason: 'model_not_found' }],
    ['a long prompt', 400, { code: 'context_length_exceeded' }, { code: 'context_too_long', status: 413 }, {}],
    ['a long prompt in words', 400, { message: 'maximum context length is 8' }, { code: 'context_too_long' }, {}],
    ['a large request', 413, { message: 'no' }, { code: 'context_too_long', status: 413 }, {}],
    ['a filter', 400, { code: 'content_filter' }, { code: 'refused', status: 422 }, { reason: 'content_filter' }],
    ['a policy', 403, { code: 'content_policy_violation' }, { code: 'refused' }, {}],
    ['a wrong key', 401, { message: 'sk-very-secret' }, { code: 'unavailable' }, { reason: 'upstream_auth' }],
    ['an empty account', 429, { code: 'insufficient_quota' }, { code: 'unavailable' }, { reason: 'upstream_quota' }],
    ['too many calls', 429, { message: 'slow' }, { code: 'rate_limited', status: 429 }, { retryAfterMs: 5_000 }],
    ['an error of its own', 500, {}, { code: 'unavailable', status: 502 }, { reason: 'upstream_error' }],
    ['overload', 529, {}, { code: 'unavailable', status: 503 }, { reason: 'upstream_overloaded', charged: false }],
    ['slowness', 504, {}, { code: 'unavailable', status: 504 }, { reason: 'timeout', charged: true }],
  ])('%s is typed', (_, status, error, expected, more) => {
    const found = answered(status, error);
    expect(found).toMatchObject({ ...expected, more });
    expect(JSON.stringify(found.body())).not.toContain('secret');
  });

  it('tells how long to wait, in whichever form it is said, and an hour at most', () => {
    const wait = (headers: Record<string, string>) => answered(429, {}, headers).more.retryAfterMs;
    expect(wait({ 'retry-after': '2' })).toBe(2_000);
    expect(wait({ 'retry-after-ms': '150', 'retry-after': '2' })).toBe(150);
    expect(wait({ 'retry-after': '9999999' })).toBe(3_600_000);
    expect(wait({ 'retry-after': 'soon' })).toBe(5_000);
    expect(wait({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() })).toBeGreaterThan(50_000);
    expect(answered(429, {}, { 'retry-after': '1.2' }).headers()).toEqual({ 'retry-after': '2' });
  });

  it('costs nothing where no connection came about, and may cost all where one was lost', () => {
    expect(dropped('ECONNREFUSED')).toMatchObject({ status: 503, more: { reason: 'connection_failed' } });
    expect(dropped('ECONNREFUSED').more.charged).toBeUndefined();
    expect(dropped('UND_ERR_SOCKET').more).toMatchObject({ reason: 'connection_dropped', charged: true });
    expect(dropped('UND_ERR_BODY_TIMEOUT')).toMatchObject({ status: 504, more: { reason: 'timeout', charged: true } });
    const packed = Object.assign(new TypeError('fetch failed'), { cause: new StrangeEncoding('br') });
    expect(classifyFailure(packed).more).toMatchObject({ reason: 'encoding', charged: true });
    expect(dropped('none').more).toMatchObject({ reason: 'connection_dropped', charged: true });
  });

  it('in the middle of a stream may have cost something', () => {
    expect(inStream({ code: 'rate_limit_exceeded' })).toMatchObject({
      code: 'rate_limited',
      more: { charged: true },
    });
    expect(inStream({ type: 'overloaded_error' })).toMatchObject({ status: 503, more: { charged: true } });
    expect(inStream({ message: 'odd' })).toMatchObject({ status: 502, more: { charged: true } });
    expect(inStream({ code: 429 })).toMatchObject({ status: 429 });
    expect(inStream({ type: 'authentication_error' })).toMatchObject({ more: { reason: 'upstream_auth' } });
  });

  it.each<[unknown, string | undefined]>([
    [{ error: { message: 'm', code: 'c' } }, 'c'],
    [[{ error: { message: 'm', code: 503 } }], '503'],
    [{ object: 'error', message: 'm', code: 400 }, '400'],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'm' } }, ''],
    [{ error: 'busy' }, ''],
    [{ choices: [{ finish_reason: 'error', error: { code: 502, message: 'm' } }] }, '502'],
    [{ error: null, choices: [{ error: null }] }, undefined],
    [{ choices: [] }, undefined],
    ['error', undefined],
    [null, undefined],
    [[], undefined],
  ])('is found in %j', (answer, code) => {
    expect(complaintIn(answer)?.code).toBe(code);
  });

  it.each<[object, string]>([
    [{ message: 'x', param: 'top_p', code: 'decimal_above_max_value' }, ' at top_p (decimal_above_max_value)'],
    [{ message: 'x', param: 'messages[3].content' }, ' at messages[3]'],
    [{ message: 'messages.12.content.0: no', type: 'invalid_request_error' }, ' at messages[12]'],
    [{ message: 'temperature: too warm' }, ' at temperature'],
    [{ message: 'your key: ab', param: 'authorization', code: 'odd' }, ''],
    [{}, ''],
  ])('is told to a caller who can mend it: %j', (error, where) => {
    expect(answered(400, error).message).toBe(`The provider refuses the request${where}.`);
  });

  it('is told without a word of the server, which may hold a key in any form', () => {
    const key = 'sk-abcdefghijklmnop1234';
    const forms = [
      key,
      [...key].reverse().join(''),
      [...key].join(' '),
      Buffer.from(key).toString('base64'),
      encodeURIComponent(key),
    ];
    for (const form of forms) {
      for (const status of [400, 401, 404, 413, 429, 500, 529, undefined]) {
        const error = { message: `see ${form}`, type: form, code: form, param: form };
        const told = answered(status, error, { 'retry-after': form });
        const words = JSON.stringify([told.body(), told.headers()]);
        for (let i = 0; i + 4 <= form.length; i++) expect(words).not.toContain(form.slice(i, i + 4));
      }
    }
  });

  it('is one of ours, always', () => {
    for (const odd of [undefined, null, 'text', 7, {}, new Error('x')])
      expect(classifyFailure(odd)).toBeInstanceOf(GatewayError);
  });
});
