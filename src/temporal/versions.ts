/** The releases that workers with a build id are of, as Temporal keeps them: one deployment for each namespace of ours. */
import { temporal as proto } from '@temporalio/proto';
import type { TemporalPort } from './client';
import { TemporalError } from './errors';
import { deploymentName } from './ids';

export interface Version {
  build_id: string;
  /**
   * - `current`: new runs start with it
   * - `draining`: only runs that it has started are still open; keep its workers
   * - `drained`: none is open; its workers can go
   * - `waiting`: it has workers, and was never current
   */
  state: 'current' | 'draining' | 'drained' | 'waiting';
  since: string | null;
}

const { WorkerDeploymentVersionStatus: Status } = proto.api.enums.v1;

const states: Partial<Record<proto.api.enums.v1.WorkerDeploymentVersionStatus, Version['state']>> = {
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_CURRENT]: 'current',
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_RAMPING]: 'current',
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINING]: 'draining',
  [Status.WORKER_DEPLOYMENT_VERSION_STATUS_DRAINED]: 'drained',
};

/** Every release that Temporal has seen workers of, the newest first; none where no worker carries a build id. */
export async function listVersions(temporal: TemporalPort, namespace: string): Promise<Version[]> {
  try {
    const { workerDeploymentInfo } = await temporal.call(({ workflowService }) =>
      workflowService.describeWorkerDeployment({
        namespace: temporal.namespace,
        deploymentName: deploymentName(namespace),
      }),
    );
    const summaries = workerDeploymentInfo?.versionSummaries ?? [];
    return summaries
      .map(({ deploymentVersion, status, createTime }) => ({
        build_id: deploymentVersion?.buildId ?? '',
        state: states[status ?? Status.WORKER_DEPLOYMENT_VERSION_STATUS_UNSPECIFIED] ?? ('waiting' as const),
        since: createTime?.seconds ? new Date(Number(createTime.seconds) * 1_000).toISOString() : null,
      }))
      .sort((a, b) => (b.since ?? '').localeCompare(a.since ?? ''));
  } catch (error) {
    if (error instanceof TemporalError && error.fault === 'not_found') return [];
    throw error;
  }
}

/**
 * New runs start with this release from now on. The server refuses one whose workers do not serve every queue that the
 * current one serves.
 */
export async function promoteVersion(temporal: TemporalPort, namespace: string, buildId: string): Promise<void> {
  await temporal.call(({ workflowService }) =>
    workflowService.setWorkerDeploymentCurrentVersion({
      namespace: temporal.namespace,
      deploymentName: deploymentName(namespace),
      buildId,
    }),
  );
}
