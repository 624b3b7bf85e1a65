import type {
  AgentRun,
  AgentRunListed,
  AgentRunStatus,
  BillOfMaterials,
  Critique,
  ExecutionResult,
} from '../../schemas/agent-run/api';
import type { DrawnPlan, JobView } from '../../schemas/job/run';
import type { Plan } from '../../schemas/plan';
import type { Value } from '../../schemas/refs';
import type { RunView, StepView } from '../../schemas/run';
import { isChange } from '../../src/job/targets';
import type { JobNow, ListedAgentRun } from '../../src/runs';
import { addressOf, temporalLink, type UiUrl } from '../links';
import { recordingContracts } from '../recordings/contract';
import { runLinks } from '../runs/views';
import { agentRunContracts } from './contract';

/** Pure mappers from jobs' own views to answers about agent runs. */

/** Links from a run onwards. */
export function agentRunLinks(runId: string, workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const run = { run_id: runId };
  return {
    self: addressOf(agentRunContracts.getAgentRun, run),
    stream: addressOf(agentRunContracts.agentRunStream, run),
    approve: addressOf(agentRunContracts.approveAgentRun, run),
    reject: addressOf(agentRunContracts.rejectAgentRun, run),
    run: runLinks(workflowId).run,
    replay: addressOf(recordingContracts.replayRun, { workflow_id: workflowId }),
    ...temporalLink(workflowId, uiUrl),
  };
}

export function listedOf(listed: ListedAgentRun, uiUrl: UiUrl): AgentRunListed {
  const { job_id: run_id, asset_id, goal, human_approved = false, status, workflow_id, ...more } = listed;
  const { started_at, ended_at, replay_of } = more;
  const links = agentRunLinks(run_id, workflow_id, uiUrl);
  return {
    run_id,
    asset_id,
    goal,
    human_approved,
    status: status.toUpperCase(),
    replay_of,
    started_at,
    ended_at,
    links,
  };
}

/** The state of a run in one word. */
export function statusOf({ ended_at, outcome, status, paused }: RunView, { stage }: JobView): AgentRunStatus {
  if (ended_at !== undefined) {
    const end = outcome ?? status;
    return end === 'completed' ? 'COMPLETED' : end === 'cancelled' ? 'CANCELLED' : 'FAILED';
  }
  if (paused) return 'PAUSED';
  return stage === 'ended' ? 'RUNNING' : (stage.toUpperCase() as AgentRunStatus);
}

/** What there is of a run besides its view. */
interface Parts {
  plan: Plan | undefined;
  steps: StepView[];
  result: Value | undefined;
}

export function agentRunOf({ run, view, questions }: JobNow, { plan, steps, result }: Parts, uiUrl: UiUrl): AgentRun {
  const { job_id: run_id, goal, requested_by, agent_run, plan: drawn, refused, replay_of } = view;
  const { asset_id = '', metadata = {}, approval } = agent_run ?? {};
  const { workflow_id, correlation_id, started_at, ended_at, error, approvals } = run;
  return {
    ...{ run_id, asset_id, status: statusOf(run, view), goal, human_approved: approval !== undefined },
    ...{ replay_of, metadata, requested_by, workflow_id, correlation_id, started_at, ended_at },
    state: {
      plan,
      critique: drawn && critiqueOf(drawn, approval !== undefined),
      results: steps.filter(({ status }) => status !== 'pending').map(resultOf),
      ...(result && 'inline' in result ? { result: result.inline } : {}),
      ...(result && 'ref' in result ? { result_ref: result.ref } : {}),
    },
    error,
    refused,
    bill_of_materials: materialsOf(view, run.engine_version),
    questions,
    decisions: approvals.flatMap(({ decision }) => (decision ? [decision] : [])),
    links: agentRunLinks(run_id, workflow_id, uiUrl),
  };
}

function critiqueOf(
  { version, plan, criticism, risk, policy, limits, asks, touches }: DrawnPlan,
  isApproved: boolean,
): Critique {
  const isRejected = policy.effect === 'deny' || limits.some(({ certain }) => certain);
  const isHeld = !isApproved && touches.some(isChange);
  const isDoubtful = isHeld || asks.length > 0 || criticism.some(({ severity }) => severity === 'error');
  return {
    version,
    plan: plan.$ref,
    verdict: isRejected ? 'reject' : isDoubtful ? 'ask' : 'accept',
    findings: criticism.map(({ fix, ...finding }) => ({ ...finding, suggested_change: fix })),
    risk,
    policy: policy.steps.filter(({ effect }) => effect !== 'allow'),
  };
}

function resultOf({
  id,
  uses,
  status,
  output,
  error,
  rounds,
  attempts,
  started_at,
  ended_at,
}: StepView): ExecutionResult {
  const instant = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());
  return {
    ...{ step_id: id, uses, status, error, rounds, attempts },
    ...(output && 'inline' in output ? { output: output.inline } : {}),
    ...(output && 'ref' in output ? { output_ref: output.ref } : {}),
    started_at: instant(started_at),
    ended_at: instant(ended_at),
    duration_ms: started_at === undefined || ended_at === undefined ? undefined : ended_at - started_at,
  };
}

function materialsOf({ locks = {}, plan, used }: JobView, engine: number): BillOfMaterials {
  const { model_version, seed, temperature } = locks;
  return {
    model: {
      pinned: model_version ?? null,
      answered: used?.models ?? [],
      seed: seed ?? null,
      temperature: temperature ?? null,
    },
    planner: plan?.by,
    prompts: used?.prompts ?? [],
    tools: plan?.tools ?? [],
    policy: plan && { name: plan.policy.policy, version: plan.policy.digest },
    engine,
  };
}
