import { queryOptions } from '@tanstack/react-query';
import { answer, api, ApiProblem, type Answer } from '../../api/client';

export type Run = Answer<'getRun'>;
export type RunStep = Answer<'getSteps'>['steps'][number];
export type RunPlan = Answer<'getRunPlan'>;
export type PlanStep = RunPlan['plan']['steps'][number];
export type Job = Answer<'getJob'>;
/** A version of a job's plan with all that is said of it. */
export type Drawn = Omit<
  Answer<'getJobPlan'>,
  'job_id' | 'plan' | 'ref' | 'question' | 'digest' | 'approved' | 'links'
>;
export type Question = Run['approvals'][number];
export type Execution = Answer<'getExecution'>;

/** Steps per question: the most that the API gives at once. */
const PAGE = 500;

/** Keys of all that is asked about a run begin so. */
export const runKey = (workflowId: string) => ['run', workflowId] as const;
const pathOf = (workflow_id: string) => ({ params: { path: { workflow_id } } });

export const runQuery = (workflowId: string) =>
  queryOptions({
    queryKey: [...runKey(workflowId), 'run'],
    queryFn: ({ signal }) => answer(api.GET('/runs/{workflow_id}', { ...pathOf(workflowId), signal })),
  });

export const stepsQuery = (workflowId: string) =>
  queryOptions({
    queryKey: [...runKey(workflowId), 'steps'],
    async queryFn({ signal }) {
      const all: RunStep[] = [];
      for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
        const params = { path: { workflow_id: workflowId }, query: { limit: PAGE, cursor } };
        const page: Answer<'getSteps'> = await answer(api.GET('/runs/{workflow_id}/steps', { params, signal }));
        all.push(...page.steps);
        cursor = page.next_cursor;
      }
      return all;
    },
  });

/** What a step has given back, whole. */
export const outputQuery = (workflow_id: string, step_id: string) =>
  queryOptions({
    queryKey: [...runKey(workflow_id), 'output', step_id],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/runs/{workflow_id}/steps/{step_id}/output', { params: { path: { workflow_id, step_id } }, signal }),
      ),
  });
export const outputPath = (run: string, step: string): string =>
  `/runs/${encodeURIComponent(run)}/steps/${encodeURIComponent(step)}/output`;

/**
 * The plan of a run, null where it shows none. `drawn`: its newest version, as far as the run tells of it; `since`: the
 * version that it is held beside.
 */
export const planQuery = (
  workflowId: string,
  drawn: number | undefined,
  wanted: { version?: number; since?: number } = {},
) =>
  queryOptions({
    queryKey: [...runKey(workflowId), 'plan', drawn ?? null, wanted],
    staleTime: Infinity,
    async queryFn({ signal }): Promise<RunPlan | null> {
      const params = { path: { workflow_id: workflowId }, query: wanted };
      try {
        return await answer(api.GET('/runs/{workflow_id}/plan', { params, signal }));
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 409) return null;
        throw error;
      }
    },
  });

export const jobQuery = (jobId: string) =>
  queryOptions({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => answer(api.GET('/jobs/{job_id}', { params: { path: { job_id: jobId } }, signal })),
  });

/** An execution with the inputs and costs of its first steps, or of those within a loop. */
export const executionQuery = (execution_id: string, step?: string) =>
  queryOptions({
    queryKey: ['execution', execution_id, step ?? null],
    queryFn: ({ signal }) => {
      const params = { path: { execution_id }, query: { limit: PAGE, step } };
      return answer(api.GET('/api/v1/executions/{execution_id}', { params, signal }));
    },
  });

export const effectsQuery = (workflowId: string) =>
  queryOptions({
    queryKey: [...runKey(workflowId), 'effects'],
    queryFn: ({ signal }) => {
      const params = { path: { workflow_id: workflowId }, query: { limit: 1_000 } };
      return answer(api.GET('/runs/{workflow_id}/effects', { params, signal }));
    },
  });

export const workspaceQuery = (workflowId: string) =>
  queryOptions({
    queryKey: [...runKey(workflowId), 'workspace'],
    queryFn: ({ signal }) => {
      const params = { path: { workflow_id: workflowId }, query: { limit: 1_000 } };
      return answer(api.GET('/runs/{workflow_id}/workspace', { params, signal }));
    },
  });

export const memoryQuery = (workflowId: string) =>
  queryOptions({
    queryKey: [...runKey(workflowId), 'memory'],
    queryFn: ({ signal }) => answer(api.GET('/runs/{workflow_id}/memory', { ...pathOf(workflowId), signal })),
  });

export const replayQuery = (workflowId: string) =>
  queryOptions({
    queryKey: [...runKey(workflowId), 'replay'],
    queryFn: ({ signal }) => answer(api.GET('/runs/{workflow_id}/replay', { ...pathOf(workflowId), signal })),
  });
