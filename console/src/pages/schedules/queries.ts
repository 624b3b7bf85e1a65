import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';

export type Schedule = Answer<'getSchedule'>;
export type Control = 'pause' | 'resume' | 'run';

export const OVERLAPS = ['skip', 'buffer_one', 'buffer_all', 'cancel_other', 'allow_all'] as const;
export type Overlap = (typeof OVERLAPS)[number];

export const SCHEDULES = ['schedules'] as const;

/** Milliseconds between two questions: no hint tells of a schedule. */
const refetchInterval = 15_000;

export const schedulesQuery = queryOptions({
  queryKey: [...SCHEDULES, 'list'],
  queryFn: async ({ signal }) => (await answer(api.GET('/schedules', { signal }))).schedules,
  refetchInterval,
});

const path = (schedule_id: string) => ({ path: { schedule_id } });

export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: [...SCHEDULES, 'schedule', id],
    queryFn: ({ signal }) => answer(api.GET('/schedules/{schedule_id}', { params: path(id), signal })),
    refetchInterval,
  });

export const controlSchedule = ({ id, control }: { id: string; control: Control }) =>
  answer(api.POST('/schedules/{schedule_id}/{control}', { params: { path: { schedule_id: id, control } } }));

export const deleteSchedule = (id: string) => answer(api.DELETE('/schedules/{schedule_id}', { params: path(id) }));

/** What the form of a new schedule holds. */
export interface Draft {
  id: string;
  starts: 'job' | 'audit';
  /** the goal of a job, or the request of an audit */
  text: string;
  timing: 'cron' | 'every';
  cron: string;
  timeZone: string;
  every: string;
  overlap: Overlap;
  paused: boolean;
}

/** The default of the API. */
const PRIORITY = 3;

export const createSchedule = ({ id, starts, text, timing, cron, timeZone, every, overlap, paused }: Draft) =>
  answer(
    api.POST('/schedules', {
      body: {
        schedule_id: id.trim(),
        ...(starts === 'job'
          ? { job: { goal: text, mode: 'run' as const, priority: PRIORITY } }
          : { audit: { request_text: text } }),
        ...(timing === 'cron' ? { cron: cron.trim(), time_zone: timeZone } : { every: every.trim(), time_zone: 'UTC' }),
        overlap,
        paused,
      },
    }),
  );
