import { LLMock } from '@copilotkit/aimock';
import type { ServerResponse } from 'node:http';
import type OpenAI from 'openai';
import { loadConfig } from '../../../src/config';
import { startGateway } from '../../../src/gateway/server';
import { until } from '../../support/until';
import { failure, PROVIDER_KEY, question, rawServer, testGateway, type RawServer, type TestGateway } from './support';

/**
 * A server that follows the public description of the Messages API (anthropic-version 2023-06-01): what it says of a
 * request it refuses, and its answers have all that the real ones have.
 */
interface Script {
  content: object[];
  stop_reason: string;
  stop_details?: object;
  usage?: object;
}
type Body = { [name: string]: unknown; messages: { role: string; content: { type: string }[] }[]; tools?: object[] };

const usage = { input_tokens: 100, cache_creation_input_tokens: 400, cache_read_input_tokens: 500, output_tokens: 20 };
let script: Script;
let misbehave: ((res: ServerResponse) => void) | undefined;
let server: RawServer;
let gateway: TestGateway;

beforeAll(async () => {
  server = await rawServer((res) => {
    const { path, headers, body } = server.seen.at(-1) as RawServer['seen'][number];
    const asked = JSON.parse(body) as Body;
    if (misbehave) misbehave(res);
    else if (path !== '/v1/messages') refuse(res, 404, 'not_found_error', 'no such address');
    else if (headers['x-api-key'] !== PROVIDER_KEY) refuse(res, 401, 'authentication_error', 'invalid x-api-key');
    else if (headers['anthropic-version'] !== '2023-06-01') refuse(res, 400, 'invalid_request_error', 'version');
    else {
      const objection = objectionTo(asked);
      if (objection !== undefined) refuse(res, 400, 'invalid_request_error', objection);
      else if (asked.stream === true) stream(res);
      else res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message()));
    }
  });
  gateway = await testGateway({
    LLM_PROVIDER: 'anthropic',
    ANTHROPIC_BASE_URL: server.url.replace('/v1', ''),
    OPENAI_TIMEOUT_S: '1',
  });
});
beforeEach(() => {
  script = { content: [{ type: 'text', text: 'It is paid.', citations: null }], stop_reason: 'end_turn' };
  misbehave = undefined;
});

const refuse = (res: ServerResponse, status: number, type: string, words: string) =>
  res
    .writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' })
    .end(JSON.stringify({ type: 'error', error: { type, message: words }, request_id: 'req_1' }));

const message = (more: object = {}) => ({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-haiku-4-5-20251001', container: null },
  ...{ stop_sequence: null, stop_details: null, usage: { ...usage, service_tier: 'standard', inference_geo: 'eu' } },
  ...script,
  ...more,
});

/** The words of a refusal; undefined if the request is a good one. */
function objectionTo({ max_tokens, messages, temperature, output_config }: Body): string | undefined {
  if (typeof max_tokens !== 'number') return 'max_tokens: Field required';
  if (max_tokens > 64_000) return `max_tokens: ${max_tokens} > 64000, which is the maximum allowed number`;
  if (temperature !== undefined && temperature !== 1) return 'temperature: is deprecated for this model';
  if (messages[0]?.role !== 'user') return 'messages.0.role: must be user';
  for (const [i, { content }] of messages.entries()) {
    if (content.length === 0) return `messages.${i}.content: must not be empty`;
    for (const { type } of content)
      if (type === 'text' && (content as never)['text'] === '') return `messages.${i}: empty`;
    const called = (messages[i - 1]?.content ?? []).filter(({ type }) => type === 'tool_use').length;
    if (content.filter(({ type }) => type === 'tool_result').length !== called)
      return `messages.${i}: results of tools`;
  }
  const schema = (output_config as { format?: { schema?: object } } | undefined)?.format?.schema;
  if (schema && !JSON.stringify(schema).includes('"additionalProperties":false')) return 'output_config.format.schema';
  return /"(minimum|maxLength|pattern)":/.test(JSON.stringify(schema ?? {}))
    ? 'output_config.format.schema'
    : undefined;
}

