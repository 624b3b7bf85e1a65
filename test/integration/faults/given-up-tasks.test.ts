/** A server that soon gives up a workflow task because many messages arrive meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { Step } from '../../../schemas/plan';
import { freePorts } from '../../../src/local/ports';
import { stopProcess } from '../../../src/local/process';
import { startTemporal } from '../../../src/local/temporal';
import { servers, uniqueNamespace } from '../../setup/servers';
import { historiesOf, replayFaults, taskFailures, type Told } from '../../support/faults/histories';
import { startStack, type Stack } from '../../support/stack';

/** Plans with a task that is given up, and plans at most; the steps of each that end at once. */
const [ENOUGH, PLANS, STEPS] = [5, 20, 100];

const { runDir, temporalBinary: binary } = servers();
const name = uniqueNamespace('given-up');
const dir = mkdtempSync(join(tmpdir(), 'awe-given-up-'));
let server: Awaited<ReturnType<typeof startTemporal>>;
let client: Client;
let stack: Stack;

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  const settings = { 'history.maximumBufferedEventsBatch': 50 };
  server = await startTemporal({ binary, port, runDir, name, settings, log: join(dir, 'temporal.log') });
  const address = `127.0.0.1:${port}`;
  client = new Client({ connection: await Connection.connect({ address }) });
  stack = await startStack({ cache: 0, server: { address, client } });
});
afterAll(async () => {
  await stack.stop();
  await client.connection.close();
  await stopProcess(runDir, server, 5_000);
  rmSync(dir, { recursive: true });
});

it('what was done in a task that is given up is done once, and replays', async () => {
  const steps = Array.from({ length: STEPS }, (_, i): Step => ({
    ...{ id: `p${i}`, kind: 'tool', uses: 'test.big_remote', with: { bytes: 3_000 } },
  }));
  const last: Step = { id: 'last', kind: 'tool', uses: 'test.note', depends_on: steps.map(({ id }) => id) };
  const told: Told[] = [];
  for (let i = 0; i < PLANS && told.filter(wasGivenUp).length < ENOUGH; i++) {
    const run = await stack.run({ name: 'wide', steps: [...steps, last], max_parallel: STEPS });
    await run.result();
    const { status, events } = (await stack.record(run))!;
    expect(status).toBe('completed');
    expect(events).toHaveLength(2 * (STEPS + 1) + 2);
    told.push(...(await historiesOf([run])));
  }
  expect(told.filter(wasGivenUp)).not.toEqual([]);
  expect(taskFailures(told)).toEqual([]);
  expect(await replayFaults(told)).toEqual([]);
});

const { WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND: GIVEN_UP } = temporal.api.enums.v1.WorkflowTaskFailedCause;

const wasGivenUp = ({ history }: Told): boolean =>
  (history.events ?? []).some(({ workflowTaskFailedEventAttributes: failed }) => failed?.cause === GIVEN_UP);
