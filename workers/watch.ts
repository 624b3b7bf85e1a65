import type { ActivityInterceptorsFactory, InjectedSinks, WorkerOptions } from '@temporalio/worker';
import { withLogFields } from '../src/telemetry/scope';
import { readTraceparent, recordSpan, runInSpan } from '../src/telemetry/trace';
import { placeOf } from '../src/temporal/traced';
import type { TraceSinks } from '../workflows/tracing';

/** Puts the run's ids on each log line of an activity; a traced run has a span for each attempt. */
const watchActivity: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    async execute(input, next) {
      const { workflowExecution: run, activityType: activity, attempt, taskQueue } = info;
      const fields = {
        ...(run ? { workflow_id: run.workflowId, run_id: run.runId } : {}),
        ...{ activity, attempt },
      };
      return await withLogFields(fields, async () => {
        const parent = placeOf(input.headers);
        if (!parent) return await next(input);
        const attributes = {
          'awe.workflow_id': run?.workflowId,
          'awe.run_id': run?.runId,
          'awe.activity': activity,
          'awe.attempt': attempt,
          'awe.queue': taskQueue,
        };
        return await runInSpan({ name: `activity ${activity}`, kind: 'consumer', attributes, parent }, () =>
          next(input),
        );
      });
    },
  },
});

/** The span of a run, reported at its end: its id follows from the run's, and its activities have named it. */
const sinks: InjectedSinks<TraceSinks> = {
  awe_trace: {
    runEnded: {
      callDuringReplay: false,
      fn({ workflowId, runId, workflowType, runStartTime }, parent, status) {
        const place = readTraceparent(parent);
        if (!place) return;
        recordSpan({
          name: `run ${workflowType}`,
          spanId: runId.replaceAll('-', '').slice(-16),
          parent: place,
          began: runStartTime.getTime(),
          ended: Date.now(),
          attributes: { 'awe.workflow_id': workflowId, 'awe.run_id': runId, 'awe.status': status },
          ...(status === 'failed' ? { error: { type: 'run.failed' } } : {}),
        });
      },
    },
  },
};

/** Watches of a worker over its work. */
export const watched: Pick<WorkerOptions, 'interceptors' | 'sinks'> = {
  interceptors: { activity: [watchActivity] },
  sinks,
};
