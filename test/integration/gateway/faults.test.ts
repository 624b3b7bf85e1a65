import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../../src/local/ports';
import { until } from '../../support/until';
import { clientOf, failure, inFrontOf, question, rawServer, SECRET_WORDS } from './support';

const json = { 'content-type': 'application/json' };
const sse = { 'content-type': 'text/event-stream' };
const chunk = (content: string, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`;
const completion = (more: object = {}) =>
  JSON.stringify({
    ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm' },
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'yes' } }],
    ...more,
  });

/** A gateway before a server that answers so, with a second to wait and a budget for two calls. */
async function before(answer: Parameters<typeof rawServer>[0], env: Record<string, string> = {}) {
  const server = await rawServer(answer);
  const gateway = await inFrontOf(server.url, { OPENAI_TIMEOUT_S: '1', ...env });
  const run = { headers: { 'x-awe-run': 'r' } };
  const lastLine = () => JSON.parse(gateway.logged().trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
  return {
    server,
    gateway,
    lastLine,
    ask: () => gateway.client.chat.completions.create(question(), run),
    stream: (signal?: AbortSignal) =>
      gateway.client.chat.completions.create({ ...question(), stream: true }, { ...run, signal }),
  };
}

async function read(stream: AsyncIterable<{ choices: { delta: { content?: string | null } }[] }>) {
  let text = '';
  for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
  return text;
}

describe('a server that is out of order', () => {
  it.each<[string, (res: ServerResponse) => void, number, string]>([
    ['broken JSON', (res) => res.writeHead(200, json).end('{"choices": [{"mess'), 502, 'broken_json'],
    [
      'a page in place of JSON',
      (res) => res.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      502,
      'broken_json',
    ],
    ['nothing', (res) => res.writeHead(200, json).end(), 502, 'broken_'],
    ['JSON of another form', (res) => res.writeHead(200, json).end('{"choices": []}'), 502, 'broken_answer'],
    ['null', (res) => res.writeHead(200, json).end('null'), 502, 'broken_answer'],
    ['a dropped connection', (res) => res.destroy(), 502, 'connection_dropped'],
    [
      'half an answer',
      (res) => void res.writeHead(200, { ...json, 'content-length': '500' }).write('{', () => res.destroy()),
      502,
      'connection_dropped',
    ],
    ['no HTTP at all', (res) => void res.socket?.end('hello\r\n\r\n'), 502, 'connection_dropped'],
    ['silence', () => undefined, 504, 'timeout'],
    [
      'an error in a good answer',
      (res) => res.writeHead(200, json).end('{"error": {"message": "x", "code": 529}}'),
      503,
      'upstream_overloaded',
    ],
    ['silence after the headers', (res) => void res.writeHead(200, json).write('{'), 504, 'timeout'],
  ])('that answers %s is unavailable, and may have cost the bound', async (_, answer, status, reason) => {
    const { ask, lastLine } = await before(answer);
    const error = await failure(ask());
    expect(error).toMatchObject({ status, code: 'unavailable', error: { reason: expect.stringContaining(reason) } });
    expect((error.headers as Headers).get('x-awe-usage')).toBe('bound');
    expect(Number((error.headers as Headers).get('x-awe-cost'))).toBeGreaterThan(0);
    expect(lastLine()).toMatchObject({ outcome: 'unavailable', usage: 'bound' });
  });

  it('that is not there costs nothing', async () => {
    const [port = 0] = await freePorts(1);
    const gateway = await inFrontOf(`http://127.0.0.1:${port}/v1`);
    const error = await failure(gateway.client.chat.completions.create(question()));
    expect(error).toMatchObject({ status: 503, error: { reason: 'connection_failed' } });
    expect((error.headers as Headers).get('x-awe-cost')).toBe('0');
  });

  it('that sends us elsewhere gets no key there', async () => {
    const other = await rawServer((res) => res.writeHead(200, json).end(completion()));
    const { ask } = await before((res) => res.writeHead(307, { location: `${other.url}/chat/completions` }).end());
    expect(await failure(ask())).toMatchObject({ code: 'unavailable' });
    expect(other.seen).toHaveLength(0);
  });

  it.each(['x', '\n', ': ', 'data: x\n'])(
    'that streams an event without an end, in pieces of %j, is cut off',
    async (piece) => {
      let written = 0;
      const endless = (res: ServerResponse) => {
        res.writeHead(200, sse);
        const part = piece.repeat(10_000);
        const more = () => {
          while (!res.destroyed && res.write(part)) written += part.length;
        };
        res.on('drain', more);
        more();
      };
      const { stream } = await before(endless, { OPENAI_TIMEOUT_S: '20' });
      expect(await failure(stream())).toMatchObject({ status: 502, error: { reason: 'answer_too_large' } });
      expect(written).toBeLessThan(50_000_000);
    },
  );

  it('that answers without an end is not listened to for ever', async () => {
    const { ask } = await before(
      (res) => {
        res.writeHead(200, json);
        const more = () => {
          while (!res.destroyed && res.write('x'.repeat(1024 * 1024)));
        };
        res.on('drain', more);
        more();
      },
      { OPENAI_TIMEOUT_S: '20' },
    );
    expect(await failure(ask())).toMatchObject({ status: 502, error: { reason: 'answer_too_large' } });
  });

  it('that says more than the protocol does is passed on without it', async () => {
    const leak = 'Authorization: Bearer sk-provider-key';
    const { ask } = await before((res) =>
      res.writeHead(200, { ...json, 'x-debug': leak }).end(
        completion({
          ...{ id: leak, model: leak, system_fingerprint: leak, debug: { leak } },
          usage: { prompt_tokens: 5, total_tokens: 6, debug: leak },
          choices: [{ index: 0, finish_reason: 'stop', leak, message: { role: 'assistant', content: 'yes', leak } }],
        }),
      ),
    );
    const { data, response } = await ask().withResponse();
    expect(JSON.stringify([data, [...response.headers]])).not.toContain('sk-provider');
    expect(data).toMatchObject({ model: 'gpt-4o-mini', choices: [{ message: { content: 'yes' } }] });
    expect(data.usage).toEqual({ prompt_tokens: 5, total_tokens: 6 });
  });

  it.each([undefined, null, { prompt_tokens: -5, completion_tokens: 1, total_tokens: 1 }])(
    'that reports %j as its usage is accounted for at the bound, and the budget holds',
    async (usage) => {
      const { ask } = await before((res) => res.writeHead(200, json).end(completion({ usage })), {
        LLM_BUDGET_RUN_TOKENS: '200',
      });
      expect((await ask().asResponse()).headers.get('x-awe-usage')).toBe('bound');
      expect(await failure(ask())).toMatchObject({ status: 402, code: 'budget_exceeded' });
    },
  );

  it('that complains with the key in its words is not quoted', async () => {
    const { ask } = await before((res) => {
      const given = res.req.headers.authorization ?? '';
      const words = [given, [...given].reverse().join(''), [...given].join('-'), Buffer.from(given).toString('base64')];
      res
        .writeHead(400, json)
        .end(JSON.stringify({ error: { message: words.join(' '), code: words[1], param: given } }));
    });
    expect((await failure(ask())).error).toEqual({
      ...{ code: 'bad_request', type: 'invalid_request_error', param: null, reason: 'upstream' },
      message: 'The provider refuses the request.',
    });
  });

  it('that answers a refusal is passed on as it is', async () => {
    const message = { role: 'assistant', content: null, refusal: 'I will not.' };
    const { ask } = await before((res) =>
      res.writeHead(200, json).end(completion({ choices: [{ index: 0, finish_reason: 'stop', message }] })),
    );
    expect((await ask()).choices[0]?.message.refusal).toBe('I will not.');
  });
});

