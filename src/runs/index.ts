import { createClosedSince } from './closed-since';
import { createController } from './control';
import { createDecider } from './decide';
import { createOrderList } from './list-orders';
import { createProjectList } from './list-projects';
import { createOrderDesk } from './order-desk';
import type { RunDependencies } from './ports';
import { createRunReader } from './read-run';
import { createAuditStarter } from './start-audit';
import { createOrderStarter } from './start-order';
import { createOperationStarter } from './start-operation';

export { RunError, type RunFault, type Pointed } from './errors';
export type { RunDependencies, RunSettings, RunStore } from './ports';
export { newProjectId, type AuditRequest, type AuditStarted } from './start-audit';
export { newOperationName, type OperationRequest } from './start-operation';
export { newOrderId, type OrderRequest, type OrderStarted } from './start-order';
export type { ListedOrder } from './list-orders';
export type { OrderNow } from './order-desk';
export type { EventsAnswer } from './read-run';
export type { Control } from './control';

/** Everything that the API, the CLI and the consumers do with runs. Holds no state of its own. */
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
