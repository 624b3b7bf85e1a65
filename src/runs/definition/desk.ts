import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import type { ExecutionView } from '../../../schemas/definition/run';
import type { Json } from '../../../schemas/json';
import type { Value } from '../../../schemas/refs';
import type { StepView } from '../../../schemas/run';
import { classifyTemporalError } from '../../temporal/errors';
import { workflowIdOf } from '../../temporal/ids';
import { explainFault } from '../faults';
import { readNow, type Now } from '../now';
import type { RunDependencies } from '../ports';
import type { RunReader } from '../read-run';
import { createStepInputs } from './inputs';

/** An execution as it is now. */
export type ExecutionNow = Now<ExecutionView>;

/** A step with what it was given, where that can be shown. */
export type ExecutedStep = StepView & { input?: Json };

/** Bytes of an input that is shown with its execution. */
const LARGEST_INPUT = 1024 * 1024;

/** Milliseconds for the record of an execution whose result has just come. */
const RECORDED = 2_000;

/** Reads executions of workflow definitions, and waits for them. */
export function createExecutionDesk(
  { temporal, store, settings }: RunDependencies,
  { readRun, readAllSteps }: Pick<RunReader, 'readRun' | 'readAllSteps'>,
) {
  const idOf = (executionId: string) => workflowIdOf(settings.namespace, 'definition', executionId);
  const inputsOf = createStepInputs(store);

  return {
    readExecution: (executionId: string): Promise<ExecutionNow> =>
      readNow(readRun, idOf(executionId), `There is no execution ${executionId}.`),

    /** What an execution was started with; undefined where it is too large to be shown. */
    async readInput({ view: { input } }: ExecutionNow): Promise<Json | undefined> {
      return await shown(input);
    },

    /** A page of its steps, with what they were given. */
    async readExecutedSteps(
      { run, view }: ExecutionNow,
      from: number,
      limit: number,
    ): Promise<{
      steps: ExecutedStep[];
      next?: number;
    }> {
      const all = await readAllSteps(run.workflow_id);
      const steps = all.slice(from, from + limit);
      const inputs = await inputsOf(view, steps, all);
      return {
        steps: steps.map((step) => ({ ...step, input: inputs.get(step.id) })),
        next: from + limit < all.length ? from + limit : undefined,
      };
    },

    /** Waits for the end of an execution, on Temporal. False where it has not ended by then. */
    async awaitExecution(executionId: string, ms: number): Promise<boolean> {
      const workflowId = idOf(executionId);
      try {
        await temporal.call(async (client) => {
          await client.workflow
            .getHandle(workflowId)
            .result()
            .catch((error: unknown) => {
              if (!(error instanceof WorkflowFailedError)) throw error;
            });
        }, ms);
      } catch (error) {
        const { fault } = classifyTemporalError(error);
        if (fault === 'deadline') return false;
        if (fault === 'not_found') return (await store.readRecord(workflowId)) !== undefined;
        throw await explainFault(temporal, error, workflowId);
      }
      // terminated runs get their record from the sweeper, a minute later
      for (const until = Date.now() + RECORDED; Date.now() < until && !(await store.readRecord(workflowId));)
        await sleep(50);
      return true;
    },
  };

  async function shown(value: Value): Promise<Json | undefined> {
    if ('inline' in value) return value.inline;
    return value.ref.bytes > LARGEST_INPUT ? undefined : await store.getValue(value.ref);
  }
}
