import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtinTools } from '../../../activities/tools/builtin';
import { ToolError } from '../../../activities/tools/errors';
import type { ToolContext } from '../../../activities/tools/tool';
import type { Json, JsonObject } from '../../../schemas/json';
import { LARGEST_VALUE } from '../../../schemas/refs';
import { createDocuments } from '../../../src/documents/content';
import { DocumentError } from '../../../src/documents/errors';
import { faulty, temporaryStore } from '../documents/support';
import { benchOf, callOf, controlOf, failureOf, toolOf } from './support';

const never = (): Promise<never> => new Promise(() => {});
const echo = toolOf((input) => Promise.resolve(input));
const large = 'x'.repeat(5000);

describe('the arguments of a step', () => {
  it('reach the tool as they are, inline or by reference', async () => {
    const { runtime, documents } = await benchOf([...builtinTools]);
    const inline = callOf({ a: 1 }, { uses: 'data.echo' });
    expect(await runtime.execute(inline, 'tool', controlOf())).toEqual({ output: { inline: { a: 1 } } });
    const ref = await documents.putValue({ a: large });
    const result = await runtime.execute(
      callOf(null, { uses: 'data.echo@1', arguments: { value: { ref } } }),
      'tool',
      controlOf(),
    );
    expect(result).toEqual({ output: { ref } });
  });

  it('are rendered from a template, of whose references only those are read that it names', async () => {
    const { runtime, documents } = await benchOf([echo]);
    const rows = await documents.putValue({ rows: [1, 2, 3], big: large });
    const absent = { $ref: `sha256:${'0'.repeat(64)}`, bytes: 9 };
    const template = {
      count: '${{ size(steps.load.output.rows) }}',
      text: 'for ${{ input.name }}, ${{ steps.other.status }}',
      why: '${{ steps.failed.error.type }}',
    };
    const result = await runtime.execute(
      callOf(null, {
        arguments: {
          template: { ref: { ...(await documents.putValue({ with: template, pad: large })), key: 'with' } },
          scope: {
            input: { ref: await documents.putValue({ name: 'M. Durand', pad: large }) },
            steps: {
              load: { status: 'completed', output: { ref: rows } },
              other: { status: 'completed', output: { ref: absent } },
              failed: { status: 'failed', output: { inline: null }, error: { type: 'http.status', message: '404' } },
            },
          },
        },
      }),
      'tool',
      controlOf(),
    );
    expect(result.output).toEqual({ inline: { count: 3, text: 'for M. Durand, completed', why: 'http.status' } });
  });

  it('that cannot be computed fail with the code of the expression, for good', async () => {
    const { runtime } = await benchOf([echo]);
    const call = callOf(null, {
      arguments: { template: { inline: '${{ input.nope }}' }, scope: { input: { inline: {} }, steps: {} } },
    });
    expect(await failureOf(runtime.execute(call, 'tool', controlOf()))).toMatchObject({
      name: 'ApplicationFailure',
      type: 'expression.unknown_name',
      nonRetryable: true,
      details: [{ class: 'input' }],
    });
  });

  it('that do not fit the schema are refused with pointers, before the tool has begun', async () => {
    let ran = false;
    const input = {
      type: 'object',
      required: ['n'],
      properties: { n: { type: 'integer' }, list: { type: 'array', items: { type: 'string' } } },
    };
    const { runtime } = await benchOf([toolOf(() => Promise.resolve((ran = true)), { input })]);
    const failure = await failureOf(runtime.execute(callOf({ n: 1.5, list: ['a', 2, 3] }), 'tool', controlOf()));
    expect(failure).toMatchObject({ type: 'tool.input_invalid', nonRetryable: true });
    const [{ details }] = failure.details as [{ details: { pointer: string; message: string }[] }];
    expect(details.map(({ pointer }) => pointer)).toEqual(['/n', '/list/1', '/list/2']);
    expect(failure.message).toBe(
      'the input of test.tool: /n must be integer; /list/1 must be string; /list/2 must be string',
    );
    expect(ran).toBe(false);
  });

  it('of many rows that are all wrong are refused with one pointer, not with a million', async () => {
    const { runtime } = await benchOf([
      toolOf(() => Promise.resolve(null), { input: { type: 'array', items: { type: 'string' } } }),
    ]);
    const failure = await failureOf(
      runtime.execute(callOf(Array.from({ length: 200_000 }, (_, i) => i)), 'tool', controlOf()),
    );
    expect(failure.details).toMatchObject([
      { class: 'input', details: [{ pointer: '/0', message: 'must be string' }] },
    ]);
  });

  it('in a file that is away are asked for again later; in a file that is gone they are not', async () => {
    const { store } = await temporaryStore();
    const away = faulty(store, { read: () => Promise.reject(new DocumentError('unavailable', 'the disk is away')) });
    const ref = await createDocuments(store).putValue({ large });
    const call = callOf(null, { arguments: { value: { ref } } });
    const once = toolOf((value) => Promise.resolve(value), { effect: 'once' });
    const passing = await benchOf([once], { documents: createDocuments(away) });
    expect(await failureOf(passing.runtime.execute(call, 'tool', controlOf()))).toMatchObject({
      type: 'documents.unavailable',
      nonRetryable: false,
    });
    const gone = await benchOf([once]);
    expect(await failureOf(gone.runtime.execute(call, 'tool', controlOf()))).toMatchObject({
      type: 'documents.not_found',
      nonRetryable: true,
    });
  });

  it('belong to the tool: what it changes in them, nobody else sees', async () => {
    const { runtime, documents } = await benchOf([
      toolOf((input) => {
        (input as JsonObject).large = 'changed';
        return Promise.resolve(null);
      }),
    ]);
    const ref = await documents.putValue({ large });
    await runtime.execute(callOf(null, { arguments: { value: { ref } } }), 'tool', controlOf());
    expect(await documents.getValue(ref)).toEqual({ large });
  });
});