/** The same answer as events, in small pieces, with pings and events that nobody knows. */
function stream(res: ServerResponse, end: (res: ServerResponse) => void = (open) => open.end()): void {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (type: string, more: object = {}) =>
    void res.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
  const { output_tokens, ...ofPrompt } = { ...usage, ...script.usage };
  send('message_start', {
    message: message({ content: [], stop_reason: null, usage: { ...ofPrompt, output_tokens: 1 } }),
  });
  send('ping');
  send('a_new_kind_of_event', { more: { things: [1] } });
  for (const [index, block] of script.content.entries()) {
    const { type, text, thinking, input, ...rest } = block as Record<string, unknown>;
    const empty =
      type === 'text' ? { text: '' } : type === 'thinking' ? { thinking: '', signature: '' } : { input: {} };
    send('content_block_start', { index, content_block: { type, ...rest, ...empty } });
    const piece = (delta: object) => send('content_block_delta', { index, delta });
    for (const part of String(text ?? '').match(/.{1,4}/g) ?? []) piece({ type: 'text_delta', text: part });
    for (const part of String(thinking ?? '').match(/.{1,4}/g) ?? []) piece({ type: 'thinking_delta', thinking: part });
    if (thinking !== undefined) piece({ type: 'signature_delta', signature: 'c2ln' });
    const json = input === undefined || JSON.stringify(input) === '{}' ? '' : JSON.stringify(input);
    if (input !== undefined) piece({ type: 'input_json_delta', partial_json: '' });
    for (const part of json.match(/.{1,4}/g) ?? []) piece({ type: 'input_json_delta', partial_json: part });
    send('content_block_stop', { index });
  }
  const { stop_reason, stop_details = null } = script;
  send('message_delta', { delta: { stop_reason, stop_details, stop_sequence: null }, usage: { output_tokens } });
  if (end !== undefined) send('message_stop');
  end(res);
}

const ask = (more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}) =>
  gateway.client.chat.completions.create({ ...question(), ...more });

async function streamed(more: Partial<OpenAI.ChatCompletionCreateParamsStreaming> = {}) {
  const given = { ...question(), stream: true as const, stream_options: { include_usage: true }, ...more };
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of await gateway.client.chat.completions.create(given)) chunks.push(chunk);
  const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta ?? []) as Record<string, string | undefined>[];
  const join = (name: string) => deltas.map((delta) => delta[name] ?? '').join('');
  const finishes = chunks.flatMap(({ choices }) => choices[0]?.finish_reason ?? []);
  return { chunks, deltas, join, finishes, last: chunks.at(-1) };
}

const lastLine = () => JSON.parse(gateway.logged().trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
const lastBody = () => JSON.parse(server.seen.at(-1)?.body ?? '{}') as Body;
const weather = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};
const tools = [weather];
/** 100 × 1 + 400 × 1.25 + 500 × 0.10 + 20 × 5, by the million */
const COST = '0.00075';

