/** Whatever people do to a run while it works: they ask for its state, answer its questions, pause and cancel it. */
import type { WorkflowHandle } from '@temporalio/client';
import { nameOf } from '../../../core/engine/row-id';
import { messages, type DecisionAnswer, type RunView } from '../../../schemas/run';
import { classifyTemporalError, isPassing } from '../../../src/temporal/errors';
import { decide, statusOf } from '../stack';
import type { RandomPlan } from './plans';

/** Asks a run for its state until it has ended; one question at a time, since the server does not queue more. */
export async function askFor(handle: WorkflowHandle, every: number, see: (view: RunView) => unknown): Promise<void> {
  let over = false;
  const end = handle.result().then(
    () => (over = true),
    () => (over = true),
  );
  while (!over) {
    await see(await retried(() => statusOf(handle)));
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  await end;
}

/** Answers a run's questions until it has ended, and asks for its state meanwhile. */
export async function attend(handle: WorkflowHandle, answers: RandomPlan['answers'], every: number): Promise<void> {
  await askFor(handle, every, async ({ approvals }) => {
    for (const { approval_id, status } of approvals) {
      if (status !== 'open') continue;
      const decision = { approval_id, choice: answers.get(nameOf(approval_id)), by: 'ann' };
      // between question and answer a run may have been cancelled, or have failed
      await decided(handle, decision).catch((error: unknown) => {
        if (classifyTemporalError(error).fault !== 'not_found') throw error;
      });
    }
  });
}

export const decided = (handle: WorkflowHandle, decision: object): Promise<DecisionAnswer['outcome']> =>
  retried(async () => (await decide(handle, decision)).outcome);

/** Tries again while it may help: the server repeats a workflow task that would end the run as a signal arrives. */
export async function retried<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(classifyTemporalError(error).fault)) throw error;
    }
  }
}

/** True if a worker has a task of the run, of the workflow or of an activity. */
export async function hasWorkInHand(handle: WorkflowHandle): Promise<boolean> {
  const { raw } = await handle.describe();
  const STARTED = 2; // of both enumerations
  return (
    Number(raw.pendingWorkflowTask?.state) === STARTED ||
    (raw.pendingActivities ?? []).some(({ state }) => Number(state) === STARTED)
  );
}

/** Pauses, resumes and cancels a run when its plan says so. */
export async function control(handle: WorkflowHandle, { controls }: RandomPlan): Promise<void> {
  let passed = 0;
  for (const { signal, after } of controls) {
    await new Promise((resolve) => setTimeout(resolve, after - passed));
    passed = after;
    await handle.signal(messages[signal], { by: 'ann' }).catch(() => undefined); // it has ended
  }
}
