/** Jobs that are recorded and replayed through HTTP, as their users do it. */
import type { Tool } from '../../../activities/tools/tool';
import type { RunningApi } from '../../../api/server';
import type { Job } from '../../../schemas/job/api';
import type { JsonObject } from '../../../schemas/json';
import type { WrittenPlan, WrittenStep } from '../../../schemas/plan';
import type { ReplayAccepted, ReplayRequest, ReplayResult } from '../../../schemas/recordings/api';
import type { Env } from '../../../src/config';
import { createApiClient, type ApiClient } from '../../../src/http/api-client';
import { workflowIdOf } from '../../../src/temporal/ids';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

export interface Recorded {
  stack: Stack;
  api: RunningApi;
  client: ApiClient;
  /** Starts a job that is recorded; its workflow id. */
  record(job_id: string, steps: WrittenStep[], more?: JsonObject): Promise<string>;
  /** The job, once it has ended; what it asks is approved, or decided as is said. A replay in which nothing is live asks nobody. */
  ended(workflowId: string, choices?: { [approval: string]: string }): Promise<Job>;
  /** Replays a run to its end: how the two compare. */
  replay(of: string, wanted?: ReplayRequest): Promise<ReplayResult & { job: Job; accepted: ReplayAccepted }>;
  stop(): Promise<void>;
}

export const planOf = (steps: WrittenStep[]): WrittenPlan => ({ name: 'a job', steps });

export async function startRecorded(env: Env, tools: Tool[] = []): Promise<Recorded> {
  const { stack, api } = await startServed({ env: { EGRESS_ALLOW: '127.0.0.1', ...env }, tools });
  const client = createApiClient(api.url);
  const ended = async (
    workflowId: string,
    choices: { [approval: string]: string } = {},
    mayAsk = true,
  ): Promise<Job> => {
    let job: Job | undefined;
    await until(async () => {
      const { view } = await client.get<{ view: { job_id: string } }>(`/runs/${workflowId}`);
      job = await client.get<Job>(`/jobs/${view.job_id}`);
      for (const { approval_id, choices: offered } of mayAsk ? job.questions : []) {
        const choice = choices[approval_id] ?? offered[0];
        await client.post(`/runs/${workflowId}/decide`, { approval_id, choice }).catch(() => undefined);
      }
      return ['completed', 'failed', 'cancelled'].includes(job.status);
    }, 40_000).catch((error: unknown) => {
      throw new Error(JSON.stringify(job), { cause: error });
    });
    return job!;
  };
  return {
    ...{ stack, api, client, ended },
    async record(job_id, steps, more = {}) {
      await client.post('/jobs', { job_id, goal: `do ${job_id}`, plan: planOf(steps), record: true, ...more });
      return workflowIdOf(stack.config.namespace, 'job', job_id);
    },
    async replay(of, wanted = {}) {
      const accepted = await client.post<ReplayAccepted>(`/runs/${of}/replay`, wanted);
      const job = await ended(accepted.workflow_id, {}, accepted.live.length > 0);
      let result: ReplayResult | undefined;
      await until(async () => {
        result = await client.get<ReplayResult>(`/runs/${accepted.workflow_id}/replay`);
        return result.identical !== undefined;
      });
      return { ...result!, job, accepted };
    },
    async stop() {
      await api.stop();
      await stack.stop();
    },
  };
}
