import type { WorkerOptions } from '@temporalio/worker';
import type { Config } from '../src/config';
import { deploymentName } from '../src/temporal/ids';

/**
 * A worker with a build id takes the runs of its own release alone: they are pinned to it, activities included.
 * Without one, any worker takes any run. docs/decisions/008-changed-workflow-code.md says when to use which.
 */
export function versioningOptions({ namespace, worker: { buildId } }: Config): Partial<WorkerOptions> {
  if (buildId === undefined) return {};
  return {
    workerDeploymentOptions: {
      version: { deploymentName: deploymentName(namespace), buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'PINNED',
    },
  };
}
