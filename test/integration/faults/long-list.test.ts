/** A loop over a long list whose elements are activities of their own: `kill -9` in its middle, and what it costs. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DefinitionStep } from '../../../schemas/definition/definition';
import { historiesOf, taskFailures, timeouts, type Told } from '../../support/faults/histories';
import { callFaults, readJournal } from '../../support/faults/journal';
import { say } from '../../support/faults/random';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { startStack, type Stack } from '../../support/stack';
import { until } from '../../support/until';

/** 10,000 in the long form, which takes some minutes. The short one goes on in a second run, with rows of the first. */
const ELEMENTS = Number(process.env['AWE_TEST_ELEMENTS'] ?? 800);

/** Elements at a time. */
const AT_ONCE = 40;

/** Milliseconds in which it has ended, whatever the machine. */
const LIMIT = 120_000 + ELEMENTS * 100;

/** Bytes of memory of a worker, and of the history of a run of the chain, at most, however long the list is. */
const MEMORY = 700 * 1024 * 1024;
const HISTORY = 8 * 1024 * 1024;

let stack: Stack;
let worker: WorkerProcess;
let journal: string;

beforeAll(async () => {
  stack = await startStack();
  await stack.worker.stop(); // its workers are processes of their own
  journal = join(stack.config.store.dir, 'journal');
  worker = new WorkerProcess(envOf(stack.config), () => ({ journal }));
});
afterAll(async () => {
  await worker.stop();
  await stack.client.connection.close();
  rmSync(stack.config.store.dir, { recursive: true, force: true });
});

it(
  `a loop of activities over ${ELEMENTS} elements survives a kill, in bounded memory and histories`,
  async () => {
    await worker.start();
    const list = Array.from({ length: ELEMENTS }, (_, n) => ({ n }));
    const work: DefinitionStep = {
      ...{ step_id: 'one', step_type: 'tool', tool: 'test.work', parameters: { n: '${{ item.n * 2 }}' } },
    };
    const loop: DefinitionStep = {
      ...{ step_id: 'each', step_type: 'loop', items: 'input.list', max_parallel: AT_ONCE, steps: [work] },
    };
    const handle = await stack.definition({ name: 'long', steps: [loop] }, { input: { list } });
    const began = (count: number) => () => Promise.resolve(readJournal(journal).length >= count);
    await until(began(ELEMENTS / 2), LIMIT);
    const first = memoryOf(worker.pid);
    await worker.kill();
    await worker.start();
    await handle.result();
    const second = memoryOf(worker.pid);

    const { output } = (await stack.record(handle))!.step_views[0]!;
    expect(await stack.documents.fromValue(output!)).toEqual({
      ...{ items: list.map(({ n }) => ({ n: n * 2 })), count: ELEMENTS, failed: 0, errors: [] },
    });
    const calls = readJournal(journal);
    expect(callFaults(calls)).toEqual([]);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(ELEMENTS);
    // the kill has lost some that were under way; nothing else is done twice
    expect(calls.length - ELEMENTS).toBeLessThanOrEqual(AT_ONCE);

    const told = await historiesOf([handle]);
    expect(taskFailures(told)).toEqual([]);
    const sizes = told.map(({ history }) => sizeOf(history.events));
    say(
      `${told.length} runs of at most ${Math.max(...told.map(({ history }) => history.events?.length ?? 0))} events and ` +
        `${kib(Math.max(...sizes))} KiB; workers of ${kib(first)} and ${kib(second)} KiB; ` +
        `${timeouts(told).activities} activities were lost, ${calls.length - ELEMENTS} calls repeated; ` +
        `the first tenth took ${spanOf(told, 0, 0.1)} ms, the last ${spanOf(told, 0.9, 1)} ms`,
    );
    expect(told.length).toBeGreaterThan(ELEMENTS / 1_000);
    expect(Math.max(...sizes)).toBeLessThan(HISTORY);
    expect(Math.max(first, second)).toBeLessThan(MEMORY);
  },
  2 * LIMIT,
);

const kib = (bytes: number) => Math.round(bytes / 1024);

/** The most memory that a process has had in its life, in bytes. */
function memoryOf(pid: number | undefined): number {
  const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(peak) * 1_024;
}

const sizeOf = (events: unknown): number => Buffer.byteLength(JSON.stringify(events));

/** Milliseconds between two shares of the activities that have ended. */
function spanOf(told: Told[], from: number, to: number): number {
  const ends = told
    .flatMap(({ history }) => history.events ?? [])
    .filter((event) => event.activityTaskCompletedEventAttributes)
    .map(({ eventTime }) => Number(eventTime?.seconds) * 1_000 + Number(eventTime?.nanos) / 1e6);
  const at = (share: number) => ends[Math.min(ends.length - 1, Math.floor(share * ends.length))]!;
  return Math.round(at(to) - at(from));
}
