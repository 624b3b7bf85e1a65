/** What tools change outside of a run: written down before, settled after. */
import { DocumentError, type DocumentStore } from '../../../src/documents/port';
import { createEffects } from '../../../src/effects/effects';
import { EgressError } from '../../../src/egress/errors';
import { ToolError } from '../../../activities/tools/errors';
import type { Tool } from '../../../activities/tools/tool';
import type { StepCall } from '../../../schemas/step-call';
import { faulty, temporaryStore } from '../documents/support';
import { benchOf, callOf, controlOf, failureOf, toolOf } from './support';

const outside = (run: Parameters<typeof toolOf>[0], more: Partial<Tool> = {}): Tool =>
  toolOf(run, { effect: 'idempotent', egress: ['*'] }, more);
const url = 'https://shop.example:8443/orders?token=hidden';

async function open(tool: Tool, around = (store: DocumentStore) => store) {
  const { store } = await temporaryStore();
  const effects = createEffects(around(store));
  const { runtime } = await benchOf([tool], { effects });
  return {
    run: (change: Partial<StepCall> = {}) => runtime.execute(callOf({ url }, change), 'tool', controlOf()),
    list: () => createEffects(store).of('awe.run.1').list(),
  };
}

it('is written down before it is made, without more than the host, and settled after', async () => {
  let before: unknown;
  const bench = await open(outside(async () => ((before = await bench.list()), null)));
  await bench.run();
  const entry = {
    ...{ key: 'awe.run.1/step/1', step: 'step', round: 1, tool: 'test.tool', attempts: 1, at: expect.any(String) },
    targets: [{ kind: 'host', target: 'shop.example:8443', access: 'write', outside: true }],
  };
  expect(before).toEqual([{ ...entry, status: 'intended' }]);
  expect(await bench.list()).toEqual([{ ...entry, status: 'done', settled_at: expect.any(String) }]);
  expect(JSON.stringify(await bench.list())).not.toContain('hidden');
});

it('has one entry for all attempts with its key, and stays done', async () => {
  const ends = [new ToolError({ class: 'transient', type: 'shop.busy', message: 'busy' }), null, new Error('late')];
  const bench = await open(
    outside(async () => {
      const end = ends.shift();
      if (end) throw end;
      return null;
    }),
  );
  await failureOf(bench.run());
  expect(await bench.list()).toMatchObject([{ status: 'unknown', attempts: 1, error: 'shop.busy' }]);
  await bench.run();
  expect(await bench.list()).toMatchObject([{ status: 'done', attempts: 2 }]);
  await failureOf(bench.run());
  expect(await bench.list()).toMatchObject([{ status: 'done', attempts: 3 }]);
});

const wrong = new ToolError({ class: 'permanent', type: 'shop.no', message: 'no' });
it.each([
  ['a refusal', wrong, 'failed'],
  ['a host that nobody reached', new EgressError('unreachable', 'before', 'down'), 'failed'],
  ['an answer that broke off', new EgressError('too_large', 'answered', 'large'), 'unknown'],
  ['a request without an answer', new EgressError('timeout', 'sent', 'late'), 'unknown'],
  ['a conflict, undone', new ToolError({ class: 'transient', type: 'sql.conflict', message: 'c' }), 'failed'],
  ['an answer that could not be kept', new DocumentError('full', 'full'), 'unknown'],
  ['an unforeseen error', new Error('oh'), 'unknown'],
])('is told after %s', async (_, error, status) => {
  const bench = await open(outside(() => Promise.reject(error)));
  await failureOf(bench.run());
  expect(await bench.list()).toMatchObject([{ status }]);
});

it('is not told to have failed where an attempt before was left open', async () => {
  let cut = true;
  const bench = await open(
    outside(() => Promise.reject(wrong)),
    (store) =>
      faulty(store, {
        // as if the worker of the first attempt had died: nothing is settled
        replace: (...given) =>
          cut ? Promise.reject(new DocumentError('unavailable', 'away')) : store.replace(...given),
      }),
  );
  await failureOf(bench.run());
  expect(await bench.list()).toMatchObject([{ status: 'intended' }]);
  cut = false;
  await failureOf(bench.run());
  expect(await bench.list()).toMatchObject([{ status: 'unknown', attempts: 2 }]);
});

it('is not made where it cannot be written down', async () => {
  const made = jest.fn(async () => Promise.resolve(null));
  const away = () => Promise.reject(new DocumentError('unavailable', 'the disk is away'));
  const bench = await open(outside(made), (store) => faulty(store, { create: away }));
  expect(await failureOf(bench.run())).toMatchObject({ type: 'documents.unavailable', nonRetryable: false });
  expect(made).not.toHaveBeenCalled();
});

it('is nothing for tools that change nothing, or only the files of the run', async () => {
  for (const spec of [{ egress: ['*'] }, { effect: 'idempotent' as const }]) {
    const bench = await open(toolOf(async () => Promise.resolve(null), spec));
    await bench.run();
    expect(await bench.list()).toEqual([]);
  }
});

it('is counted in a simulation: what was not done, and every try to reach the outside', async () => {
  const quiet = await open(outside(async () => Promise.resolve(null), { simulate: async () => Promise.resolve(null) }));
  await quiet.run({ mode: 'simulate' });
  expect(await quiet.list()).toMatchObject([{ status: 'simulated', refused: 0, targets: [{ kind: 'host' }] }]);
  const loud = await open(
    toolOf(
      async () => Promise.resolve(null),
      { egress: ['*'] },
      {
        simulate: async (_, { fetch }) => (await fetch(url).catch(() => undefined), null),
      },
    ),
  );
  await loud.run({ mode: 'simulate' });
  await loud.run({ mode: 'simulate' });
  expect(await loud.list()).toMatchObject([{ status: 'simulated', refused: 2, attempts: 2 }]);
});

describe('a limit of effects', () => {
  const limits = { effects: 3 };
  const keyed = (n: number): Partial<StepCall> => ({ limits, step_id: `s${n}`, key: `awe.run.1/s${n}/1` });

  it('lets as many be made as it says, whoever asks at the same time, and no more', async () => {
    const made = jest.fn(async () => Promise.resolve(null));
    const { store } = await temporaryStore();
    const workers = await Promise.all(
      [1, 2].map(() => benchOf([outside(made)], { effects: createEffects(store) }).then(({ runtime }) => runtime)),
    );
    const ends = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => workers[n % 2]!.execute(callOf({ url }, keyed(n)), 'tool', controlOf())),
    );
    const refused = ends.filter(({ status }) => status === 'rejected');
    expect([made.mock.calls.length, refused.length]).toEqual([3, 17]);
    expect(refused[0]).toMatchObject({ reason: { type: 'limit.effects', nonRetryable: true } });
    expect(await createEffects(store).of('awe.run.1').count()).toBe(3);
  });

  it('counts all attempts of a call once, also where one has died before it was written down', async () => {
    let isDying = true;
    const made = jest.fn(async () => Promise.resolve(null));
    const bench = await open(outside(made), (store) =>
      faulty(store, {
        create: (path, ...given) =>
          isDying && path.startsWith('effects/')
            ? Promise.reject(new DocumentError('unavailable', 'away'))
            : store.create(path, ...given),
      }),
    );
    await failureOf(bench.run(keyed(1)));
    isDying = false;
    for (const n of [1, 2, 3, 1, 2, 3]) await bench.run(keyed(n));
    expect(await failureOf(bench.run(keyed(4)))).toMatchObject({ type: 'limit.effects' });
    await bench.run(keyed(1));
    expect(made).toHaveBeenCalledTimes(7);
  });
});
