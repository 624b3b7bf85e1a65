/** Orders, while the worker is killed between approval and export, and while Redis is away. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { RunRecord } from '../../../schemas/run';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { verifyLedgers } from '../../../src/ledger/verify';
import { createKeys } from '../../../src/redis/keys';
import { historiesOf, replayFaults, taskFailures, timeouts } from '../../support/faults/histories';
import { say, seeded } from '../../support/faults/random';
import { countOf, expectStreamsToTell } from '../../support/faults/streams';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { decide, startStack, statusOf, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { inDlq, inStream } from '../mirror-fixture';
import { OwnRedis, sleep } from '../own-redis';
import { counted, formOf, startOrders, times } from '../order/fixture';

/** A short absence by default; `AWE_TEST_ORDERS=200 AWE_TEST_AWAY=60` is the long form. */
const KILLS = Number(process.env['AWE_TEST_KILLS'] ?? 2);
const ORDERS = Number(process.env['AWE_TEST_ORDERS'] ?? 20);
const AWAY = 1_000 * Number(process.env['AWE_TEST_AWAY'] ?? 10);

/** From the approval to the last event takes about as long; kills fall at any moment of it (milliseconds). */
const MOMENT = 400;

describe(`the worker is killed between approval and export, ${KILLS} times`, () => {
  let redis: OwnRedis;
  let stack: Stack;
  let worker: WorkerProcess;

  beforeAll(async () => {
    redis = await OwnRedis.start();
    stack = await startStack({ env: { REDIS_URL: redis.url } });
    await stack.worker.stop(); // its workers are processes of their own
    worker = new WorkerProcess(envOf(stack.config));
  });
  afterAll(async () => {
    await worker.stop();
    await stack.client.connection.close();
    rmSync(stack.config.store.dir, { recursive: true, force: true });
    await redis.end();
  });

  it('each order is exported once, told once, and stands in the ledger once', async () => {
    const random = seeded(`orders, ${KILLS} kills`);
    const began = Date.now();
    const handles: WorkflowHandle[] = [];
    let before = 0;
    await worker.start();
    for (let kill = 0; kill < KILLS; kill++) {
      const handle = await stack.order({ order_id: `K-${kill}` });
      handles.push(handle);
      await until(async () => (await statusOf(handle).catch(() => undefined))?.status === 'waiting', 60_000);
      // the approval is not awaited: the worker may die before it has answered; then it is sent again
      const approve = () =>
        decide(handle, { approval_id: 'validation', choice: 'approve', by: 'bob', decision_id: 'd-1' });
      const approving = approve().catch(() => undefined);
      await sleep(random.between(0, MOMENT));
      await worker.kill();
      if ((await stack.record(handle)) === undefined) before += 1;
      await worker.start();
      if ((await approving) === undefined) await approve().catch(() => undefined);
      await handle.result();
    }
    const records: RunRecord[] = [];
    for (const handle of handles) records.push((await stack.record(handle))!);
    const told = await historiesOf(handles);
    const lost = timeouts(told);
    say(
      `${KILLS} kills after the approval, ${before} of them before the end; ${lost.tasks} workflow tasks and ` +
        `${lost.activities} activities were lost; over after ${Date.now() - began} ms`,
    );
    for (const { events, status } of records) {
      expect(status).toBe('completed');
      for (const once of ['ORDER.APPROVED', 'DELIVERABLE.PUBLISHED', 'ORDER.EXPORT_READY'])
        expect([once, countOf(events, once)]).toEqual([once, 1]);
    }
    const { dir } = stack.config.store;
    expect(readdirSync(join(dir, 'exports')).sort()).toEqual(
      handles.flatMap((_, i) => [`K-${i}.csv`, `K-${i}.xlsx`]).sort(),
    );
    await expectStreamsToTell(records, await redis.ready(), stack.config);
    expect(await verifyLedgers(await openFilesystemStore({ root: dir }), [])).toMatchObject([
      { entries: KILLS, faults: [] },
    ]);
    expect(taskFailures(told)).toEqual([]);
    expect(await replayFaults(told)).toEqual([]);
  }, 600_000);
});

it(`${ORDERS} orders are handed in while Redis is away for ${AWAY / 1_000} s: all are accepted, and all are told of afterwards`, async () => {
  const redis = await OwnRedis.start();
  const stack = await startOrders({ env: { REDIS_URL: redis.url } });
  try {
    await redis.kill();
    const gone = Date.now();
    const answers = await times(ORDERS, async (i) => {
      await sleep((AWAY * 0.8 * i) / ORDERS);
      return await stack.http.inbox(formOf());
    });
    expect(counted(answers)).toEqual({ 202: ORDERS });
    const accepted = Date.now() - gone;
    const ids = answers.map(({ body }) => String(body['order_id']));
    // an order is decided on and exported as if Redis were there
    const [first = ''] = ids;
    await stack.reaches(first, 'pending_validation');
    expect((await stack.http.post(`/orders/${first}/validate`, {})).status).toBe(200);
    await stack.reaches(first, 'exported');
    await sleep(Math.max(0, AWAY - (Date.now() - gone)));
    await redis.up();
    const back = Date.now();
    const connection = await redis.ready();
    const keys = createKeys(stack.config.streams);
    const told = async () => {
      const stream = await inStream(connection, keys);
      return stream
        .filter(({ event_type }) => event_type === 'ORDER.VALIDATION_REQUIRED')
        .map(({ subject }) => subject.id);
    };
    // orders are read meanwhile, on whatever the machine has left
    await until(async () => (await told()).length >= ORDERS, 180_000);
    say(
      `${ORDERS} orders, Redis away: accepted within ${accepted} ms; told of within ${Date.now() - back} ms of its return`,
    );
    expect((await told()).sort()).toEqual([...ids].sort());
    expect(await inDlq(connection, keys)).toEqual([]);
    const stream = await inStream(connection, keys);
    expect(new Set(stream.map(({ event_id }) => event_id)).size).toBe(stream.length);
    for (const id of ids) {
      const seqs = stream.filter(({ subject }) => subject.id === id).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, i) => i + 1));
    }
  } finally {
    await stack.stop();
    await redis.end();
  }
}, 600_000);