describe('what a step uses', () => {
  it('has to be known, and of the kind that the step says', async () => {
    const { runtime } = await benchOf([
      echo,
      toolOf(() => Promise.resolve(null), { name: 'an.agent' }, { kind: 'agent' }),
    ]);
    expect(await failureOf(runtime.execute(callOf(null, { uses: 'no.tool' }), 'tool', controlOf()))).toMatchObject({
      type: 'tool.unknown',
      nonRetryable: true,
    });
    expect(await failureOf(runtime.execute(callOf(null, { uses: 'an.agent' }), 'tool', controlOf()))).toMatchObject({
      type: 'tool.wrong_kind',
      nonRetryable: true,
    });
    expect(await runtime.execute(callOf(null, { uses: 'an.agent' }), 'agent', controlOf())).toEqual({
      output: { inline: null },
    });
  });

  it('gets to know where it is, how often it was tried, and what was wrong the last time', async () => {
    let seen: ToolContext | undefined;
    const { runtime, documents } = await benchOf([
      toolOf((_, context) => {
        seen = context;
        context.heartbeat('half way');
        return Promise.resolve(null);
      }),
    ]);
    const beats: unknown[] = [];
    const findings = [{ code: 'totals.mismatch', message: '940, not 945' }];
    await runtime.execute(
      callOf(null, {
        round: 2,
        rework: { previous: { ref: await documents.putValue(large) }, findings, instruction: 'mend it' },
      }),
      'tool',
      controlOf({ attempt: 3, heartbeat: (detail) => beats.push(detail) }),
    );
    expect(seen).toMatchObject({
      workflow_id: 'awe.run.1',
      correlation_id: 'c1',
      step_id: 'step',
      round: 2,
      key: 'awe.run.1/step/1',
      mode: 'live',
      attempt: 3,
      rework: { previous: large, findings, instruction: 'mend it' },
    });
    expect(beats).toEqual(['half way']);
  });
});

