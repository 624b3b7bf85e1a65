import { createClosedSince } from './closed-since';
import { createController } from './control';
import { createDecider } from './decide';
import { createProjectList } from './list-projects';
import type { RunDependencies } from './ports';
import { createRunReader } from './read-run';
import { createAuditStarter } from './start-audit';
import { createOperationStarter } from './start-operation';

export { RunError, type RunFault, type Pointed } from './errors';
export type { RunDependencies, RunSettings, RunStore } from './ports';
export { newProjectId, type AuditRequest, type AuditStarted } from './start-audit';
export { newOperationName, type OperationRequest } from './start-operation';
export type { EventsAnswer } from './read-run';
export type { Control } from './control';

/** Everything that the API, the CLI and the consumers do with runs. Holds no state of its own. */
export function createRuns(dependencies: RunDependencies) {
  return {
    startAudit: createAuditStarter(dependencies),
    startOperation: createOperationStarter(dependencies),
    ...createRunReader(dependencies),
    decide: createDecider(dependencies),
    control: createController(dependencies),
    listProjects: createProjectList(dependencies),
    closedSince: createClosedSince(dependencies),
  };
}

export type Runs = ReturnType<typeof createRuns>;