describe('a stream that is out of order', () => {
  it.each<[string, (res: ServerResponse) => void, string]>([
    ['ends before its answer does', (res) => res.end(), 'stream_incomplete'],
    ['ends with an empty reason', (res) => res.end(chunk('', '')), 'stream_incomplete'],
    ['ends in the middle of a line', (res) => res.end('data: {"choices": [{"ind'), 'stream_incomplete'],
    ['turns into garbage', (res) => res.end('data: {"choices": [{{{\n\n'), 'broken_json'],
    ['turns into something else', (res) => res.end('data: {"weather": "fine"}\n\n'), 'broken_answer'],
    ['is dropped', (res) => res.destroy(), 'connection_dropped'],
    ['falls silent', () => undefined, 'timeout'],
    [
      'tells of an error',
      (res) => res.end('data: {"error": {"message": "x", "type": "overloaded_error"}}\n\n'),
      'upstream_overloaded',
    ],
  ])('and %s ends in an error event, and is accounted for at the bound', async (_, then, reason) => {
    const { stream, lastLine } = await before((res) => {
      res.writeHead(200, sse).write(chunk('one ') + chunk('two'));
      setTimeout(() => then(res), 50);
    });
    let text = '';
    const error = await failure(
      (async () => {
        for await (const { choices } of await stream()) text += choices[0]?.delta.content ?? '';
      })(),
    );
    expect(text).toBe('one two');
    expect(error).toMatchObject({ code: 'unavailable', error: { reason } });
    await until(() => lastLine().usage === 'bound');
  });

  it.each<[string, (res: ServerResponse) => void, number, string]>([
    ['garbage', (res) => res.writeHead(200, sse).end('data: {{{\n\n'), 502, 'broken_json'],
    ['an empty stream', (res) => res.writeHead(200, sse).end('data: [DONE]\n\n'), 502, 'stream_incomplete'],
    [
      'an error in a good answer',
      (res) => res.writeHead(200, json).end('{"error": {"code": "rate_limit_exceeded"}}'),
      429,
      'upstream',
    ],
    ['no stream', (res) => res.writeHead(200, json).end(completion()), 502, 'broken_answer'],
    ['silence', (res) => res.writeHead(200, sse).flushHeaders(), 504, 'timeout'],
    ['a limit', (res) => res.writeHead(429, { ...json, 'retry-after': '3' }).end('{"error":{}}'), 429, 'upstream'],
  ])('from the beginning (%s) is an error with its own status', async (_, answer, status, reason) => {
    const { stream } = await before(answer);
    expect(await failure(stream())).toMatchObject({ status, error: { reason } });
  });

  it('without usage, or with usage in an odd place, is accounted for all the same', async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
    const end = chunk('', 'stop').replace('"choices"', `"usage":${JSON.stringify(usage)},"choices"`);
    const odd = await before((res) => res.writeHead(200, sse).end(`: hello\n\n${chunk('a')}${end}`));
    expect(await read(await odd.stream())).toBe('a');
    await until(() => odd.lastLine().usage === 'reported');
    const none = await before((res) =>
      res.writeHead(200, sse).end(`${chunk('a')}${chunk('', 'stop')}data: [DONE]\n\n`),
    );
    expect(await read(await none.stream())).toBe('a');
    await until(() => none.lastLine().usage === 'bound');
  });

  it.each<[string, string]>([
    ['a chunk without a reason after the last', `${chunk('', 'stop')}${chunk('')}`],
    ['a last event without a blank line', chunk('', 'stop').trimEnd()],
    ['reasons that are empty until the last', `${chunk('', '')}${chunk('', 'stop')}`],
    ['no reason, but the mark of the end', 'data: [DONE]\n\n'],
    ['the mark of the end without a blank line', 'data: [DONE]'],
    ['a reason, and half a line', `${chunk('', 'stop')}data: {"choi`],
  ])('and is complete with %s is passed on as complete', async (_, end) => {
    const { stream, lastLine } = await before((res) => res.writeHead(200, sse).end(chunk('one ') + chunk('two') + end));
    expect(await read(await stream())).toBe('one two');
    await until(() => lastLine().outcome === 'ok');
  });

  it.each<[string, (res: ServerResponse) => void]>([
    ['is dropped', (res) => res.destroy()],
    ['falls silent', () => undefined],
  ])('and %s after its answer was complete is passed on as complete', async (_, then) => {
    const { stream, lastLine } = await before((res) => {
      res.writeHead(200, sse).write(chunk('one') + chunk('', 'stop'), () => setTimeout(() => then(res), 50));
    });
    expect(await read(await stream())).toBe('one');
    await until(() => lastLine().usage === 'bound');
  });

  it('and has finished one of two choices is not complete', async () => {
    const { gateway } = await before((res) => res.writeHead(200, sse).end(chunk('one') + chunk('', 'stop')));
    const error = await failure(
      gateway.client.chat.completions.create({ ...question(), n: 2, stream: true }).then((stream) => read(stream)),
    );
    expect(error).toMatchObject({ error: { reason: 'stream_incomplete' } });
  });

  it.each([
    ['at the end', [undefined, undefined, 15]],
    ['in every chunk, growing', [11, 13, 15]],
  ])('that reports its usage %s tells of it once', async (_, counts) => {
    const usageOf = (total: number | undefined) =>
      total === undefined
        ? 'null'
        : JSON.stringify({ prompt_tokens: 10, completion_tokens: total - 10, total_tokens: total });
    const { gateway } = await before((res) => {
      const parts = [chunk('a'), chunk('b'), chunk('', 'stop')];
      const withUsage = parts.map((part, i) => part.replace('"choices"', `"usage":${usageOf(counts[i])},"choices"`));
      res.writeHead(200, sse).end(`${withUsage.join('')}data: [DONE]\n\n`);
    });
    const stream = await gateway.client.chat.completions.create({
      ...question(),
      stream: true,
      stream_options: { include_usage: true },
    });
    const totals: unknown[] = [];
    for await (const { usage } of stream) if (usage) totals.push(usage.total_tokens);
    expect(totals).toEqual([15]);
  });

  it('counts as the bound when the caller goes, whatever was reported until then', async () => {
    const usage = '"usage":{"prompt_tokens":10,"completion_tokens":1,"total_tokens":11},"choices"';
    const { stream, lastLine } = await before(
      (res) => void res.writeHead(200, sse).write(chunk('x').replace('"choices"', usage)),
    );
    const abort = new AbortController();
    await (async () => {
      for await (const _ of await stream(abort.signal)) abort.abort();
    })().catch(() => undefined);
    await until(() => lastLine().outcome === 'gone');
    expect(lastLine()).toMatchObject({ usage: 'bound' });
  });

  it('is let go upstream when the caller goes, and its seat is free again', async () => {
    const { stream, server, gateway, lastLine } = await before(
      (res) => {
        res.writeHead(200, sse);
        const timer = setInterval(() => res.write(chunk('x')), 20);
        res.on('close', () => clearInterval(timer));
      },
      { LLM_MAX_PARALLEL: '1', LLM_MAX_QUEUE: '0' },
    );
    const abort = new AbortController();
    let seen = 0;
    await (async () => {
      for await (const _ of await stream(abort.signal)) if (++seen === 3) abort.abort();
    })().catch(() => undefined);
    await until(() => server.hungUp() === 1);
    await until(() => lastLine().outcome === 'gone');
    expect(lastLine()).toMatchObject({ usage: 'bound' });
    const health = (await (await fetch(`${gateway.url}/health`)).json()) as { in_flight: number };
    expect(health.in_flight).toBe(0);
  });

  it('that nobody reads does not gather in the gateway', async () => {
    let written = 0;
    const { gateway, server } = await before((res) => {
      res.writeHead(200, sse);
      const line = chunk('x'.repeat(64 * 1024));
      const more = () => {
        while (!res.destroyed && written < 1_000 && res.write(line)) written += 1;
        written += 1;
      };
      res.on('drain', more);
      more();
    });
    const body = JSON.stringify({ ...question(), stream: true });
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', body, headers: json });
    let last = -1;
    await until(async () => {
      const still = written === last;
      last = written;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return still && written > 0;
    });
    expect(written).toBeLessThan(500); // of 64 KiB: what the buffers of the connections hold
    await answer.body?.cancel();
    await until(() => server.hungUp() === 1);
  });
});