describe('an output', () => {
  it('travels inline up to 2 KiB and by reference above', async () => {
    const { runtime, documents } = await benchOf([echo]);
    const { output } = await runtime.execute(callOf({ large }), 'tool', controlOf());
    expect(output).toEqual({ ref: await documents.putValue({ large }) });
  });

  it('that is too large is refused, for good', async () => {
    const { runtime } = await benchOf([toolOf(() => Promise.resolve('x'.repeat(LARGEST_VALUE)))]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'tool.output_too_large',
      nonRetryable: true,
    });
  });

  it('of the greatest size is kept', async () => {
    const { runtime } = await benchOf([toolOf(() => Promise.resolve('x'.repeat(LARGEST_VALUE - 2)))]);
    expect(await runtime.execute(callOf(), 'tool', controlOf())).toMatchObject({
      output: { ref: { bytes: LARGEST_VALUE } },
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a date', { at: new Date() }],
    ['NaN', [NaN]],
    ['what its schema does not allow', 'text'],
  ])('of %s is refused, for good', async (_, value) => {
    const { runtime } = await benchOf([
      toolOf(() => Promise.resolve(value as Json), { output: { type: ['object', 'array', 'null'] } }),
    ]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'tool.output_invalid',
      nonRetryable: true,
    });
  });

  it('of an effect that cannot be repeated is put again while the store is away, for a moment', async () => {
    const { store } = await temporaryStore();
    let tries = 0;
    const shaky = faulty(store, {
      create: (...given) => {
        tries += 1;
        return tries < 3 ? Promise.reject(new DocumentError('unavailable', 'away')) : store.create(...given);
      },
    });
    let effects = 0;
    const once = toolOf(() => Promise.resolve((effects += 1) && large), { effect: 'once' });
    const { runtime } = await benchOf([once], { documents: createDocuments(shaky) });
    expect(await runtime.execute(callOf(), 'tool', controlOf())).toMatchObject({ output: { ref: {} } });
    expect([effects, tries]).toEqual([1, 3]);
    tries = -10;
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'documents.unavailable',
      nonRetryable: true,
      message: expect.stringContaining('is done, but its output is lost') as string,
    });
  });
});

describe('the time of a tool', () => {
  it('ends the attempt although the tool does not heed its signal', async () => {
    let seen: AbortSignal | undefined;
    const deaf = toolOf((_, { signal }) => ((seen = signal), never()), { timeout: 50 });
    const { runtime } = await benchOf([deaf]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'tool.timeout',
      nonRetryable: false,
      message: 'test.tool had no result after 50 ms',
    });
    expect(seen?.aborted).toBe(true);
  });

  it('is what counts, not what the tool makes of it', async () => {
    const rude = toolOf(
      (_, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('rude')))),
      { timeout: 20 },
    );
    const { runtime } = await benchOf([rude]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({ type: 'tool.timeout' });
  });

  it('may be shorter in an attempt, and longer where the tool says nothing of it', async () => {
    const limits: number[] = [];
    const run = (_: Json, { deadline }: ToolContext): Promise<null> => (
      limits.push(deadline - Date.now()),
      Promise.resolve(null)
    );
    const { runtime } = await benchOf([toolOf(run, { name: 'a', timeout: 5000 }), toolOf(run, { name: 'b' })]);
    await runtime.execute(callOf(null, { uses: 'a' }), 'tool', controlOf({ timeLimit: 1000 }));
    await runtime.execute(callOf(null, { uses: 'a' }), 'tool', controlOf({ timeLimit: 90_000 }));
    await runtime.execute(callOf(null, { uses: 'b' }), 'tool', controlOf({ timeLimit: 90_000 }));
    await runtime.execute(callOf(null, { uses: 'b' }), 'tool', controlOf());
    expect(limits.map((limit) => Math.ceil(limit / 1000))).toEqual([1, 5, 90, 60]);
  });

  it('of an effect that cannot be repeated leaves its outcome unknown, and ends the step', async () => {
    const { runtime } = await benchOf([toolOf(never, { effect: 'once', timeout: 20 })]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'tool.timeout',
      nonRetryable: true,
      details: [{ class: 'permanent', details: { outcome: 'unknown' } }],
    });
  });

  it('leaves no listener and no timer behind', async () => {
    const { runtime } = await benchOf([echo]);
    const controller = new AbortController();
    let listeners = 0;
    const signal = controller.signal;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...given: Parameters<typeof add>) => ((listeners += 1), add(...given));
    signal.removeEventListener = (...given: Parameters<typeof remove>) => ((listeners -= 1), remove(...given));
    await runtime.execute(callOf(), 'tool', controlOf({ signal }));
    expect(listeners).toBe(0);
  });
});

