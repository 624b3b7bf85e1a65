/** A stack on a time-skipping server of its own: days pass in seconds, and only when a test says so. */
import type { WorkflowHandle } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporal } from '@temporalio/proto';
import { pino } from 'pino';
import type { PlatformEvent } from '../../schemas/envelope';
import { messages, type EventPage } from '../../schemas/run';
import { searchAttributes } from '../../src/temporal/search-attributes';
import { installRuntime } from '../../workers/runtime';
import { timeSkipping } from '../setup/servers';
import { startStack, type Stack, type StackOptions } from './stack';
import { until } from './until';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The longest time of workflow tasks after a timer; instants that a test compares may differ by it. */
const TOLERANCE = 10_000;

export interface TimedStack extends Stack {
  /** Lets time pass, and the run do what is due by then. Otherwise only the time of the test itself passes. */
  pass(ms: number): Promise<void>;
  /** The time of the server, UTC milliseconds. */
  now(): Promise<number>;
}

/** Follow its runs one after the other, because all share one time. */
export async function startTimedStack(options: StackOptions = {}): Promise<TimedStack> {
  // The environment would make a runtime of its own, but a process can have only one.
  installRuntime(pino({ level: 'silent' }));
  const environment = await TestWorkflowEnvironment.createTimeSkipping(timeSkipping());
  await registerSearchAttributes(environment);
  const stack = await startStack({ ...options, server: environment });
  return {
    ...stack,
    pass: (ms) => environment.sleep(ms),
    now: () => environment.currentTimeMs(),
    async stop() {
      await stack.stop();
      await environment.teardown();
    },
  };
}

/** Registers search attributes like `awe up`: without them, workflow tasks that set them fail for ever. */
async function registerSearchAttributes({ connection, namespace }: TestWorkflowEnvironment): Promise<void> {
  const { INDEXED_VALUE_TYPE_KEYWORD } = temporal.api.enums.v1.IndexedValueType;
  const names = Object.values(searchAttributes).map(({ name }) => [name, INDEXED_VALUE_TYPE_KEYWORD] as const);
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(names) });
}

/** Reads the events that a run has spoken so far. */
export async function readEvents(handle: WorkflowHandle): Promise<PlatformEvent[]> {
  const { events } = await handle.query<EventPage, [object]>(messages.events, { after: 0, limit: 500 });
  return events;
}

/** Waits until a run has spoken this many events of a type, and returns the last. */
export async function waitForEvent(handle: WorkflowHandle, type: string, count = 1): Promise<PlatformEvent> {
  const found = async () => (await readEvents(handle)).filter(({ event_type }) => event_type === type);
  await until(async () => (await found()).length >= count);
  return (await found())[count - 1]!;
}

/** Milliseconds from one event to another, by the workflow's own time. */
export const between = (first: PlatformEvent, second: PlatformEvent): number =>
  Date.parse(second.occurred_at) - Date.parse(first.occurred_at);

/** Expects a duration, with allowance for the servers. */
export function expectAfter(actual: number, ms: number): void {
  expect(actual).toBeGreaterThanOrEqual(ms);
  expect(actual).toBeLessThan(ms + TOLERANCE);
}
