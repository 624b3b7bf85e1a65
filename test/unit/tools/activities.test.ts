import { CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStepActivities } from '../../../activities/engine/steps';
import type { Tool, ToolContext } from '../../../activities/tools/tool';
import { createValueActivities } from '../../../activities/engine/values';
import type { Json } from '../../../schemas/json';
import { createDocuments } from '../../../src/documents/content';
import { DocumentError } from '../../../src/documents/errors';
import { faulty, temporaryStore } from '../documents/support';
import { benchOf, callOf, failureOf, toolOf } from './support';

type Info = ConstructorParameters<typeof MockActivityEnvironment>[0];

const stepsOf = async (...tools: Tool[]): Promise<ReturnType<typeof createStepActivities>> =>
  createStepActivities({ runtime: (await benchOf(tools)).runtime });

const environmentOf = (info: Info): MockActivityEnvironment =>
  new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') });

const REGULAR: Info = { startToCloseTimeoutMs: 10_000, heartbeatTimeoutMs: 4000 };

describe('a step as an activity', () => {
  it('runs tools and agents with the number of the attempt', async () => {
    const attempts: number[] = [];
    const run = (_: Json, { attempt }: ToolContext): Promise<null> => (attempts.push(attempt), Promise.resolve(null));
    const { runTool, runAgent } = await stepsOf(toolOf(run), toolOf(run, { name: 'an.agent' }, { kind: 'agent' }));
    await environmentOf({ ...REGULAR, attempt: 3 }).run(runTool, callOf());
    await environmentOf({ ...REGULAR, attempt: 4 }).run(runAgent, callOf(null, { uses: 'an.agent' }));
    expect(attempts).toEqual([3, 4]);
  });

  it('says at least once a second that it goes on, with what the tool told last, and stops when it has ended', async () => {
    const slow = toolOf(async (_, { heartbeat }) => {
      heartbeat({ done: 1 });
      await sleep(2300);
      return null;
    });
    const { runTool } = await stepsOf(slow);
    const environment = environmentOf(REGULAR);
    const beats: unknown[] = [];
    environment.on('heartbeat', (detail: unknown) => beats.push(detail));
    await environment.run(runTool, callOf());
    expect(beats).toEqual([{ done: 1 }, { done: 1 }, { done: 1 }]);
    await sleep(1200);
    expect(beats).toHaveLength(3);
  });

  it('says nothing where nobody listens, without a time limit for it', async () => {
    const { runTool } = await stepsOf(toolOf((_, { heartbeat }) => (heartbeat(1), Promise.resolve(null))));
    const environment = environmentOf({});
    environment.on('heartbeat', () => {
      throw new Error('heard');
    });
    expect(await environment.run(runTool, callOf())).toEqual({ output: { inline: null } });
  });

  it('is cancelled by Temporal', async () => {
    const { runTool } = await stepsOf(toolOf(() => new Promise(() => {})));
    const environment = environmentOf(REGULAR);
    const running = environment.run(runTool, callOf());
    await sleep(20);
    environment.cancel();
    await expect(running).rejects.toBeInstanceOf(CancelledFailure);
  });

  it('ends by itself a little before Temporal would end it', async () => {
    const limits: number[] = [];
    const { runTool } = await stepsOf(
      toolOf((_, { deadline }) => (limits.push(deadline - Date.now()), Promise.resolve(null))),
    );
    for (const info of [
      { startToCloseTimeoutMs: 3000, scheduleToCloseTimeoutMs: 1000 },
      { startToCloseTimeoutMs: 60_000, scheduleToCloseTimeoutMs: 0 },
    ])
      await environmentOf(info).run(runTool, callOf());
    expect(limits.map((limit) => Math.ceil(limit / 100) * 100)).toEqual([2700, 59_500]);
    const { runTool: hanging } = await stepsOf(toolOf(() => new Promise(() => {})));
    const short = environmentOf({ startToCloseTimeoutMs: 200, scheduleToCloseTimeoutMs: 0 });
    expect(await failureOf(short.run(hanging, callOf()))).toMatchObject({ type: 'tool.timeout' });
  });
});

describe('values as activities', () => {
  const large = 'x'.repeat(5000);
  const parts = async () => {
    const { store } = await temporaryStore();
    const documents = createDocuments(store);
    return { store, documents, activities: createValueActivities({ documents }) };
  };
  const run = <P extends unknown[], R>(activity: (...given: P) => Promise<R>, ...given: P): Promise<R> =>
    environmentOf(REGULAR).run<P, R, (...given: P) => Promise<R>>(activity, ...given);

  it('are stored and loaded', async () => {
    const { activities } = await parts();
    const ref = await run(activities.storeValue, { large });
    expect(await run(activities.loadValue, { ...ref, key: 'large' })).toBe(large);
    expect(await failureOf(run(activities.loadValue, { ...ref, key: 'x' }))).toMatchObject({
      type: 'documents.not_found',
      nonRetryable: true,
    });
  });

  it('are rendered beside their files, and come back by reference where they are large', async () => {
    const { activities, documents } = await parts();
    const scope = {
      input: { inline: null },
      steps: { a: { status: 'completed', output: { ref: await documents.putValue({ large, n: 1 }) } } },
    };
    expect(await run(activities.evaluate, { template: { inline: '${{ steps.a.output.n + 1 }}' }, scope })).toEqual({
      inline: 2,
    });
    expect(await run(activities.evaluate, { template: { inline: '${{ steps.a.output.large }}' }, scope })).toEqual({
      ref: await documents.putValue(large),
    });
    expect(await failureOf(run(activities.evaluate, { template: { inline: '${{ steps.b }}' }, scope }))).toMatchObject({
      type: 'expression.unknown_name',
      nonRetryable: true,
    });
  });

  it('are tried again while the store is away', async () => {
    const { store } = await temporaryStore();
    const away = faulty(store, { create: () => Promise.reject(new DocumentError('unavailable', 'the disk is full')) });
    const { storeValue } = createValueActivities({ documents: createDocuments(away) });
    expect(await failureOf(run(storeValue, large))).toMatchObject({
      type: 'documents.unavailable',
      nonRetryable: false,
      message: 'the disk is full',
    });
  });
});
