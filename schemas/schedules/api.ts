import { Type, type Static } from 'typebox';
import { Links } from '../api';
import { InitialRequest } from '../audit/api';
import { Identifier, Instant } from '../json';
import { jobRequest } from '../job/api';
import { Duration } from '../plan';
import { scheduledKinds } from './run';

/** Bodies and answers of the API of schedules. Times are UTC, ISO 8601. */

/** What happens when a start is due while what the one before has started still runs. */
export const Overlap = Type.Enum(['skip', 'buffer_one', 'buffer_all', 'cancel_other', 'allow_all'], {
  default: 'skip',
  description:
    '`skip` leaves this start out; `buffer_one` and `buffer_all` start when the other has ended; `cancel_other` cancels ' +
    'the other first; `allow_all` runs both',
});
export type Overlap = Static<typeof Overlap>;

const times = {
  cron: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'minute, hour, day of month, month, day of week' }),
  ),
  time_zone: Type.Optional(
    Type.String({ minLength: 1, maxLength: 80, default: 'UTC', description: 'of `cron`, such as `Europe/Paris`' }),
  ),
  every: Type.Optional(
    Type.Unsafe<string>({ ...Duration, description: 'an interval, at least 1s, in place of `cron`: `15m`' }),
  ),
  overlap: Type.Optional(Overlap),
};

/** `POST /schedules`: one of `job` and `audit`, and one of `cron` and `every`. */
export const NewSchedule = Type.Object(
  {
    schedule_id: Type.Unsafe<string>({
      ...Identifier,
      maxLength: 60,
      description: 'the ids of its runs begin with it',
    }),
    job: Type.Optional(Type.Object(jobRequest, { additionalProperties: false })),
    audit: Type.Optional(
      Type.Object(
        { request_text: InitialRequest.properties.request_text, work_context: InitialRequest.properties.work_context },
        { additionalProperties: false },
      ),
    ),
    ...times,
    paused: Type.Optional(Type.Boolean({ default: false })),
  },
  { $id: 'NewSchedule', additionalProperties: false },
);
export type NewSchedule = Static<typeof NewSchedule>;

/** A schedule. */
export const Schedule = Type.Object(
  {
    schedule_id: Type.String(),
    starts: Type.Enum([...scheduledKinds]),
    title: Type.String({ description: 'the beginning of the goal, or of the request' }),
    ...times,
    overlap: Overlap,
    paused: Type.Boolean(),
    note: Type.Optional(Type.String({ description: 'who has paused or resumed it' })),
    created_by: Type.String(),
    next: Type.Array(Instant, { description: 'its next times; none while it is paused' }),
    recent: Type.Array(Type.Object({ at: Instant, id: Type.String({ description: 'of the job or the project' }) }), {
      description: 'its last starts, newest first',
    }),
    links: Links,
  },
  { $id: 'Schedule' },
);
export type Schedule = Static<typeof Schedule>;

export const Schedules = Type.Object({ schedules: Type.Array(Schedule) }, { $id: 'Schedules' });
export type Schedules = Static<typeof Schedules>;
