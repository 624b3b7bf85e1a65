import type { PolicyLimits } from '../../schemas/policy';
import type { Terms } from '../../schemas/terms';
import type { StepArguments, StepCall, StepClass } from '../../schemas/step-call';
import type { ToolMode } from '../../schemas/tool';
import type { Job } from './job';
import type { StepTable } from './table';

/** A job that a tool or an agent does. */
export type Work = Extract<Job, { do: 'round' | 'check' }>;

/** The run that calls. */
export interface Caller {
  workflowId: string;
  correlationId: string;
  mode: ToolMode;
  limits?: PolicyLimits;
  terms?: Terms;
}

/**
 * Request to the tool runtime for a job. Its key is the same for each attempt of a round, and another in the next round:
 * of an element, or a step within a group, also in the next round of what is around it.
 */
export function callOf(
  job: Work,
  { workflowId, correlationId, mode, limits, terms }: Caller,
  table: Pick<StepTable, 'get' | 'roundsAround'>,
): Omit<StepCall, 'arguments'> {
  const { step, round } = job;
  const state = table.get(step.id);
  const around = table.roundsAround(step.id);
  const rounds = [...(around.some((rounds) => rounds > 1) ? around : []), round];
  const uses = job.do === 'check' ? job.until.check : (step.uses ?? '');
  const previous = state.output ?? { inline: null };
  return {
    workflow_id: workflowId,
    correlation_id: correlationId,
    step_id: step.id,
    uses,
    round,
    key: keyOf(workflowId, step.id, uses, rounds),
    mode,
    limits,
    terms,
    rework: job.do === 'round' && state.rework ? { previous, ...state.rework } : undefined,
  };
}

/** The key of a call; `rounds`: of what is around its step, where any was repeated, and of the step. */
export const keyOf = (workflowId: string, step: string, uses: string, rounds: readonly number[]): string =>
  `${workflowId}/${step}/${uses}/${rounds.join('.')}`;

/** Specification by which its tool runs; loading the plan has made sure that there is one. */
export function classOf(job: Work): StepClass {
  const how = job.do === 'check' ? job.until.class : job.step.class;
  if (!how) throw new Error(`step ${job.step.id} uses nothing`);
  return how;
}

/** The template of its arguments, and the steps that it reads. */
export function templateOf(job: Work): {
  template: Extract<StepArguments, { template: unknown }>['template'];
  reads: string[];
} {
  const { step } = job;
  if (job.do === 'round') return { template: step.with, reads: step.reads };
  return { template: { inline: job.until.with }, reads: [...new Set([...step.reads, step.id])] };
}
