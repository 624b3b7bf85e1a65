import { Type, type Static } from 'typebox';
import { DependencyState, Links } from '../api';
import { Failure } from '../events/define';
import { Instant, nullable } from '../json';

const Numbers = Type.Record(Type.String(), Type.Integer({ minimum: 1 }));

/** A run that has failed. */
export const FailedRun = Type.Object({
  workflow_id: Type.String(),
  subject: Type.String({ description: 'the id of what it is about' }),
  process: Type.String(),
  title: Type.String(),
  status: Type.String({ description: '`failed`, `terminated`, `timed_out`' }),
  error: Type.Optional(Failure),
  ended_at: Type.Optional(Instant),
  links: Links,
});
export type FailedRun = Static<typeof FailedRun>;

/** `GET /overview`. A part that cannot be known now, because a dependency is away, is null. */
export const Overview = Type.Object(
  {
    waiting: nullable(
      Type.Object({
        total: Type.Integer(),
        by_kind: Numbers,
        silent: Type.Integer({ description: 'runs that wait and did not answer in time, besides' }),
      }),
    ),
    failing: nullable(
      Type.Array(FailedRun, { maxItems: 10, description: 'runs that have failed within a day, the last ones first' }),
    ),
    under_way: nullable(Type.Object({ total: Type.Integer(), by_process: Numbers })),
    dead_letters: nullable(
      Type.Object({ total: Type.Integer(), oldest_at: Type.Optional(Instant) }, { description: 'events and tasks' }),
    ),
    health: Type.Array(Type.Unsafe<DependencyState>({ ...DependencyState, $id: undefined }), {
      description: 'the lines of `GET /health`',
    }),
  },
  { $id: 'Overview' },
);
export type Overview = Static<typeof Overview>;
