import { LLMock } from '@copilotkit/aimock';
import type OpenAI from 'openai';
import { failure, inFrontOf, PROVIDER_KEY, question, SECRET_WORDS, type TestGateway } from './support';

/** An OpenAI-compatible server that we did not write. */
const upstream = new LLMock({ port: 0, logLevel: 'silent' });
let gateway: TestGateway;
beforeAll(async () => {
  await upstream.start();
  gateway = await inFrontOf(`${upstream.url}/v1`, { LLM_MODELS: 'small=gpt-4.1-nano' });
});
afterAll(() => upstream.stop());
beforeEach(() => {
  upstream.clearFixtures();
  upstream.clearRequests();
});

const usage = { prompt_tokens: 1_000, completion_tokens: 100, total_tokens: 1_100 };
const weather = { type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } };
const ask = (more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}) =>
  gateway.client.chat.completions.create({ ...question(), ...more });

async function streamed(more: Partial<OpenAI.ChatCompletionCreateParamsStreaming> = {}) {
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  let error: unknown;
  try {
    const stream = await gateway.client.chat.completions.create({
      ...question(),
      stream: true,
      stream_options: { include_usage: true },
      ...more,
    });
    for await (const chunk of stream) chunks.push(chunk);
  } catch (reason) {
    error = reason;
  }
  const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
  return { chunks, text, error };
}

