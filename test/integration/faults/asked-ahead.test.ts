/** A run is asked for its state by a worker that does not know it yet, while its last events still wait for their task. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../../schemas/plan';
import type { RunView } from '../../../schemas/run';
import { createLogger } from '../../../src/logging';
import { startWorker } from '../../../workers/main';
import { workflowBundle } from '../../setup/servers';
import { decided, retried } from '../../support/faults/attend';
import { historiesOf, replayFaults, taskFailures, type Told } from '../../support/faults/histories';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { startStack, statusOf } from '../../support/stack';
import { testTools } from '../../support/tools';
import { until } from '../../support/until';
import { sleep } from '../own-redis';

/** Runs: not each is asked in the moment that matters. Of 60, 43 did not replay before workflows/ahead.ts. */
const RUNS = 20;

it('what it does for the answer is forgotten, and what comes next replays', async () => {
  const stack = await startStack();
  await stack.worker.stop();
  const { config } = stack;
  const dir = mkdtempSync(join(tmpdir(), 'awe-gate-'));
  const bundlePath = workflowBundle().codePath;
  const log = createLogger(config, 'tools');
  const tools = await startWorker(config, log, { bundlePath, tools: testTools, queues: ['tools', 'mirror'] });
  const worker = new WorkerProcess(envOf(config), () => ({ queues: ['workflows'] }));
  try {
    await worker.start();
    const runs = await Promise.all(Array.from({ length: RUNS }, () => stack.run(gated(join(dir, 'open')))));
    await until(async () => (await historiesOf(runs)).every(atTheGate), 60_000);
    await worker.kill();
    // the questions wait for a worker; then the gate opens, and so do the answers of its tool
    const asked = runs.map((run) => retried(() => statusOf(run)));
    await sleep(300);
    writeFileSync(join(dir, 'open'), '');
    let before: Told[] = [];
    await until(async () => (before = await historiesOf(runs)).every(throughTheGate), 60_000);
    expect(await replayFaults(before)).toEqual([]);
    await worker.start();
    await Promise.all(
      asked.map(async (answer, i) => {
        const run = runs[i]!;
        const knows = (view: RunView) => view.approvals.length > 0;
        if (!knows(await answer)) await until(async () => knows(await retried(() => statusOf(run))), 60_000);
        expect(await decided(run, { approval_id: 'ask', choice: 'approve', by: 'ann' })).toBe('accepted');
        await run.result();
      }),
    );
    const told = await historiesOf(runs);
    expect(taskFailures(told)).toEqual([]);
    expect(await replayFaults(told)).toEqual([]);
  } finally {
    await worker.stop();
    await tools.stop();
    await stack.client.connection.close();
    for (const folder of [config.store.dir, dir]) rmSync(folder, { recursive: true, force: true });
  }
});

const gated = (file: string): Plan => ({
  name: 'gated',
  steps: [
    { id: 'gate', kind: 'tool', uses: 'test.gate', with: { file } },
    { id: 'ask', kind: 'approval', depends_on: ['gate'], approval: { question: 'Go on?', expire_after: '1h' } },
  ],
});

/** The place of the tool's activity in a history. */
const gateIn = ({ history }: Told) =>
  history.events!.find((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'runTool');
const atTheGate = (told: Told): boolean => gateIn(told) !== undefined;
const throughTheGate = (told: Told): boolean =>
  told.history.events!.some(
    ({ activityTaskCompletedEventAttributes: done }) =>
      done && String(done.scheduledEventId) === String(gateIn(told)?.eventId),
  );
