/** A release whose workflow code has changed takes over while runs are open: docs/decisions/008. */
import { join } from 'node:path';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import type { Plan, Step } from '../../../schemas/plan';
import { messages, type PlanRunInput, type RunView } from '../../../schemas/run';
import { createDocuments } from '../../../src/documents/content';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createTemporal, type TemporalPort } from '../../../src/temporal/client';
import { queueName, workflowIdOf } from '../../../src/temporal/ids';
import { listVersions, promoteVersion } from '../../../src/temporal/versions';
import { servers } from '../../setup/servers';
import { historiesOf, taskFailures } from '../../support/faults/histories';
import { until } from '../../support/until';
import { asked, expectDoneOnce, post, recordsOf, request, workContext } from './client';
import { Fleet, makeRelease } from './fleet';

/** An audit's first act. The changed code waits a moment before it, so its commands come in another order. */
const BEGINS = `await run.once('received', () => received(run, input));`;
const workflow = `require('@temporalio/workflow')`;
const changed = `await ${workflow}.sleep(1); ${workflow}.upsertMemo({ release: 'second' });`;

let fleet: Fleet;
let client: Client;
let temporal: TemporalPort;

beforeEach(async () => {
  fleet = await Fleet.start('rolling');
  temporal = createTemporal(fleet.config);
  client = new Client({ connection: await Connection.connect({ address: servers().temporalAddress }) });
  await fleet.up('api', 'api');
});

afterEach(async () => {
  await fleet.stop();
  await temporal.close();
  await client.connection.close();
});

const handleOf = (project: string) => client.workflow.getHandle(workflowIdOf(fleet.config.namespace, 'audit', project));

/** A project that waits for a person. */
async function open(project: string): Promise<WorkflowHandle> {
  expect((await request(fleet.url('api'), project, false)).status).toBe(202);
  await asked(fleet.url('api'), project);
  return handleOf(project);
}

async function provideRows(project: string): Promise<void> {
  const url = `${fleet.url('api')}/projects/${project}/clarifications/rows`;
  await until(
    async () => (await post(url, { choice: 'provide', work_context: workContext }, project)).status === 200,
    60_000,
  );
}

async function expectDone(...projects: string[]): Promise<void> {
  const records = await recordsOf(
    fleet.records,
    projects.map((id) => handleOf(id).workflowId),
  );
  records.forEach(expectDoneOnce);
}

const failuresOf = async (...handles: WorkflowHandle[]) => taskFailures(await historiesOf(handles));
const releaseOf = async (handle: WorkflowHandle) => (await handle.describe()).memo?.['release'];

it('pinned: open runs stay with the release that began them, new ones take the other, and the old can go', async () => {
  const second = makeRelease(join(fleet.dir, 'second'), {
    file: 'workflows/audit.js',
    find: BEGINS,
    put: `${changed} ${BEGINS}`,
  });
  await fleet.up('worker', 'old', { env: { AWE_WORKER_BUILD_ID: 'first' } });
  await promoteVersion(temporal, fleet.config.namespace, 'first');
  const old = await open('begun-before');

  await fleet.up('worker', 'new', { release: second, env: { AWE_WORKER_BUILD_ID: 'second' } });
  const joined = await open('begun-when-joined'); // it has joined, and gets nothing before it is promoted
  expect(await releaseOf(joined)).toBeUndefined();
  await promoteVersion(temporal, fleet.config.namespace, 'second');
  const states = await listVersions(temporal, fleet.config.namespace);
  expect(states.map(({ build_id, state }) => `${build_id} ${state}`)).toEqual(['second current', 'first draining']);
  const fresh = await open('begun-after');
  expect(await releaseOf(fresh)).toBe('second');

  for (const project of ['begun-before', 'begun-when-joined', 'begun-after']) await provideRows(project);
  await expectDone('begun-before', 'begun-when-joined', 'begun-after');
  expect(await failuresOf(old, joined, fresh)).toEqual([]);
  expect(await releaseOf(old)).toBeUndefined();

  expect(await fleet.down('old')).toBe(true);
  await open('begun-without-the-old');
  await provideRows('begun-without-the-old');
  await expectDone('begun-without-the-old');
});

