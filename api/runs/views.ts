import type { Run, RunSummary } from '../../schemas/api';
import type { RunView } from '../../schemas/run';
import type { ListedAny } from '../../src/runs/plan/list';
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