describe('a cancellation', () => {
  it('ends the attempt at once with its own reason', async () => {
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const { runtime } = await benchOf([toolOf((_, { signal }) => ((seen = signal), never()))]);
    const running = runtime.execute(callOf(), 'tool', controlOf({ signal: controller.signal }));
    await sleep(20);
    const reason = new CancelledFailure('CANCELLED');
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(seen?.reason).toBe(reason);
    await expect(runtime.execute(callOf(), 'tool', controlOf({ signal: controller.signal }))).rejects.toBe(reason);
  });

  it('lets an effect that cannot be repeated come to its end, so that its outcome is known', async () => {
    const controller = new AbortController();
    const once = toolOf(async () => (await sleep(60), 'sent'), { effect: 'once' });
    const { runtime } = await benchOf([once]);
    const running = runtime.execute(callOf(), 'tool', controlOf({ signal: controller.signal }));
    await sleep(10);
    controller.abort(new CancelledFailure('CANCELLED'));
    expect(await running).toEqual({ output: { inline: 'sent' } });
  });
});

describe('an error', () => {
  const failing = (error: unknown, effect: 'none' | 'idempotent' | 'once' = 'none') =>
    toolOf(
      () => {
        throw error;
      },
      { effect },
    );

  it.each(['transient', 'permanent', 'policy', 'input'] as const)(
    'of class %s is repeated only where it may pass',
    async (errorClass) => {
      const { runtime } = await benchOf([
        failing(new ToolError({ class: errorClass, type: 'http.status', message: 'answered 503', retryAfterMs: 7000 })),
      ]);
      expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
        type: 'http.status',
        message: 'answered 503',
        nonRetryable: errorClass !== 'transient',
        nextRetryDelay: errorClass === 'transient' ? 7000 : undefined,
        details: [{ class: errorClass }],
      });
    },
  );

  it('that nobody foresaw may pass, unless the effect cannot be repeated', async () => {
    for (const effect of ['none', 'idempotent', 'once'] as const) {
      const { runtime } = await benchOf([failing(new TypeError('x is not a function'), effect)]);
      expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
        type: 'tool.unexpected',
        nonRetryable: effect === 'once',
        message: expect.stringContaining('TypeError: x is not a function') as string,
      });
    }
  });

  it('that is thrown, not rejected, or is no error at all, is an error too', async () => {
    const { runtime } = await benchOf([
      toolOf(() => {
        throw new ToolError({ class: 'permanent', type: 'a.b', message: 'm' });
      }),
    ]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({ type: 'a.b' });
    const { runtime: odd } = await benchOf([failing('just text: password=hunter22')]);
    expect(await failureOf(odd.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'tool.unexpected',
      message: 'threw string',
    });
  });

  it('of Temporal keeps its type, and whether it may pass', async () => {
    const { runtime } = await benchOf([failing(ApplicationFailure.nonRetryable('no', 'custom.type'))]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'custom.type',
      nonRetryable: true,
    });
  });

  it('has a message of at most 2,000 characters without secrets, and no cause', async () => {
    const message = `https://user:hunter2@host/ Authorization: Bearer abcdef123456789 sk-abcdefghijklmnop ${'x'.repeat(9000)}`;
    const { runtime } = await benchOf([
      failing(new ToolError({ class: 'transient', type: 'a.b', message, cause: new Error('sk-abcdefghijklmnop') })),
    ]);
    const error = await runtime.execute(callOf(), 'tool', controlOf()).catch((thrown: ApplicationFailure) => thrown);
    const failure = error as ApplicationFailure;
    expect(failure.message).toHaveLength(2000);
    expect(failure.message).not.toMatch(/hunter2|abcdef1234|sk-abc/);
    expect(failure.cause).toBeUndefined();
  });
});

