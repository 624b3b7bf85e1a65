import { Type, type Static } from 'typebox';
import { nullable } from '../json';
import { TouchKind } from './touches';

export type Severity = 'info' | 'warning' | 'error';

/** An objection to a plan that could run. */
export const CriticFinding = Type.Object(
  {
    code: Type.String({ description: 'stable, such as `critic.unasked_write`' }),
    step_id: Type.Unsafe<string | null>({ ...nullable(Type.String()), description: 'null: the plan as a whole' }),
    severity: Type.Unsafe<Severity>({ enum: ['info', 'warning', 'error'] }),
    message: Type.String(),
    fix: Type.String(),
  },
  { $id: 'CriticFinding', additionalProperties: false },
);
export type CriticFinding = Static<typeof CriticFinding>;

/** A change that a goal asks for. */
export const AskedEffect = Type.Object(
  {
    kind: Type.Unsafe<TouchKind>(TouchKind),
    target: Type.Optional(Type.String({ description: 'host, table, path or name; any of the kind if it is left out' })),
    delete: Type.Optional(Type.Boolean({ description: 'true: taking away is asked for, not writing' })),
  },
  { $id: 'AskedEffect', additionalProperties: false },
);
export type AskedEffect = Static<typeof AskedEffect>;

/** What a goal asks for: what is left out is not known, and nothing is held against it. */
export const Asked = Type.Object(
  {
    effects: Type.Optional(Type.Array(AskedEffect, { description: 'all changes that are asked for' })),
    approval: Type.Optional(
      Type.Unsafe<'every_effect' | 'an_effect' | AskedEffect[]>({
        anyOf: [{ const: 'every_effect' }, { const: 'an_effect' }, Type.Array(AskedEffect)],
        description:
          'changes before which a person is to be asked; `an_effect`: one of them, and it is not known which',
      }),
    ),
  },
  { $id: 'Asked', additionalProperties: false },
);
export type Asked = Static<typeof Asked>;
