import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { problemsOf } from '../../unit/telemetry/text-format';
import { clientOf, failure, question, SECRET_WORDS, testGateway, type TestGateway } from './support';

describe('the gateway with its rules', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await testGateway();
  });

  it('answers the official client, and says what it cost and that rules have answered', async () => {
    const { data, response } = await gateway.client.chat.completions
      .create(question(), { headers: { 'x-awe-task': 'echo', 'x-awe-run': 'audit.audit.1' } })
      .withResponse();
    expect(data).toMatchObject({ model: 'mock-rules', system_fingerprint: 'awe-mock' });
    expect(data.choices[0]?.message.content).toBe(SECRET_WORDS);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-awe-cost': '0',
      'x-awe-cost-currency': 'USD',
      'x-awe-usage': 'estimated',
      'x-awe-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('streams to the official client, with what it cost at the end', async () => {
    const stream = await gateway.client.chat.completions.create(
      { ...question('one two three'), stream: true, stream_options: { include_usage: true } },
      { headers: { 'x-awe-task': 'echo' } },
    );
    let text = '';
    let last: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      last = chunk;
    }
    expect(text).toBe('one two three');
    expect(last).toMatchObject({
      choices: [],
      usage: { estimated: true },
      awe: { cost: '0', currency: 'USD', usage: 'estimated' },
    });
  });

  it('says nothing of usage in a stream unless it is asked to', async () => {
    const stream = await gateway.client.chat.completions.create({ ...question('a b'), stream: true });
    for await (const chunk of stream) {
      expect(chunk).not.toHaveProperty('usage');
      expect(chunk.choices).toHaveLength(1);
    }
  });

  it('answers structured output that keeps its schema', async () => {
    const schema = {
      type: 'object',
      properties: { n: { type: 'integer', minimum: 3 } },
      required: ['n'],
      additionalProperties: false,
    };
    const answer = await gateway.client.chat.completions.create({
      ...question(),
      response_format: { type: 'json_schema', json_schema: { name: 'n', strict: true, schema } },
    });
    expect(JSON.parse(answer.choices[0]?.message.content ?? '')).toEqual({ n: 3 });
  });

  it('embeds for the official client', async () => {
    const { data, model } = await gateway.client.embeddings.create({ model: 'default', input: ['a b', 'a b'] });
    expect(model).toBe('mock-rules');
    expect(data[0]?.embedding).toHaveLength(512);
    expect(data[0]?.embedding).toEqual(data[1]?.embedding);
  });

  it('lists its models', async () => {
    const models = [];
    for await (const model of gateway.client.models.list()) models.push(model.id);
    expect(models).toEqual(['default', 'mock-rules']);
    expect(await failure(gateway.client.models.retrieve('none'))).toMatchObject({ status: 404 });
  });

  it.each([
    [
      'an unknown parameter',
      { ...question(), store: true, service_tier: 'priority' },
      /\/store is not a known name here/,
    ],
    ['no message', { model: 'default', messages: [] }, /\/messages must have at least 1 item/],
    [
      'a role that there is not',
      { model: 'default', messages: [{ role: 'boss', content: 'x' }] },
      /\/messages\/0\/role/,
    ],
    ['two limits', { ...question(), max_tokens: 3 }, /are one limit/],
    ['a model’s name that is none', { ...question(), model: '../../etc' }, /\/model must match/],
    [
      'a format without its schema',
      { ...question(), response_format: { type: 'json_schema' } },
      /json_schema is missing/,
    ],
    [
      'too many messages',
      { model: 'default', messages: Array(1_001).fill({ role: 'user', content: 'x' }) },
      /at most 1000 items/,
    ],
  ])('refuses %s by its name', async (_, body, message) => {
    const error = await failure(gateway.client.chat.completions.create(body as never));
    expect(error).toMatchObject({ status: 400, code: 'bad_request', message: expect.stringMatching(message) });
  });

  it('takes what clients send by themselves and what costs nothing', async () => {
    const nothing = { store: false, service_tier: 'auto', parallel_tool_calls: true, tools: [], tool_choice: 'auto' };
    const nulls = { n: null, stop: null, audio: null, function_call: null, prediction: null, logit_bias: null };
    const said = { role: 'assistant', content: 'x', refusal: null, tool_calls: null, function_call: null, audio: null };
    const messages = [...question().messages, said, ...question().messages];
    const answer = await gateway.client.chat.completions.create({
      ...question(),
      ...nothing,
      ...nulls,
      messages,
    } as never);
    expect(answer.choices).toHaveLength(1);
    const embeddings = { model: 'default', input: 'x', dimensions: null, user: null };
    expect((await gateway.client.embeddings.create(embeddings as never)).data).toHaveLength(1);
  });

  it('refuses nesting without an end, and bodies without an end', async () => {
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const post = (body: string | Buffer, type = 'application/json', encoding = 'identity') =>
      fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        body,
        headers: { 'content-type': type, 'content-encoding': encoding },
      });
    const nested = await post(`{"model":"m","messages":[{"role":"user","content":"x"}],"metadata":{"a":${deep}}}`);
    expect([nested.status, await nested.json()]).toMatchObject([400, { error: { code: 'bad_request', param: null } }]);
    const large = await post(JSON.stringify(question('x'.repeat(11 * 1024 * 1024))));
    expect([large.status, await large.json()]).toMatchObject([413, { error: { code: 'context_too_long' } }]);
    const broken = await post(`{"secret": "${SECRET_WORDS}"`);
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { message: 'The body is not JSON.' } }]);
    expect((await post('a=b', 'application/x-www-form-urlencoded')).status).toBe(415);
    const body = JSON.stringify(question());
    expect((await post(gzipSync(body), 'application/json', 'gzip')).status).toBe(200);
    expect((await post(brotliCompressSync(body), 'application/json', 'br')).status).toBe(415);
  });

  it('answers every other address in the same form', async () => {
    const get = async (path: string, init?: RequestInit) => {
      const answer = await fetch(gateway.url + path, init);
      return [answer.status, ((await answer.json()) as { error?: { code: string } }).error?.code];
    };
    expect(await get('/v1/completions', { method: 'POST' })).toEqual([404, 'bad_request']);
    expect(await get('/v1/chat/completions')).toEqual([405, 'bad_request']);
    expect(await get('/v1/models/%E0%A4%A')).toEqual([400, 'bad_request']);
    expect(await get('/ready')).toEqual([200, undefined]);
    expect(await get('/health')).toEqual([200, undefined]);
  });

  it('answers no page of a browser, and no name that is not this machine’s', async () => {
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' };
    const page = await fetch(`${gateway.url}/v1/models`, { headers });
    expect(page.status).toBe(401);
    const rebound = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
      socket.on('data', (data) => resolve(data.toString()));
      socket.write('GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    });
    expect(rebound).toMatch(/^HTTP\/1.1 401/);
  });

  it('refuses headers that are no names', async () => {
    const headers = { 'x-awe-run': 'a b\tc' };
    expect(await failure(gateway.client.chat.completions.create(question(), { headers }))).toMatchObject({
      status: 400,
      message: expect.stringContaining('x-awe-run'),
    });
  });

  it('counts what Prometheus can read, with names that callers cannot multiply', async () => {
    for (let i = 0; i < 60; i++)
      await gateway.client.chat.completions.create(question('x'), { headers: { 'x-awe-task': `t${i}` } });
    const text = await gateway.metrics();
    expect(problemsOf(text)).toEqual([]);
    expect(text).toMatch(/awe_llm_requests_total\{.*task="other",outcome="ok"\} \d+/);
    expect(text.match(/^awe_llm_requests_total/gm)?.length).toBeLessThan(80);
    expect(text).toContain('awe_llm_errors_total{code="bad_request"}');
  });

  it('logs every call, and nothing of what was said', () => {
    const lines = gateway
      .logged()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'LLM call ended',
        task: 'echo',
        run: 'audit.audit.1',
        model: 'mock-rules',
        outcome: 'ok',
        cost: '0',
      }),
    );
    expect(gateway.logged()).not.toContain('Havisham');
    expect(gateway.logged()).not.toContain('caller-key');
  });
});