describe('the gateway in front of Anthropic', () => {
  it('answers in the words of the OpenAI protocol, with what it cost, the cache included', async () => {
    const { data, response } = await ask().withResponse();
    expect(data).toMatchObject({
      object: 'chat.completion',
      model: 'claude-haiku-4-5-20251001',
      choices: [
        { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'It is paid.', refusal: null } },
      ],
      usage: {
        ...{ prompt_tokens: 1_000, completion_tokens: 20, total_tokens: 1_020 },
        prompt_tokens_details: { cached_tokens: 500, cache_write_tokens: 400 },
      },
    });
    expect(response.headers.get('x-awe-cost')).toBe(COST);
    expect(response.headers.get('x-awe-usage')).toBe('reported');
    expect(lastBody()).toMatchObject({ model: 'claude-haiku-4-5', max_tokens: 50 });
    expect(server.seen.at(-1)?.headers).not.toHaveProperty('authorization');
  });

  it('streams the same, with usage and cost once', async () => {
    const { chunks, join, finishes, last } = await streamed();
    expect([join('content'), finishes]).toEqual(['It is paid.', ['stop']]);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.filter((chunk) => chunk.usage)).toHaveLength(1);
    expect(last).toMatchObject({
      choices: [],
      usage: { total_tokens: 1_020, prompt_tokens_details: { cache_write_tokens: 400 } },
      awe: { cost: COST, currency: 'USD', usage: 'reported' },
    });
  });

  it('passes calls of tools on, in one piece and in a stream, with and without arguments', async () => {
    const input = { city: 'Rome', days: [1, 2] };
    script = {
      content: [
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'toolu_1', name: 'weather', input },
        { type: 'tool_use', id: 'toolu_2', name: 'now', input: {} },
      ],
      stop_reason: 'tool_use',
    };
    const answer = await ask({ tools });
    const calls = [
      { id: 'toolu_1', type: 'function', function: { name: 'weather', arguments: JSON.stringify(input) } },
      { id: 'toolu_2', type: 'function', function: { name: 'now', arguments: '{}' } },
    ];
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: 'I look.', tool_calls: calls },
    });
    const runner = gateway.client.chat.completions.stream({ ...question(), tools });
    expect((await runner.finalChatCompletion()).choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: 'I look.', tool_calls: calls.map((call) => expect.objectContaining(call)) },
    });
    const messages = [
      ...question().messages,
      { ...answer.choices[0]?.message },
      ...calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: 'sun' })),
    ] as OpenAI.ChatCompletionMessageParam[];
    expect((await ask({ tools, messages })).choices).toHaveLength(1);
  });

  it('holds an answer to its form, of which the server takes a part and is told the rest', async () => {
    script.content = [{ type: 'text', text: '{"total":3}' }];
    const schema = { type: 'object', properties: { total: { type: 'integer', minimum: 0 } }, required: ['total'] };
    const response_format = { type: 'json_schema' as const, json_schema: { name: 't', strict: true, schema } };
    expect(JSON.parse((await ask({ response_format })).choices[0]?.message.content ?? '')).toEqual({ total: 3 });
    expect(lastBody().output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          ...{ type: 'object', required: ['total'], additionalProperties: false },
          properties: { total: { type: 'integer', description: '{minimum: 0}' } },
        },
      },
    });
    expect((await streamed({ response_format })).join('content')).toBe('{"total":3}');
  });

  it('asks for the cache where its caller does', async () => {
    const messages = [{ role: 'system' as const, content: 'be brief' }, ...question().messages];
    await ask({ messages, prompt_cache_key: 'brief' });
    expect(lastBody()).toMatchObject({
      cache_control: { type: 'ephemeral' },
      system: [{ text: 'be brief', cache_control: { type: 'ephemeral' } }],
    });
  });

  it('tells what a model has thought, apart from what it says', async () => {
    script.content = [{ type: 'thinking', thinking: 'paid?', signature: 'c2ln' }, ...script.content];
    expect((await ask()).choices[0]?.message).toMatchObject({ content: 'It is paid.', reasoning_content: 'paid?' });
    const { join } = await streamed();
    expect([join('reasoning_content'), join('content')]).toEqual(['paid?', 'It is paid.']);
  });

  it.each([
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['stop_sequence', 'stop'],
    ['a_new_reason', 'stop'],
  ])('says of an end by %s that it is %s', async (stop_reason, finish) => {
    script.stop_reason = stop_reason;
    expect((await ask()).choices[0]?.finish_reason).toBe(finish);
    expect((await streamed()).finishes).toEqual([finish]);
  });

  it('tells of a refusal in its own words', async () => {
    script = {
      content: [{ type: 'text', text: 'half' }],
      stop_reason: 'refusal',
      stop_details: { type: 'refusal', category: 'cyber', explanation: PROVIDER_KEY },
    };
    const refusal = 'The model declines to answer (cyber).';
    expect((await ask()).choices[0]).toMatchObject({
      finish_reason: 'content_filter',
      message: { content: null, refusal },
    });
    const { join, finishes, chunks } = await streamed();
    expect([join('refusal'), finishes]).toEqual([refusal, ['content_filter']]);
    expect(JSON.stringify(chunks)).not.toContain(PROVIDER_KEY);
  });

  it.each<[string, Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>, RegExp]>([
    ['refuses by its name what Anthropic does not have', { seed: 7 }, /no seed/],
    ['says at which parameter a request was refused', { temperature: 0 }, /refuses the request at temperature/],
    ['says so of a limit too', { max_completion_tokens: 100_000 }, /refuses the request at max_tokens/],
  ])('%s', async (_, more, words) => {
    const error = await failure(ask(more));
    expect(error).toMatchObject({ status: 400, code: 'bad_request', message: expect.stringMatching(words) });
    expect((error.headers as Headers).get('x-awe-cost')).toBe('0');
  });

  it.each([
    [401, 'authentication_error', 'invalid x-api-key', 502, 'upstream_auth'],
    [403, 'permission_error', 'no', 502, 'upstream_auth'],
    [402, 'billing_error', 'no', 503, 'upstream_quota'],
    [400, 'invalid_request_error', 'Your credit balance is too low to access the API', 503, 'upstream_quota'],
    [400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum', 413, undefined],
    [404, 'not_found_error', 'model: x', 400, 'model_not_found'],
    [413, 'request_too_large', 'no', 413, undefined],
    [429, 'rate_limit_error', 'no', 429, 'upstream'],
    [500, 'api_error', 'no', 502, 'upstream_error'],
    [504, 'timeout_error', 'no', 504, 'timeout'],
    [529, 'overloaded_error', 'Overloaded', 503, 'upstream_overloaded'],
  ])('types an answer of %s %s (%s)', async (given, type, words, status, reason) => {
    misbehave = (res) => refuse(res, given, type, words);
    for (const call of [() => ask(), () => ask({ stream: true } as never)]) {
      const error = await failure(call());
      expect([error.status, (error.error as { reason?: string }).reason]).toEqual([status, reason]);
    }
  });

  it('has no embeddings, and says so', async () => {
    const call = gateway.client.embeddings.create({ model: 'default', input: 'x' });
    expect(await failure(call)).toMatchObject({ status: 400, error: { reason: 'unsupported' } });
  });

  it('needs a key', async () => {
    const config = loadConfig({ AWE_ENV: 'test', LLM_PROVIDER: 'anthropic', AWE_STATE_DIR: gateway.dir });
    await expect(startGateway(config, {} as never, { secrets: { apiKey: undefined } })).rejects.toThrow(
      'LLM_PROVIDER=anthropic needs ANTHROPIC_API_KEY.',
    );
  });
});