describe('a simulation', () => {
  const output = {
    type: 'object',
    required: ['id', 'sum', 'kind'],
    properties: {
      id: { type: 'string', format: 'uuid' },
      sum: { type: 'number', exclusiveMinimum: 0 },
      kind: { enum: ['a', 'b'] },
    },
  };

  it('uses the stub of the tool and reaches nothing', async () => {
    let live = 0;
    const reached: string[] = [];
    const tool = toolOf(
      () => Promise.resolve((live += 1)),
      { effect: 'once', egress: ['example.com'] },
      {
        simulate: async (_, { fetch, documents, mode }) => ({
          mode,
          egress: await fetch('https://example.com/').then(
            () => 'open',
            (error: ToolError) => error.type,
          ),
          artifact: await documents
            .putArtifact({ path: 'x/y', bytes: Buffer.from('x'), media_type: 'text/plain' })
            .then(
              () => 'written',
              (error: ToolError) => error.type,
            ),
          value: (await documents.putValue(1)).bytes,
        }),
      },
    );
    const { runtime, store } = await benchOf([tool], {
      egress: (url) => (reached.push(url), Promise.resolve(new Response())),
    });
    const result = await runtime.execute(callOf(null, { mode: 'simulate' }), 'tool', controlOf());
    expect(result.output).toEqual({
      inline: { mode: 'simulate', egress: 'egress.closed', artifact: 'simulate.effect', value: 1 },
    });
    expect([live, reached, await store.read('x/y')]).toEqual([0, [], undefined]);
  });

  it('makes a sample from the schema where there is no stub', async () => {
    const { runtime } = await benchOf([toolOf(() => Promise.reject(new Error('live')), { effect: 'once', output })]);
    const result = await runtime.execute(callOf(null, { mode: 'simulate' }), 'tool', controlOf());
    expect(result.output).toEqual({ inline: { id: '00000000-0000-4000-8000-000000000000', sum: 1, kind: 'a' } });
  });

  it('says that a stub is needed where no sample can be made', async () => {
    const { runtime } = await benchOf([
      toolOf(() => Promise.resolve(null), { output: { type: 'string', pattern: '^[0-9]{4}$' } }),
    ]);
    expect(await failureOf(runtime.execute(callOf(null, { mode: 'simulate' }), 'tool', controlOf()))).toMatchObject({
      type: 'simulate.no_sample',
      nonRetryable: true,
    });
  });

  it('checks input and output as in earnest', async () => {
    const { runtime } = await benchOf([
      toolOf(
        () => Promise.resolve(null),
        { input: { type: 'string' }, output },
        { simulate: () => Promise.resolve(1) },
      ),
    ]);
    expect(await failureOf(runtime.execute(callOf(1, { mode: 'simulate' }), 'tool', controlOf()))).toMatchObject({
      type: 'tool.input_invalid',
    });
    expect(await failureOf(runtime.execute(callOf('x', { mode: 'simulate' }), 'tool', controlOf()))).toMatchObject({
      type: 'tool.output_invalid',
    });
  });
});

describe('the way out', () => {
  const ask = (url: string) =>
    toolOf(async (_, { fetch }) => (await fetch(url)).status, { egress: ['api.example.com'] });

  it.each([
    ['https://api.example.com/x', 204],
    ['https://API.example.com./x', 204],
    ['https://evil.example.com/', 'egress.refused'],
    ['https://api.example.com@evil.com/', 'egress.refused'],
    ['https://api.example.com.evil.com/', 'egress.refused'],
    ['file:///etc/passwd', 'egress.refused'],
    ['not a url', 'egress.refused'],
  ])('to %s gives %s', async (url, outcome) => {
    const { runtime } = await benchOf([ask(url)], {
      egress: () => Promise.resolve(new Response(null, { status: 204 })),
    });
    const running = runtime.execute(callOf(), 'tool', controlOf());
    if (typeof outcome === 'number') expect(await running).toEqual({ output: { inline: outcome } });
    else
      expect(await failureOf(running)).toMatchObject({
        type: outcome,
        nonRetryable: true,
        details: [{ class: 'policy' }],
      });
  });

  it('is closed on a worker that has none', async () => {
    const { runtime } = await benchOf([ask('https://api.example.com/')]);
    expect(await failureOf(runtime.execute(callOf(), 'tool', controlOf()))).toMatchObject({
      type: 'egress.unavailable',
    });
  });
});