describe('budgets of the gateway', () => {
  it('hold over many calls at once, and over a restart', async () => {
    const env = { LLM_BUDGET_RUN_TOKENS: '1000' };
    const first = await testGateway(env);
    const headers = { 'x-awe-run': 'audit.audit.7', 'x-awe-task': 'echo' };
    const call = (client = first.client) => client.chat.completions.create(question('x'.repeat(100)), { headers });
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => call()));
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    const tokens = results.reduce(
      (sum, one) => sum + (one.status === 'fulfilled' ? (one.value.usage?.total_tokens ?? 0) : 0),
      0,
    );
    expect(refused.length).toBeGreaterThan(0);
    for (const error of refused) expect(error).toMatchObject({ status: 402, code: 'budget_exceeded' });
    expect(tokens).toBeLessThanOrEqual(1_000);
    for (let i = 0; i < 50; i++) await call().catch(() => undefined);
    await first.stop();

    const second = await testGateway(env, first.dir);
    expect(await failure(call(second.client))).toMatchObject({ status: 402, code: 'budget_exceeded' });
    const other = { headers: { ...headers, 'x-awe-run': 'audit.audit.8' } };
    await second.client.chat.completions.create(question('x'), other);
    expect(await failure(second.client.chat.completions.create(question('x')))).toMatchObject({ status: 400 });
  });

  it('are kept by one gateway for each journal', async () => {
    const first = await testGateway();
    await expect(testGateway({}, first.dir)).rejects.toThrow(/Another gateway keeps its accounts in/);
  });
});

