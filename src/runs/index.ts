import { createClosedSince } from './closed-since';
import { createController } from './control';
import { createDecider } from './decide';
import { createOrderList } from './order/list';
import { createProjectList } from './audit/list';
import { createOrderDesk } from './order/desk';
import type { RunDependencies } from './ports';
import { createRunReader } from './read-run';
import { createAuditStarter } from './audit/start';
import { createOrderStarter } from './order/start';
import { createOperationStarter } from './operations/start';

export { RunError, type RunFault, type Pointed } from './errors';
export type { RunDependencies, RunSettings, RunStore } from './ports';
export { newProjectId, type AuditRequest, type AuditStarted } from './audit/start';
export { newOperationName, type OperationRequest } from './operations/start';
export { newOrderId, type OrderRequest, type OrderStarted } from './order/start';
export type { ListedOrder } from './order/list';
export type { OrderNow } from './order/desk';
export type { EventsAnswer } from './read-run';
export type { Control } from './control';

/** All operations of the API, the CLI and the consumers on runs. Holds no state of its own. */
export function createRuns(dependencies: RunDependencies) {
  const reader = createRunReader(dependencies);
  return {
    startAudit: createAuditStarter(dependencies),
    startOrder: createOrderStarter(dependencies),
    startOperation: createOperationStarter(dependencies),
    ...reader,
    ...createOrderDesk(dependencies, reader),
    ...createOrderList(dependencies),
    decide: createDecider(dependencies),
    control: createController(dependencies),
    listProjects: createProjectList(dependencies),
    closedSince: createClosedSince(dependencies),
  };
}

export type Runs = ReturnType<typeof createRuns>;
