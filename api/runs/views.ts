import type { Run } from '../../schemas/api';
import type { RunView } from '../../schemas/run';
import type { Contract } from '../contract';
import { addressOf, linkTo, temporalLink, type UiUrl } from '../links';
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
      ...linkTo(run.subject, contracts),
      ...temporalLink(run.workflow_id, uiUrl),
    },
  };
}
