import { ScheduleOverlapPolicy } from '@temporalio/client';
import type { Logger } from '../src/logging';
import type { TemporalPort } from '../src/temporal/client';
import { classifyTemporalError } from '../src/temporal/errors';
import { queueName } from '../src/temporal/ids';

/** The schedule that looks after runs which cannot publish their own end. */
export const sweeperId = (namespace: string): string => `${namespace}-sweeper`;

/**
 * Schedules the sweeper, one at a time, which passes every minute and lasts for an hour: the schedule, just as often,
 * starts the next when it has ended. Every worker asks at its start; the first creates it. A server
 * without schedules (the time-skipping one) is accepted as it is.
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
          staticSummary: `looks every minute after runs of ${namespace} that cannot speak for themselves`,
        },
        memo: { for: 'runs that were terminated, timed out or reset' },
      }),
    );
    log.info({ schedule: sweeperId(namespace) }, 'sweeper scheduled: it passes every minute');
  } catch (error) {
    if (classifyTemporalError(error).fault === 'already_exists') return;
    log.warn(
      { error: String(error) },
      'cannot schedule the sweeper: ends of terminated runs stay unpublished; the next worker start tries again',
    );
  }
}