describe('a stream of Anthropic that is out of order', () => {
  const begun = (then: (res: ServerResponse) => void) => (res: ServerResponse) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    const start = { type: 'message_start', message: message({ content: [], stop_reason: null }) };
    const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'half' } };
    res.write(`data: ${JSON.stringify(start)}\n\ndata: ${JSON.stringify(delta)}\n\n`, () =>
      setTimeout(() => then(res), 50),
    );
  };

  it.each<[string, (res: ServerResponse) => void, string]>([
    ['ends too early', (res) => res.end(), 'stream_incomplete'],
    ['ends in the middle of a line', (res) => res.end('data: {"type": "mess'), 'stream_incomplete'],
    ['is dropped', (res) => res.destroy(), 'connection_dropped'],
    ['falls silent', () => undefined, 'timeout'],
    ['is garbage', (res) => res.end('data: {{{\n\n'), 'broken_json'],
    ['has another form', (res) => res.end('data: {"type": 5}\n\n'), 'broken_answer'],
    [
      'tells of an error',
      (res) =>
        res.end('event: error\ndata: {"type": "error", "error": {"type": "overloaded_error", "message": "x"}}\n\n'),
      'upstream_overloaded',
    ],
  ])('and %s ends in an error event, and is accounted for at the bound', async (_, then, reason) => {
    misbehave = begun(then);
    expect(await failure(streamed())).toMatchObject({ error: { reason } });
    await until(() => lastLine().usage === 'bound');
  });

  it.each<[string, (res: ServerResponse) => void]>([
    ['is dropped', (res) => res.destroy()],
    ['falls silent', () => undefined],
    ['ends without a blank line', (res) => res.end('data: {"type":"message_stop"}')],
  ])('and %s after its answer was complete is passed on as complete', async (_, then) => {
    misbehave = (res) => stream(res, (open) => setTimeout(() => then(open), 50));
    const { join, last } = await streamed();
    expect([join('content'), (last as { awe?: object }).awe]).toMatchObject(['It is paid.', { usage: 'reported' }]);
  });
});

describe('the gateway in front of a server of the Messages API that we did not write', () => {
  const upstream = new LLMock({ port: 0, logLevel: 'silent' });
  beforeAll(async () => {
    await upstream.start();
    gateway = await testGateway({ LLM_PROVIDER: 'anthropic', ANTHROPIC_BASE_URL: upstream.url });
  });
  afterAll(() => upstream.stop());
  beforeEach(() => void upstream.clearFixtures());

  it('understands it: words, tools and thoughts, in one piece and in a stream', async () => {
    upstream.onMessage(/./, { content: 'It is paid.', reasoning: 'hm', usage: { input_tokens: 10, output_tokens: 5 } });
    expect((await ask()).choices[0]?.message).toMatchObject({ content: 'It is paid.', reasoning_content: 'hm' });
    const { join, last } = await streamed();
    expect([join('content'), join('reasoning_content')]).toEqual(['It is paid.', 'hm']);
    expect(last?.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 5 });
    upstream.clearFixtures();
    upstream.onMessage(/./, { toolCalls: [{ name: 'weather', arguments: '{"city":"Rome"}' }] });
    const call = { function: { name: 'weather', arguments: '{"city":"Rome"}' } };
    expect((await ask({ tools })).choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [call] },
    });
  });
});