describe('keys side by side', () => {
  it('leave room for each other, however much one asks', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'awe-keys-')), 'keys.json');
    const hash = (key: string) => createHash('sha256').update(key).digest('hex');
    writeFileSync(file, JSON.stringify({ keys: ['greedy', 'other'].map((name) => ({ name, sha256: hash(name) })) }));
    const { server, gateway } = await before(() => undefined, {
      ...{ AWE_GATEWAY_KEYS_FILE: file, OPENAI_TIMEOUT_S: '20' },
      ...{ LLM_MAX_PARALLEL: '2', LLM_MAX_QUEUE: '0' },
    });
    const abort = new AbortController();
    const ask = (key: string) =>
      clientOf(gateway.url, key).chat.completions.create(question(), { signal: abort.signal });
    const calls = [ask('greedy').catch(() => undefined)];
    await until(() => server.seen.length === 1);
    expect(await failure(ask('greedy'))).toMatchObject({ status: 429, error: { reason: 'parallel' } });
    calls.push(ask('other').catch(() => undefined));
    await until(() => server.seen.length === 2);
    abort.abort();
    await Promise.all(calls);
  });
});

describe('a call in one piece', () => {
  it('is let go upstream when the caller goes, and counts as the bound', async () => {
    const { gateway, server, lastLine } = await before(() => undefined, { OPENAI_TIMEOUT_S: '20' });
    const abort = new AbortController();
    const call = gateway.client.chat.completions.create(question(), { signal: abort.signal }).catch(() => undefined);
    await until(() => server.seen.length === 1);
    abort.abort();
    await call;
    await until(() => server.hungUp() === 1);
    await until(() => lastLine().outcome === 'gone');
    expect(lastLine()).toMatchObject({ usage: 'bound' });
  });

  it('is written to the journal before upstream hears of it', async () => {
    let dir = '';
    let journal = '';
    const { ask, gateway } = await before((res) => {
      journal = readFileSync(join(dir, 'gateway', 'spending.jsonl'), 'utf8');
      res.writeHead(200, json).end(completion());
    });
    dir = gateway.dir;
    await ask();
    expect(journal).toMatch(/"t":"reserve".*"run:r"/);
    expect(journal).not.toContain(SECRET_WORDS);
  });
});

