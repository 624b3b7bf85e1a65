/** What a tool exchanges with the world is kept, and a replay answers from there, or says what is not the same. */
import { connect } from 'node:net';
import type { Json } from '../../../schemas/json';
import type { Terms } from '../../../schemas/terms';
import type { ToolContext } from '../../../activities/tools/tool';
import { ToolError } from '../../../activities/tools/errors';
import { startWeb } from '../../support/web';
import { benchOf, callOf, controlOf, failureOf, toolOf } from '../tools/support';

const RECORDED = 'awe.run.recorded';
const REPLAY = 'awe.run.replay';

const of = (run: string, terms: Terms) => callOf(null, { workflow_id: run, key: `${run}/step/test.tool/1`, terms });
const record: Terms = { recording: { mode: 'record' } };
const replay: Terms = { recording: { mode: 'replay', of: RECORDED } };

/** Runs what a tool does twice: recorded, and then replayed as it, or as something else. */
async function both(run: (context: ToolContext) => Promise<Json>, again = run) {
  let doing = run;
  const bench = await benchOf([
    toolOf((_, context) => doing(context), { retry: { attempts: 3, initialMs: 1, backoff: 1, maxMs: 1 } }),
  ]);
  const execute = async (terms: Terms, id: string) =>
    await bench.documents.fromValue((await bench.runtime.execute(of(id, terms), 'tool', controlOf())).output);
  const first = await execute(record, RECORDED).catch((error: unknown) => error as Json);
  doing = again;
  return { first, again: () => execute(replay, REPLAY) };
}

it('the same request is answered in the order in which it was asked, others wherever they come', async () => {
  let n = 0;
  const ask = (context: ToolContext, what: string) => context.exchange('counter', { what }, async () => ++n);
  const { first, again } = await both(
    async (context) => [await ask(context, 'a'), await ask(context, 'b'), await ask(context, 'a'), context.now()],
    async (context) => {
      const [b, a] = [await ask(context, 'b'), await ask(context, 'a')];
      return [a, b, await ask(context, 'a'), context.now()];
    },
  );
  expect(await again()).toEqual(first);
  expect(n).toBe(3);
});

it('ids of the run are none of the request, and the tool sees those that were recorded', async () => {
  const { first, again } = await both(async ({ exchange, workflow_id, key }) => {
    await exchange('told', { by: workflow_id }, async () => null);
    return { workflow_id, key };
  });
  expect(await again()).toEqual(first);
  expect(first).toEqual({ workflow_id: RECORDED, key: `${RECORDED}/step/test.tool/1` });
});

it('a failure is the same failure, and is not tried again', async () => {
  const { again } = await both(async ({ exchange }) =>
    exchange('busy', 1, () =>
      Promise.reject(new ToolError({ class: 'transient', type: 'test.busy', message: 'busy' })),
    ),
  );
  expect(await failureOf(again())).toMatchObject({ type: 'test.busy', message: 'busy', nonRetryable: true });
});

it('another request names the nearest one that was recorded, whatever the tool makes of the error', async () => {
  const ask = (body: object) => async (context: ToolContext) =>
    await context.exchange('crm', { url: '/users', body } as Json, async () => 'done').catch(() => 'ignored');
  const { again } = await both(ask({ name: 'Ann', age: 30 }), ask({ name: 'Ann', age: 31 }));
  expect(await failureOf(again())).toMatchObject({
    type: 'replay.diverged',
    message:
      'the crm exchange of step (round 1) is not what was recorded; nearest is exchange 1 of 1: /body/age was 30, and is 31',
  });
});

it('a request more than were recorded is missed', async () => {
  const ask = (times: number) => async (context: ToolContext) => {
    for (let i = 0; i < times; i++) await context.exchange('crm', null, async () => null);
    return null;
  };
  const { again } = await both(ask(1), ask(2));
  expect(await failureOf(again())).toMatchObject({ type: 'replay.miss', message: expect.stringContaining('one more') });
});

it.each([
  ['a socket', (port: number) => new Promise((_, reject) => connect(port, '127.0.0.1').on('error', reject))],
  ['fetch', (port: number) => fetch(`http://127.0.0.1:${port}`)],
])('%s of its own reaches nothing in a replay', async (_, reach) => {
  const web = await startWeb((__, response) => response.end());
  const { again } = await both(
    async () => null,
    async () => (await reach(web.port).catch(() => null), null),
  );
  expect(await failureOf(again())).toMatchObject({ type: 'replay.egress', nonRetryable: true });
  expect(web.connections.made).toBe(0);
});
