import { Type, type Static } from 'typebox';
import { Cursor, Links } from '../api';
import { JsonObjectValue, type Json } from '../json';
import type { Effect, ErrorClass } from '../tool';

/** Answers of the API of tools. Facts that a tool does not tell count as their worst. */

export const toolEffects = ['none', 'idempotent', 'once'] as const satisfies Effect[];
export const toolRisks = ['low', 'medium', 'high'] as const;

const EffectName = Type.Unsafe<Effect>({
  enum: [...toolEffects],
  description: 'on the world, at its worst; `once`: cannot be repeated safely, and is attempted once',
});

const summary = {
  name: Type.String({ description: 'as plans name it in `uses`' }),
  version: Type.String({ description: 'of an MCP tool, from the hash of the accepted definition' }),
  aliases: Type.Array(Type.String(), { description: 'other names under which plans may use it' }),
  description: Type.String(),
  group: Type.String({ description: 'the beginning of its name, such as `file`' }),
  process: Type.Optional(
    Type.String({ description: 'whose part it is; absent for tools of the platform and of yours' }),
  ),
  server: Type.Optional(Type.String({ description: 'the MCP server that offers it' })),
  effect: EffectName,
  risk: Type.Enum([...toolRisks]),
  approval: Type.Boolean({ description: 'asks for an approval unless a policy says otherwise' }),
  usable: Type.Boolean({ description: 'new plans may use it' }),
  withheld: Type.Optional(
    Type.Object(
      { code: Type.String(), message: Type.String() },
      { description: 'why no new plan may use it for now, and what to do about it' },
    ),
  ),
  links: Links,
};

/** A row of `GET /api/v1/tools`. */
export const ToolSummary = Type.Object(summary, { $id: 'ToolSummary' });
export type ToolSummary = Static<typeof ToolSummary>;

/** 200 of `GET /api/v1/tools`. */
export const ToolPage = Type.Object(
  {
    total: Type.Integer({ minimum: 0, description: 'tools that match' }),
    tools: Type.Array(ToolSummary),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'ToolPage' },
);
export type ToolPage = Static<typeof ToolPage>;

const JsonSchemaValue = Type.Unsafe<Static<typeof JsonObjectValue>>({
  ...JsonObjectValue,
  description: 'a JSON Schema',
});

/** 200 of `GET /api/v1/tools/{name}`. */
export const ToolDetail = Type.Object(
  {
    ...summary,
    input: JsonSchemaValue,
    output: JsonSchemaValue,
    example: Type.Unsafe<{ kind: 'tool'; id: string; uses: string; with: Json }>({
      type: 'object',
      description: 'a step with the least arguments that the schema asks for; their values are made up',
    }),
    effects: Type.Array(
      Type.Object({
        when: Type.Unsafe<{ [argument: string]: (string | number | boolean | null)[] }>({
          type: 'object',
          description: 'values of arguments; null stands for one that is left out',
        }),
        effect: EffectName,
      }),
      { description: 'calls whose effect is a lesser one; the first that fits counts' },
    ),
    timeout_ms: Type.Integer({ description: 'one attempt, at most' }),
    attempts: Type.Integer({ minimum: 1 }),
    cost: Type.Optional(
      Type.Object({ amount: Type.Number(), currency: Type.String() }, { description: 'of a call; absent: not known' }),
    ),
    egress: Type.Array(Type.String(), { description: 'hosts that it may reach; `*`: any public one' }),
    secrets: Type.Boolean({ description: 'takes secrets among its arguments' }),
    errors: Type.Unsafe<{ [type: string]: ErrorClass }>({
      type: 'object',
      additionalProperties: { enum: ['transient', 'permanent', 'policy', 'input'] },
      description: 'stable error types and their classes: `transient` ones are tried again',
    }),
    words: Type.Array(Type.String(), { description: 'what the platform holds it to, a line each' }),
  },
  { $id: 'ToolDetail' },
);
export type ToolDetail = Static<typeof ToolDetail>;
