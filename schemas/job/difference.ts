import { Type, type Static } from 'typebox';

const ids = (description: string) => Type.Array(Type.String(), { description });

/** The difference of two plans. */
export const PlanDifference = Type.Object(
  {
    before: Type.String({ description: 'digest of the plan before: SHA-256 of its canonical JSON' }),
    after: Type.String({ description: 'digest of the plan after' }),
    added: ids('steps that are new'),
    removed: ids('steps that are gone'),
    changed: Type.Array(
      Type.Object(
        {
          step_id: Type.String(),
          changes: Type.Array(Type.String(), { description: 'in words, such as `with.url was "a", is "b"`' }),
        },
        { additionalProperties: false },
      ),
    ),
    affected: ids('steps that are the same, and read the outputs of steps that are not'),
    same: Type.Integer({ minimum: 0, description: 'number of steps that are the same' }),
    plan: Type.Array(Type.String(), { description: 'changes of the plan besides its steps, in words' }),
  },
  { $id: 'PlanDifference', additionalProperties: false },
);
export type PlanDifference = Static<typeof PlanDifference>;
