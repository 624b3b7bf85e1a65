/** Releases of workers with a build id, as Temporal keeps them: one deployment for each namespace of ours. */
import { temporal as proto } from '@temporalio/proto';
import type { TemporalPort } from './client';
import { TemporalError } from './errors';
import { deploymentName } from './ids';

export interface Version {
  build_id: string;
  /**
   * - `current`: new runs start with it
   * - `draining`: runs that it has started are still open; keep its workers
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

/** Every release that Temporal has seen workers of, newest first; none if no worker carries a build id. */
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

/** The server learns of a new worker some seconds after its start (milliseconds, and codes of gRPC). */
const PATIENCE_MS = 30_000;
/** The server notifies every queue of a release before it answers, which takes seconds under load (milliseconds). */
const PROMOTION_MS = 15_000;
/** DEADLINE_EXCEEDED, NOT_FOUND, FAILED_PRECONDITION, UNAVAILABLE: promoting twice has the effect of once. */
const PASSING = [4, 5, 9, 14];

/**
 * Promotes a release: new runs start with it from now on. The server refuses one whose workers miss a queue that the
 * current one serves, or that has none; it is asked again for a while, since workers may just have started.
 */
export async function promoteVersion(temporal: TemporalPort, namespace: string, buildId: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      await temporal.call(
        ({ workflowService }) =>
          workflowService.setWorkerDeploymentCurrentVersion({
            namespace: temporal.namespace,
            deploymentName: deploymentName(namespace),
            buildId,
          }),
        PROMOTION_MS,
      );
      return;
    } catch (error) {
      const { code = 0 } = ((error as Error).cause ?? {}) as { code?: number };
      if (!PASSING.includes(code) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