describe('keys of callers', () => {
  it('are known by their hash, and have budgets and rates of their own', async () => {
    const sha256 = (key: string) => createHash('sha256').update(key).digest('hex');
    const open = await testGateway();
    const file = join(open.dir, 'keys.json');
    const keys = [
      { name: 'poor', sha256: sha256('poor-key'), budget: { per: 'day', tokens: 70 } },
      { name: 'slow', sha256: sha256('slow-key'), rate: { requests: 1 } },
      { name: 'free', sha256: sha256('free-key') },
    ];
    writeFileSync(file, JSON.stringify({ keys }));
    const gateway = await testGateway({ AWE_GATEWAY_KEYS_FILE: file });
    const ask = (key: string) => clientOf(gateway.url, key).chat.completions.create(question('x'));
    expect(await failure(ask('wrong-key'))).toMatchObject({ status: 401, code: 'unauthorized' });
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(401);
    expect((await fetch(`${gateway.url}/ready`)).status).toBe(200);
    for (let i = 0; i < 3; i++) await ask('free-key');
    expect(await failure(ask('poor-key'))).toMatchObject({ status: 402, message: expect.stringMatching(/key poor@/) });
    await ask('slow-key');
    const limited = await failure(ask('slow-key'));
    expect(limited).toMatchObject({ status: 429, code: 'rate_limited', error: { retry_after_ms: expect.any(Number) } });
    expect(Number((limited.headers as Headers).get('retry-after'))).toBeGreaterThan(0);
    expect(gateway.logged()).not.toMatch(/(poor|slow|free|wrong)-key/);
  });

  it('are needed wherever others can reach the gateway', async () => {
    await expect(testGateway({ AWE_GATEWAY_HOST: '0.0.0.0' })).rejects.toThrow(/needs keys on 0.0.0.0/);
    await expect(testGateway({ AWE_ENV: 'production' })).rejects.toThrow(/needs keys in production/);
  });
});