it('pinned: a run that goes on in a new run stays with its release too', async () => {
  await fleet.up('worker', 'old', { env: { AWE_WORKER_BUILD_ID: 'first' } });
  await promoteVersion(temporal, fleet.config.namespace, 'first');
  const handle = await startLongPlan();
  await until(async () => (await handle.query<RunView>(messages.status)).status === 'waiting', 60_000);
  const { runId } = await handle.describe();
  await fleet.up('worker', 'new', { env: { AWE_WORKER_BUILD_ID: 'second' } });
  await promoteVersion(temporal, fleet.config.namespace, 'second');
  await handle.executeUpdate(messages.decide, { args: [{ approval_id: 'go', choice: 'approve', by: 'ann' }] });
  await handle.result();
  const { raw, runId: last } = await handle.describe();
  expect(last).not.toBe(runId);
  expect(raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId).toBe('first');
  expect(await failuresOf(handle)).toEqual([]);
});

/** A plan that waits for a person, and then has more steps than one run of the chain does. */
async function startLongPlan(): Promise<WorkflowHandle> {
  const { namespace, store } = fleet.config;
  const documents = createDocuments(await openFilesystemStore({ root: store.dir }));
  const waits = Array.from({ length: 510 }, (_, i): Step => ({
    ...{ id: `w${i}`, kind: 'wait', with: { for: '1ms' }, depends_on: ['go'] },
  }));
  const last: Step = { id: 'last', kind: 'tool', uses: 'data.echo', depends_on: waits.map(({ id }) => id) };
  const go: Step = { id: 'go', kind: 'approval', approval: { question: 'Go?', expire_after: '1d' } };
  const plan: Plan = { name: 'long', steps: [go, ...waits, last] };
  const input: PlanRunInput = {
    ...{ title: 'long', plan: await documents.putValue(plan), steps: plan.steps.length, input: { inline: null } },
    ...{ correlation_id: 'long', mode: 'live', options: { approval_signals: 'accept', expire_after: 86_400_000 } },
  };
  return await client.workflow.start('run', {
    ...{ workflowId: `${namespace}.run.long`, taskQueue: queueName(namespace, 'workflows'), args: [input] },
    workflowTaskTimeout: '5s',
  });
}

it('patched: the new release takes over open runs by the old way, after the old one has stopped', async () => {
  const second = makeRelease(join(fleet.dir, 'second'), {
    file: 'workflows/audit.js',
    find: BEGINS,
    put: `if (${workflow}.patched('waits-a-moment')) { ${changed} } ${BEGINS}`,
  });
  await fleet.up('worker', 'old');
  const old = await open('begun-before');
  expect(await fleet.down('old')).toBe(true);
  await fleet.up('worker', 'new', { release: second });
  await provideRows('begun-before');
  const fresh = await open('begun-after');
  await provideRows('begun-after');
  await expectDone('begun-before', 'begun-after');
  expect(await failuresOf(old, fresh)).toEqual([]);
  expect(await Promise.all([old, fresh].map(releaseOf))).toEqual([undefined, 'second']);
});

// half a minute for what a careless release does: in the long form alone
if (process.env['AWE_TEST_LONG'])
  it('neither: changed code holds up an open run and harms it not; the release that began it finishes it', async () => {
    const careless = makeRelease(join(fleet.dir, 'careless'), {
      file: 'workflows/audit.js',
      find: BEGINS,
      put: `${changed} ${BEGINS}`,
    });
    await fleet.up('worker', 'old');
    const old = await open('begun-before');
    await fleet.down('old');
    await fleet.up('worker', 'careless', { release: careless });
    // the answer is not lost: it waits in the history until somebody can follow it
    await old.signal('decide', { approval_id: 'rows', choice: 'decline', by: 'Ann Miller' });
    await until(async () => (await failuresOf(old)).some((failure) => /NON_DETERMINISTIC/.test(failure)), 60_000);
    expect((await old.describe()).status.name).toBe('RUNNING');
    await fleet.down('careless');
    await fleet.up('worker', 'old-again');
    await expectDone('begun-before');
  });