it('a run spends no more than its caller allows it, however many calls it makes at once', async () => {
  const budget = { 'x-awe-run': 'awe.job.1', 'x-awe-run-tokens': '2000', 'x-awe-run-money': '0.002 USD' };
  const { url } = await rawServer((res) => void setTimeout(() => res.writeHead(200, json).end(completion({})), 20));
  const gateway = await inFrontOf(`${url}/v1`, { LLM_MAX_PARALLEL: '50', LLM_BUDGET_RUN_TOKENS: '100000' });
  const ask = (headers: Record<string, string>, model = 'gpt-4o-mini') =>
    clientOf(gateway.url, 'caller-key', headers).chat.completions.create({
      ...{ model, messages: [{ role: 'user', content: 'hello' }], max_completion_tokens: 400 },
    });
  const ends = await Promise.allSettled(Array.from({ length: 50 }, () => ask(budget)));
  const answered = ends.filter(({ status }) => status === 'fulfilled').length;
  expect(answered).toBeGreaterThan(0);
  // each may take 400 tokens and its prompt
  expect(answered).toBeLessThanOrEqual(4);
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'budget_exceeded' });
  await ask({ ...budget, 'x-awe-run': 'awe.job.2' });
  await expect(ask({ ...budget, 'x-awe-run-money': '5 EUR' })).rejects.toMatchObject({ code: 'budget_exceeded' });
  await expect(ask({ 'x-awe-run-tokens': '5' })).rejects.toMatchObject({ code: 'bad_request' });
  await expect(ask({ ...budget, 'x-awe-run-money': 'much' })).rejects.toMatchObject({ code: 'bad_request' });
});
