import { ScheduleOverlapPolicy, type ScheduleExecutionResult, type ScheduleSpec } from '@temporalio/client';
import { parseDuration } from '../../core/plan/duration';
import type { Json } from '../../schemas/json';
import type { Overlap } from '../../schemas/schedules/api';
import { scheduledName, type ScheduledInput, type ScheduledKind } from '../../schemas/schedules/run';
import { canonicalJson, sha256 } from '../documents/json';
import { invalid, notFound, RunError } from '../runs/errors';
import { explainFault } from '../runs/faults';
import type { RunDependencies } from '../runs/ports';
import { classifyTemporalError, type TemporalError } from '../temporal/errors';
import { queueName } from '../temporal/ids';

/** Starts at given times, by a person whom the caller has authenticated. */
export interface ScheduleRequest {
  schedule_id: string;
  kind: ScheduledKind;
  /** a request for a job or an audit, without its id */
  request: { requested_by: string; [name: string]: unknown };
  /** the beginning of the goal, or of the request */
  title: string;
  cron?: string;
  time_zone?: string;
  every?: string;
  overlap?: Overlap;
  paused?: boolean;
}

/** A schedule as it is now. Times are UTC, ISO 8601. */
export interface ScheduleNow extends Facts {
  paused: boolean;
  note?: string;
  /** next times */
  next: string[];
  /** last starts, newest first, each with the id of its job or project */
  recent: { at: string; id: string }[];
}

/** Facts that a schedule keeps beside what Temporal needs. */
interface Facts extends Pick<ScheduleRequest, 'schedule_id' | 'kind' | 'title' | 'cron' | 'time_zone' | 'every'> {
  overlap: Overlap;
  created_by: string;
  digest: string;
}

const overlaps: Record<Overlap, ScheduleOverlapPolicy> = {
  skip: ScheduleOverlapPolicy.SKIP,
  buffer_one: ScheduleOverlapPolicy.BUFFER_ONE,
  buffer_all: ScheduleOverlapPolicy.BUFFER_ALL,
  cancel_other: ScheduleOverlapPolicy.CANCEL_OTHER,
  allow_all: ScheduleOverlapPolicy.ALLOW_ALL,
};

/** Next times that are shown; schedules that are listed. */
const TIMES = 5;
const MOST = 1_000;

/** A start that was missed by more, because Temporal was away, is left out. */
const CATCH_UP = '10m';

