import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from '../src/logging';
import type { TemporalPort } from '../src/temporal/client';
import { queueName } from '../src/temporal/ids';

/** The schedule that looks after runs which can not speak for themselves. */
export const sweeperId = (namespace: string): string => `${namespace}-sweeper`;

/**
 * Has a pass made every minute, one at a time. Every worker asks for it at its start; the first one gets it. A server
 * without schedules (the time-skipping one) is taken as it is.
 */
export async function ensureSweeper(temporal: TemporalPort, namespace: string, log: Logger): Promise<void> {
  try {
    await temporal.call((client) =>
      client.schedule.create({
        scheduleId: sweeperId(namespace),
        spec: { intervals: [{ every: '1m' }] },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1m' },
        action: {
          type: 'startWorkflow',
          workflowType: 'sweep',
          workflowId: `${namespace}.sweep`,
          taskQueue: queueName(namespace, 'workflows'),
          workflowTaskTimeout: '5s',
          staticSummary: `looks after the runs of ${namespace}`,
        },
        memo: { for: 'runs that were terminated, timed out or reset' },
      }),
    );
    log.info({ schedule: sweeperId(namespace) }, 'the sweeper has its schedule');
  } catch (error) {
    const cause = (error as { cause?: unknown }).cause;
    if (error instanceof ScheduleAlreadyRunning || cause instanceof ScheduleAlreadyRunning) return;
    log.warn({ error: String(error) }, 'the sweeper has no schedule: ends of terminated runs are not spoken');
  }
}
