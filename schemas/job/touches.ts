import { Type, type Static } from 'typebox';
import { nullable } from '../json';

/** A kind of thing that steps touch. `unknown`: a step has an effect, and nothing says on what. */
export const TouchKind = Type.Union(
  (['host', 'webhook', 'table', 'file', 'memory', 'mcp', 'unknown'] as const).map((kind) => Type.Literal(kind)),
);
export type TouchKind = 'host' | 'webhook' | 'table' | 'file' | 'memory' | 'mcp' | 'unknown';

/** `delete` is a write that takes away: a deleted file, a dropped table, an HTTP DELETE. */
export type Access = 'read' | 'write' | 'delete';

const target = {
  kind: Type.Unsafe<TouchKind>(TouchKind),
  target: Type.String({
    description:
      'host with its port where that is not the usual one, table, path, name; `unknown` if it cannot be told',
  }),
  access: Type.Unsafe<Access>({ enum: ['read', 'write', 'delete'] }),
  outside: Type.Boolean({ description: 'false: in the workspace or the memory of the job' }),
};

/** One thing that a call touches. */
export const Target = Type.Object(target, { $id: 'Target', additionalProperties: false });
export type Target = Static<typeof Target>;

/** One thing that steps of a plan touch. */
export const Touch = Type.Object(
  { ...target, steps: Type.Array(Type.String(), { description: 'ids of the steps that touch it' }) },
  { $id: 'Touch', additionalProperties: false },
);
export type Touch = Static<typeof Touch>;

/** A number of effects: at least, and at most. */
export const EffectCount = Type.Object(
  {
    least: Type.Integer({ minimum: 0 }),
    most: Type.Unsafe<number | null>({ ...nullable(Type.Integer()), description: 'null: it cannot be told' }),
  },
  { $id: 'EffectCount', additionalProperties: false },
);
export type EffectCount = Static<typeof EffectCount>;

export type Risk = 'low' | 'medium' | 'high';

/** Everything that a plan touches, before it runs. */
export const Touches = Type.Object(
  {
    touches: Type.Array(Touch),
    effects: EffectCount,
    outside: EffectCount,
    risk: Type.Unsafe<Risk>({ enum: ['low', 'medium', 'high'] }),
  },
  {
    $id: 'Touches',
    additionalProperties: false,
    description: '`effects` counts calls that change anything, `outside` those of them that reach beyond the job',
  },
);
export type Touches = Static<typeof Touches>;
