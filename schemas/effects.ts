import { Type, type Static } from 'typebox';
import { Cursor } from './api';
import { Instant } from './json';
import { Target } from './job/touches';

/**
 * How an effect stands. `intended`: it was about to be made, and nothing has come since; `unknown`: nobody knows whether
 * it has happened; `simulated`: a simulation came to it, and did not make it.
 */
export type EffectStatus = 'intended' | 'done' | 'failed' | 'unknown' | 'simulated';

export const effectStatuses = ['intended', 'done', 'failed', 'unknown', 'simulated'] as const satisfies EffectStatus[];

/** One change outside of a run, by one call with its key, whatever the number of its attempts. */
export const Effect = Type.Object(
  {
    key: Type.String({ description: 'the same for each attempt; the target gets it too, where it takes one' }),
    step: Type.String(),
    round: Type.Integer({ minimum: 1 }),
    tool: Type.String(),
    targets: Type.Array(Target),
    status: Type.Unsafe<EffectStatus>({
      enum: [...effectStatuses],
      description:
        '`intended`: about to be made; `failed`: it has not happened; `unknown`: it may have happened; `simulated`: it was not made',
    }),
    attempts: Type.Integer({ minimum: 1 }),
    at: Type.Unsafe<string>({ ...Instant, description: 'written down, before the first attempt' }),
    settled_at: Type.Optional(Instant),
    error: Type.Optional(Type.String({ description: 'type of the error of the last attempt that failed' })),
    refused: Type.Optional(
      Type.Integer({ minimum: 0, description: 'times that a simulation was refused the way to the outside' }),
    ),
  },
  { $id: 'Effect', additionalProperties: false },
);
export type Effect = Static<typeof Effect>;

/** What a run has changed outside, oldest first, as far as a page goes; `counts` is about all. */
export const EffectList = Type.Object(
  {
    effects: Type.Array(Effect),
    counts: Type.Object(
      Object.fromEntries(effectStatuses.map((status) => [status, Type.Integer({ minimum: 0 })])) as Record<
        EffectStatus,
        ReturnType<typeof Type.Integer>
      >,
    ),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'EffectList' },
);
export type EffectList = Static<typeof EffectList>;
