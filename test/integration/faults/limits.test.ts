/** Fifty effects at once under a limit of ten: the target's log has ten, also with the worker killed among them. */
import { rmSync } from 'node:fs';
import type { Plan } from '../../../schemas/plan';
import { createEffects } from '../../../src/effects/effects';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { say, seeded } from '../../support/faults/random';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { limitedPolicy } from '../../support/policy';
import { startStack, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { startWeb } from '../../support/web';

/** 20 in the long form. */
const KILLS = Number(process.env['AWE_TEST_KILLS'] ?? 2);
const LIMIT = 10;

let stack: Stack;
let worker: WorkerProcess;
afterAll(async () => {
  await worker.stop();
  await stack.client.connection.close();
  rmSync(stack.config.store.dir, { recursive: true, force: true });
});

it(`makes ${LIMIT} effects of 50 that are wanted at once, through ${KILLS} kills`, async () => {
  const web = await startWeb((_, response) => setTimeout(() => response.end('{}'), 100));
  const policy = limitedPolicy();
  policy.limit({ effects: LIMIT });
  stack = await startStack();
  await stack.worker.stop(); // its workers are processes of their own
  worker = new WorkerProcess({
    ...envOf(stack.config),
    POLICY_FILE: policy.file,
    EGRESS_ALLOW: `127.0.0.1:${web.port}`,
  });
  const plan: Plan = {
    name: 'many effects',
    max_parallel: 50,
    steps: [
      { id: 'list', kind: 'tool', uses: 'test.note', with: { items: [...Array(50).keys()] } },
      {
        ...{ id: 'post', kind: 'tool', uses: 'http.request', on_error: 'continue' },
        for_each: '${{ steps.list.output.items }}',
        with: { method: 'POST', url: web.url, idempotent: true, json: { n: '${{ item }}' } },
      },
      {
        ...{ id: 'again', kind: 'tool', uses: 'http.request', depends_on: ['post'], on_error: 'continue' },
        with: { method: 'POST', url: web.url, idempotent: true, json: { n: 50 } },
      },
    ],
  };
  const handle = await stack.job('post them', { plan });
  const random = seeded(`limits, ${KILLS} kills`);
  for (let kill = 1; kill <= KILLS; kill++) {
    await worker.start();
    if (kill === 1) await until(() => Promise.resolve(web.requests.length >= 2), 60_000);
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 400)));
    await worker.kill();
  }
  await worker.start();
  await handle.result();

  const keys = new Set(web.requests.map(({ headers }) => headers['idempotency-key']));
  expect(keys.size).toBe(LIMIT);
  const effects = await createEffects(await openFilesystemStore({ root: stack.config.store.dir }))
    .of(handle.workflowId)
    .list();
  expect(effects.map(({ status }) => status)).toEqual(Array(LIMIT).fill('done'));
  const { step_views: steps } = (await stack.record(handle))!;
  expect(steps.map(({ id, status, error }) => [id, status, error?.type])).toEqual([
    ['list', 'completed', undefined],
    ['post', 'completed', undefined],
    ['again', 'failed', 'limit.effects'],
  ]);
  say(`${web.requests.length - keys.size} requests were repeated`);
});
