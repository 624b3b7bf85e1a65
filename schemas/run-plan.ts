import { Type, type Static } from 'typebox';
import { Links } from './api';
import { Instant } from './json';
import { PlanDifference } from './job/difference';
import { Plan } from './plan';
import type { Effect } from './tool';

/** A version of the plan of a run: by whom and when it was drawn, and what is other than in the one before, in words. */
export const PlanVersion = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  digest: Type.String({ description: 'content hash of the plan' }),
  by: Type.Optional(Type.String({ description: 'rules, llm, recovery, or a person' })),
  at: Type.Optional(Instant),
  changes: Type.Array(Type.String()),
  approved_by: Type.Optional(Type.String()),
});
export type PlanVersion = Static<typeof PlanVersion>;

const PlannedStep = Type.Object({
  needs: Type.Array(Type.String(), { description: 'ids of the steps that it waits for' }),
  effect: Type.Optional(
    Type.Unsafe<Effect>({
      enum: ['none', 'idempotent', 'once'],
      description: 'of its call on the world, at its worst; absent where it calls nothing, or nobody knows its tool',
    }),
  ),
});

/** 200 of `GET /runs/{workflow_id}/plan`. */
export const RunPlan = Type.Object(
  {
    workflow_id: Type.String(),
    version: Type.Integer({ minimum: 1 }),
    plan: Type.Unsafe<Plan>({ ...Plan, $id: undefined }),
    steps: Type.Record(Type.String(), PlannedStep, { description: 'by their ids, those within groups too' }),
    versions: Type.Array(PlanVersion, { description: 'oldest first' }),
    since: Type.Optional(Type.Integer({ description: 'the version that `difference` is from' })),
    difference: Type.Optional(Type.Unsafe<PlanDifference>({ ...PlanDifference, $id: undefined })),
    links: Links,
  },
  { $id: 'RunPlan' },
);
export type RunPlan = Static<typeof RunPlan>;