describe('the gateway in front of a server', () => {
  it('passes an answer on, with what it cost', async () => {
    upstream.onMessage(/Havisham/, { content: 'It is paid.', usage });
    const { data, response } = await ask().withResponse();
    expect(data.choices[0]?.message.content).toBe('It is paid.');
    expect(response.headers.get('x-awe-cost')).toBe('0.00021');
    expect(response.headers.get('x-awe-usage')).toBe('reported');
  });

  it('asks with its own key, tells nothing of its caller, and names the model that is meant', async () => {
    upstream.onMessage(/./, { content: 'yes' });
    await ask({ temperature: 0, seed: 7 });
    await ask({ model: 'small' });
    const [first, second] = upstream.getRequests();
    expect(JSON.stringify(first?.headers)).not.toContain('caller-key');
    expect(Object.keys(first?.headers ?? {}).filter((name) => name.startsWith('x-awe'))).toEqual([]);
    expect(first?.body).toMatchObject({ model: 'gpt-4o-mini', temperature: 0, seed: 7, max_completion_tokens: 50 });
    expect(first?.body).not.toHaveProperty('max_tokens');
    expect(second?.body).toMatchObject({ model: 'gpt-4.1-nano' });
  });

  it('asks for nothing that means nothing, which some servers refuse', async () => {
    upstream.onMessage(/./, { content: 'yes' });
    await ask({
      store: false,
      service_tier: 'auto',
      parallel_tool_calls: false,
      tool_choice: 'none',
      tools: [],
      n: null,
    });
    const body = upstream.getLastRequest()?.body ?? {};
    for (const name of ['store', 'service_tier', 'parallel_tool_calls', 'tool_choice', 'tools', 'n'])
      expect(body).not.toHaveProperty(name);
  });

  it('passes calls of tools on, in one piece and in a stream', async () => {
    upstream.onMessage(/./, { toolCalls: [{ name: 'weather', arguments: '{"city":"Rome"}' }] });
    const answer = await ask({ tools: [weather] });
    const called = { function: { name: 'weather', arguments: '{"city":"Rome"}' } };
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { tool_calls: [called] } });
    const { chunks } = await streamed({ tools: [weather] });
    const parts = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
    expect(parts.map((part) => part.function?.arguments ?? '').join('')).toBe('{"city":"Rome"}');
  });

  it('passes structured output on as it is asked for', async () => {
    upstream.on({ userMessage: /./ }, { content: '{"total":3}' });
    const schema = { type: 'object', properties: { total: { type: 'integer' } }, required: ['total'] };
    const answer = await ask({
      response_format: { type: 'json_schema', json_schema: { name: 't', strict: true, schema } },
    });
    expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toEqual({ total: 3 });
    expect(upstream.getLastRequest()?.body).toMatchObject({ response_format: { json_schema: { schema } } });
  });

  it('passes an answer on that was cut short, for the caller to see', async () => {
    upstream.onMessage(/./, { content: '{"tot', finishReason: 'length' });
    expect((await ask()).choices[0]).toMatchObject({ finish_reason: 'length', message: { content: '{"tot' } });
  });

  it('streams as it comes, and accounts at the end', async () => {
    upstream.onMessage(/./, { content: 'It is paid, and has been for a while.', usage }, { chunkSize: 5 });
    const { chunks, text, error } = await streamed();
    expect(error).toBeUndefined();
    expect(text).toBe('It is paid, and has been for a while.');
    expect(chunks.at(-1)).toMatchObject({ choices: [], awe: { cost: '0.00021', currency: 'USD', usage: 'reported' } });
  });

  it('embeds', async () => {
    upstream.onEmbedding(/./, { embedding: [0.25, -0.5, 1] });
    const { data } = await gateway.client.embeddings.create({ model: 'default', input: 'a text' });
    expect(data[0]?.embedding).toEqual([0.25, -0.5, 1]);
    expect(upstream.getLastRequest()?.body).toMatchObject({ model: 'text-embedding-3-small' });
  });

  it.each([
    [429, { code: 'rate_limit_exceeded' }, { status: 429, code: 'rate_limited' }],
    [429, { code: 'insufficient_quota' }, { status: 503, code: 'unavailable' }],
    [400, { code: 'context_length_exceeded' }, { status: 413, code: 'context_too_long' }],
    [400, { code: 'content_filter' }, { status: 422, code: 'refused' }],
    [
      400,
      { message: 'top_p: is odd' },
      { status: 400, code: 'bad_request', message: expect.stringMatching(/refuses the request at top_p\.$/) },
    ],
    [404, { code: 'model_not_found' }, { status: 400, code: 'bad_request' }],
    [
      401,
      { message: `no such key ${PROVIDER_KEY}` },
      { status: 502, code: 'unavailable', error: expect.objectContaining({ reason: 'upstream_auth' }) },
    ],
    [500, {}, { status: 502, code: 'unavailable' }],
    [503, {}, { status: 503, code: 'unavailable' }],
  ])('types an answer of %s %j, and takes no money for it', async (status, body, expected) => {
    for (const call of [() => ask(), () => ask({ stream: true } as never)]) {
      upstream.nextRequestError(status, { message: 'no', type: 'error', ...body });
      const error = await failure(call());
      expect(error).toMatchObject(expected);
      expect((error.headers as Headers).get('x-awe-cost')).toBe('0');
      expect(JSON.stringify(error.error)).not.toContain(PROVIDER_KEY);
    }
  });

  it('passes on how long to wait', async () => {
    upstream.onMessage(/./, {
      error: { message: 'slow down', code: 'rate_limit_exceeded' },
      status: 429,
      retryAfter: 7,
    });
    const error = await failure(ask());
    expect(error.error).toMatchObject({ code: 'rate_limited', reason: 'upstream', retry_after_ms: 7_000 });
    expect((error.headers as Headers).get('retry-after')).toBe('7');
  });

  it('tells of a stream that breaks off as an event, and counts it in full', async () => {
    upstream.onMessage(/./, { content: 'word '.repeat(50) }, { chunkSize: 5, truncateAfterChunks: 4, latency: 20 });
    const { text, error } = await streamed();
    expect(text).toMatch(/^(word ?)+/);
    expect(error).toMatchObject({
      code: 'unavailable',
      error: { code: 'unavailable', reason: expect.stringMatching(/stream_incomplete|connection_dropped/) },
    });
    expect(gateway.logged().trim().split('\n').at(-1)).toContain('"usage":"bound"');
  });

  it('types an answer that is malformed, or never comes', async () => {
    upstream.onMessage(/./, { content: 'x' }, { chaos: { malformedRate: 1 } });
    expect(await failure(ask())).toMatchObject({ status: 502, code: 'unavailable' });
    upstream.clearFixtures();
    upstream.onMessage(/./, { content: 'x' }, { chaos: { disconnectRate: 1 } });
    expect(await failure(ask())).toMatchObject({ status: 502, error: { reason: 'connection_dropped' } });
  });

  it('has logged neither keys, nor what was asked, nor what was answered', () => {
    expect(gateway.logged()).toContain('"outcome":"ok"');
    for (const secret of [PROVIDER_KEY, 'caller-key', SECRET_WORDS, 'It is paid'])
      expect(gateway.logged()).not.toContain(secret);
  });
});
