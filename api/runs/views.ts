import type { Run, RunSummary } from '../../schemas/api';
import type { RunPlan } from '../../schemas/run-plan';
import type { RunView } from '../../schemas/run';
import type { ToolCatalogue } from '../../core/plan/catalogue';
import { linksBetween } from '../../core/plan/check';
import { everyStep } from '../../core/plan/steps';
import { specFor } from '../../core/worst-case';
import { differenceOf } from '../../src/job/difference';
import type { ListedAny } from '../../src/runs/plan/list';
import type { ReadPlan } from '../../src/runs/plan/read';
import type { Contract } from '../contract';
import { addressOf, linkTo, temporalLink, type UiUrl } from '../links';
import { workspaceContracts } from '../workspace/contract';
import { runContracts } from './contract';

/** Addresses of a run that parts of its process link to. */
export function runLinks(workflowId: string) {
  const params = { workflow_id: workflowId };
  return {
    run: addressOf(runContracts.getRun, params),
    steps: addressOf(runContracts.getSteps, params),
    plan: addressOf(runContracts.getRunPlan, params),
    events: addressOf(runContracts.runEvents, params),
  };
}

export function summaryOf(run: ListedAny, uiUrl: UiUrl): RunSummary {
  const { run: self, events, steps } = runLinks(run.workflow_id);
  return { ...run, links: { self, events, steps, ...temporalLink(run.workflow_id, uiUrl) } };
}

/** A run as the API answers it. `contracts` may hold the address that shows its subject. */
export function runOf(run: RunView, contracts: readonly Contract[], uiUrl: UiUrl): Run {
  const { run: self, steps, events } = runLinks(run.workflow_id);
  return {
    ...run,
    links: {
      self,
      steps,
      events,
      decide: addressOf(runContracts.decide, { workflow_id: run.workflow_id }),
      workspace: addressOf(workspaceContracts.listWorkspace, { workflow_id: run.workflow_id }),
      ...linkTo(run.subject, contracts),
      ...temporalLink(run.workflow_id, uiUrl),
    },
  };
}

/** A plan as the API answers it; the effects of its steps, as far as workers have told of their tools. */
export function planOf(
  workflow_id: string,
  { plan, version, versions, since }: ReadPlan,
  offered: ToolCatalogue | undefined,
): RunPlan {
  const links = linksBetween(plan);
  const steps = everyStep(plan.steps).map((step) => {
    const spec = offered?.of(step);
    return [
      step.id,
      { needs: links.get(step.id)?.needs ?? [], effect: spec && specFor(spec, step.with ?? {}).effect },
    ] as const;
  });
  const { run, plan: self } = runLinks(workflow_id);
  return {
    workflow_id,
    version,
    plan,
    steps: Object.fromEntries(steps),
    versions,
    since: since?.version,
    difference: since && differenceOf({ plan: since.plan, links: linksBetween(since.plan) }, { plan, links }),
    links: { self, run },
  };
}
