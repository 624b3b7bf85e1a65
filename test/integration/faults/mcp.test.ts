/** `kill -9` of the worker while it calls tools of an MCP server: each effect once, or a person is asked; no child stays. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../../schemas/plan';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createEffects } from '../../../src/effects/effects';
import { historiesOf, taskFailures } from '../../support/faults/histories';
import { say, seeded } from '../../support/faults/random';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { accept, CARELESS, isAlive, nodeServer, readServerJournal, serversFile } from '../../support/mcp/servers';
import { startStack, type Stack } from '../../support/stack';
import { until } from '../../support/until';

/** 20 in the long form. */
const KILLS = Number(process.env['AWE_TEST_KILLS'] ?? 2);

/** Calls of each tool, one after the other. */
const CALLS = 4 * (KILLS + 1);

let stack: Stack;
let worker: WorkerProcess;
afterAll(async () => {
  await worker.stop();
  await stack.client.connection.close();
  rmSync(stack.config.store.dir, { recursive: true, force: true });
});

it(
  `has each effect once or asks, after ${KILLS} kills`,
  async () => {
    const journal = join(serversFile({}), '..', 'journal');
    const rules = { pay: { effect: 'once' }, put: { effect: 'idempotent' } };
    const env = { JOURNAL: journal, GRANDCHILD: '1', STUBBORN: '1' };
    const MCP_CONFIG = serversFile({ careless: nodeServer(CARELESS, { env, tools: rules }) });
    stack = await startStack({ env: { MCP_CONFIG } });
    await accept(stack.config, 'careless', 'pay', 'put');
    await stack.worker.stop(); // its workers are processes of their own
    worker = new WorkerProcess({ ...envOf(stack.config), MCP_CONFIG });
    const told = () => readServerJournal(journal);
    const processes = () => told().flatMap(({ started = [] }) => started);
    await until(() => !processes().some(isAlive));

    const handle = await stack.run({ name: 'effects', steps: ['pay', 'put'].flatMap(chainOf) });
    const random = seeded(`MCP, ${KILLS} kills`);
    for (let kill = 1; kill <= KILLS; kill++) {
      await worker.start();
      const wanted = Math.floor((kill * CALLS) / (KILLS + 1));
      await until(() => told().filter(({ put }) => put !== undefined).length >= wanted, 60_000);
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 200)));
      await worker.kill();
      await until(() => !processes().some(isAlive), 10_000);
    }
    await worker.start();
    await handle.result();

    const paid = told().flatMap(({ pay }) => pay ?? []);
    const put = told().flatMap(({ put: n }) => n ?? []);
    const { step_views: views } = (await stack.record(handle))!;
    const endOf = (id: string) => views.find((view) => view.id === id)!;
    expect(new Set(paid).size).toBe(paid.length);
    for (const n of numbers) {
      const { status, error } = endOf(`pay${n}`);
      if (status === 'completed') expect(paid).toContain(n);
      else expect({ n, status, outcome: error?.outcome }).toEqual({ n, status: 'failed', outcome: 'unknown' });
      expect(endOf(`put${n}`).status).toBe('completed');
    }
    expect(new Set(put)).toEqual(new Set(numbers));
    expect(put.length - CALLS).toBeLessThanOrEqual(KILLS);
    const effects = await createEffects(await openFilesystemStore({ root: stack.config.store.dir }))
      .of(handle.workflowId)
      .list();
    const unknown = views.filter(({ status }) => status === 'failed').map(({ id }) => id);
    // where the answer had come before the kill, the ledger of effects knows more than the run
    expect(unknown).toEqual(
      expect.arrayContaining(effects.flatMap(({ step, status }) => (status === 'done' ? [] : step))),
    );
    const done = effects.flatMap(({ step, status }) => (status === 'done' && step.startsWith('pay') ? step : []));
    expect(paid.map((n) => `pay${n}`)).toEqual(expect.arrayContaining(done));
    expect(taskFailures(await historiesOf([handle]))).toEqual([]);
    say(`${unknown.length} effects are left to a person, ${put.length - CALLS} calls were repeated`);
  },
  120_000 + KILLS * 30_000,
);

const numbers = Array.from({ length: CALLS }, (_, n) => n);

/** Calls of a tool, each after the one before, whatever has become of that. */
const chainOf = (tool: string): Step[] =>
  numbers.map((n) => ({
    ...{ id: `${tool}${n}`, kind: 'tool', uses: `mcp.careless.${tool}`, with: { n }, on_error: 'continue' },
    ...(n === 0 ? {} : { depends_on: [`${tool}${n - 1}`] }),
  }));
