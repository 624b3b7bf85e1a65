import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError } from '@temporalio/client';
import { nameOf } from '../../../core/engine/row-id';
import { everyStep } from '../../../core/plan/steps';
import type { Attempt, Costs } from '../../../schemas/api';
import type { Attempts } from '../../../schemas/definition/api';
import type { ExecutionView } from '../../../schemas/definition/run';
import type { Json } from '../../../schemas/json';
import type { Plan } from '../../../schemas/plan';
import type { Value } from '../../../schemas/refs';
import type { StepView } from '../../../schemas/run';
import { classifyTemporalError } from '../../temporal/errors';
import { workflowIdOf } from '../../temporal/ids';
import { explainFault } from '../faults';
import { readNow, type Now } from '../now';
import type { RunDependencies } from '../ports';
import type { RunReader } from '../read-run';
import { costsOf } from '../../llm/costs';
import { notFound } from '../errors';
import { attemptsOf, costsOfAll } from './details';
import { createStepInputs } from './inputs';
import { StepsWithin } from './within';

/** An execution as it is now. */
export type ExecutionNow = Now<ExecutionView>;

/** A step with what it was given, where that can be shown, its attempts, and what models have cost it. */
export type ExecutedStep = Omit<StepView, 'attempts'> & { input?: Json; attempts?: Attempts; costs?: Costs };

/** A page of steps; `costs`: those of all steps. */
export interface ExecutedSteps {
  steps: ExecutedStep[];
  next?: number;
  costs: Costs;
}

/** Events that are read at once. */
const EVENTS = 10_000;

/** Bytes of an input that is shown with its execution. */
const LARGEST_INPUT = 1024 * 1024;

/** Milliseconds for the record of an execution whose result has just come. */
const RECORDED = 2_000;

/** Reads executions of workflow definitions, and waits for them. */
export function createExecutionDesk(
  { temporal, store, settings }: RunDependencies,
  { readRun, readAllSteps, readEvents }: Pick<RunReader, 'readRun' | 'readAllSteps' | 'readEvents'>,
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

    /** A page of its steps, with what they were given; `retrying`: what is tried again now. */
    async readExecutedSteps(
      { run, view }: ExecutionNow,
      { from, limit, retrying }: StepsRequest,
    ): Promise<ExecutedSteps> {
      const plan = await store.getValue(view.plan);
      const all = await readAllSteps(run.workflow_id);
      const steps = all.slice(from, from + limit);
      const inputs = await inputsOf(plan, view.input, steps, all);
      return {
        steps: steps.map((step) => ({ ...shownStep(step, retrying), input: inputs.get(step.id) })),
        next: from + limit < all.length ? from + limit : undefined,
        costs: costsOfAll(plan, all),
      };
    },

    /**
     * A page of the steps within a loop, or within one of its elements, in the order in which they have begun. Throws
     * `not_found` for what is no loop of several steps.
     */
    async readStepsWithin(
      { run, view }: ExecutionNow,
      loop: string,
      { from, limit, retrying }: StepsRequest,
    ): Promise<ExecutedSteps> {
      const plan = await store.getValue(view.plan);
      if (!holdsSteps(plan, loop)) throw notFound(`${loop} is no loop of several steps in this execution.`);
      const within = new StepsWithin(plan, loop, from, limit);
      for (let after = 0, last = 1; after < last;) {
        const page = await readEvents(run.workflow_id, after, EVENTS);
        for (const event of page.events) within.take(event);
        after = page.events.at(-1)?.seq ?? page.last;
        last = page.last;
      }
      const { steps, next } = within.end(run.ended_at !== undefined);
      const costs = costsOfAll(plan, await readAllSteps(run.workflow_id));
      return { steps: steps.map((step) => shownStep(step, retrying)), next, costs };
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
        throw await explainFault(temporal, error, { noun: 'execution', run: workflowId });
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

/** A page of steps that somebody asks for. */
export interface StepsRequest {
  from: number;
  limit: number;
  retrying?: readonly Attempt[];
}

const shownStep = (step: StepView, retrying?: readonly Attempt[]): ExecutedStep => ({
  ...step,
  attempts: attemptsOf(step, retrying),
  costs: costsOf(step),
});

/** True for a group, or an element of one, by the id of its row. */
function holdsSteps({ steps }: Plan, id: string): boolean {
  return everyStep(steps).some((step) => step.kind === 'group' && step.id === nameOf(id));
}