/** Schedules of this namespace, kept by Temporal. Everything throws a `RunError`: `not_found`, `unavailable`. */
export function createSchedules({
  temporal,
  store,
  settings,
}: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>) {
  const { namespace } = settings;
  const prefix = `${namespace}.schedule.`;

  const named = <T>(id: string, work: () => Promise<T>): Promise<T> =>
    work().catch(async (error: unknown) => {
      if (classifyTemporalError(error).fault === 'not_found') throw notFound(`There is no schedule ${id}.`);
      throw await explainFault(temporal, error, { noun: 'schedule' });
    });

  async function readSchedule(id: string): Promise<ScheduleNow> {
    const { memo, state, info } = await named(id, () =>
      temporal.call((client) => client.schedule.getHandle(prefix + id).describe()),
    );
    return nowOf(memo, state, info);
  }

  return {
    readSchedule,

    /**
     * Creates a schedule, once for its id. Throws `invalid` for times that cannot be read, and `conflict` where the id
     * belongs to another schedule.
     */
    async createSchedule({ request, paused = false, ...wanted }: ScheduleRequest): Promise<ScheduleNow> {
      const { schedule_id, kind, title, overlap = 'skip' } = wanted;
      const spec = specOf(wanted);
      const facts: Facts = {
        ...wanted,
        overlap,
        created_by: request.requested_by,
        digest: sha256(canonicalJson({ ...wanted, overlap, request })),
      };
      const input: ScheduledInput = { schedule_id, kind, request: await store.toValue(request as Json) };
      try {
        await temporal.call((client) =>
          client.schedule.create({
            scheduleId: prefix + schedule_id,
            spec,
            policies: { overlap: overlaps[overlap], catchupWindow: CATCH_UP },
            action: {
              type: 'startWorkflow',
              workflowType: 'scheduled',
              workflowId: `${namespace}.scheduled.${schedule_id}`,
              taskQueue: queueName(namespace, 'workflows'),
              args: [input],
              workflowTaskTimeout: '5s',
              staticSummary: `${kind} of schedule ${schedule_id}: ${title}`.slice(0, 200),
            },
            memo: { ...facts },
            state: { paused },
          }),
        );
      } catch (error) {
        const fault = classifyTemporalError(error);
        if (fault.fault === 'already_exists') return await sameOrConflict(facts);
        const unread = unreadable(fault);
        throw unread ?? (await explainFault(temporal, fault, { noun: 'schedule' }));
      }
      return await readSchedule(schedule_id);
    },

    /** All schedules of the namespace. What was created just now may be missing for a second. */
    async listSchedules(): Promise<ScheduleNow[]> {
      try {
        return await temporal.call(async (client) => {
          const found: ScheduleNow[] = [];
          for await (const { scheduleId, memo, state, info } of client.schedule.list()) {
            if (scheduleId.startsWith(prefix)) found.push(nowOf(memo, state, info));
            if (found.length >= MOST) break;
          }
          return found.sort((a, b) => a.schedule_id.localeCompare(b.schedule_id));
        });
      } catch (error) {
        throw await explainFault(temporal, error, { noun: 'list of schedules' });
      }
    },

    /** Pauses or resumes a schedule, or starts what it starts now, whatever its times. */
    async controlSchedule(id: string, what: 'pause' | 'resume' | 'run', by: string): Promise<void> {
      await named(id, () =>
        temporal.call(async (client) => {
          const handle = client.schedule.getHandle(prefix + id);
          if (what === 'pause') await handle.pause(`paused by ${by}`);
          else if (what === 'resume') await handle.unpause(`resumed by ${by}`);
          else await handle.trigger(ScheduleOverlapPolicy.ALLOW_ALL);
        }),
      );
    },

    /** Removes a schedule; what it has started goes on. */
    async removeSchedule(id: string): Promise<void> {
      await named(id, () => temporal.call((client) => client.schedule.getHandle(prefix + id).delete()));
    },
  };

  async function sameOrConflict({ schedule_id, digest }: Facts): Promise<ScheduleNow> {
    const there = await readSchedule(schedule_id);
    if (there.digest === digest) return there;
    throw new RunError(
      'conflict',
      `Schedule ${schedule_id} exists, and is another one. Delete it first, or choose another id.`,
    );
  }

  function nowOf(
    memo: Record<string, unknown> | undefined,
    { paused, note }: { paused: boolean; note?: string },
    { nextActionTimes, recentActions }: { nextActionTimes: Date[]; recentActions: ScheduleExecutionResult[] },
  ): ScheduleNow {
    const facts = memo as unknown as Facts;
    return {
      ...facts,
      paused,
      note: note || undefined,
      next: paused ? [] : nextActionTimes.slice(0, TIMES).map((at) => at.toISOString()),
      recent: recentActions
        .map(({ takenAt, action: { workflow } }) => ({
          at: takenAt.toISOString(),
          id: scheduledName(facts.schedule_id, workflow.workflowId) ?? '',
        }))
        .reverse(),
    };
  }
}

export type Schedules = ReturnType<typeof createSchedules>;

/** The times of a schedule as Temporal takes them. Throws `invalid`. */
function specOf({
  cron,
  time_zone = 'UTC',
  every,
}: Pick<ScheduleRequest, 'cron' | 'time_zone' | 'every'>): ScheduleSpec {
  const wrong = (pointer: string, detail: string) =>
    invalid(`The times of the schedule cannot be read: ${detail}`, [{ pointer, detail }]);
  if ((cron === undefined) === (every === undefined)) throw wrong('/cron', 'give either cron or every');
  if (cron !== undefined) {
    if (!isTimeZone(time_zone)) throw wrong('/time_zone', `${time_zone} is no time zone; Europe/Paris is one`);
    return { cronExpressions: [cron], timezone: time_zone };
  }
  const ms = parseDuration(every) ?? 0;
  if (ms < 1_000) throw wrong('/every', 'is at least 1s');
  return { intervals: [{ every: ms }] };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

/** The server's refusal of times that it cannot read, which the client throws as a `TypeError`. */
function unreadable({ cause }: TemporalError): RunError | undefined {
  if (!(cause instanceof TypeError)) return undefined;
  return invalid(`The times of the schedule cannot be read: ${cause.message}`, [
    { pointer: '/cron', detail: cause.message },
  ]);
}
