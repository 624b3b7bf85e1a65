import { Type, type Static } from 'typebox';
import { AgentHealth, AgentTotals } from '../agent';
import { Links } from '../api';
import { Instant, JsonObjectValue } from '../json';
import { AgentTask } from '../tool';

const about = {
  name: Type.String(),
  version: Type.String({ description: 'the newest that a worker has announced' }),
  description: Type.String(),
};

const JsonSchemaValue = Type.Unsafe<Static<typeof JsonObjectValue>>({
  ...JsonObjectValue,
  description: 'a JSON Schema',
});

/** An agent as a worker announces it. */
export const AgentStatement = Type.Object({
  ...about,
  input: JsonSchemaValue,
  output: JsonSchemaValue,
  tasks: Type.Array(AgentTask),
});
export type AgentStatement = Static<typeof AgentStatement>;

const state = {
  status: Type.Enum(['idle', 'working', 'degraded', 'unavailable', 'absent'], {
    description:
      'over its workers: `degraded` where one of them is or has an open breaker; `absent` where none reports',
  }),
  breaker: Type.Enum(['closed', 'open', 'half_open'], { description: '`open`: on all of its workers' }),
  worker_count: Type.Integer({ minimum: 0 }),
  totals: AgentTotals,
  links: Links,
};

/** A row of `GET /api/v1/agents`. */
export const AgentSummary = Type.Object(
  { ...about, tasks: Type.Array(Type.String()), ...state },
  { $id: 'AgentSummary' },
);
export type AgentSummary = Static<typeof AgentSummary>;

/** 200 of `GET /api/v1/agents`. */
export const AgentList = Type.Object({ agents: Type.Array(AgentSummary) }, { $id: 'AgentList' });
export type AgentList = Static<typeof AgentList>;

/** An agent on a worker. */
export const AgentWorker = Type.Object({ worker: Type.String(), reported_at: Instant, ...AgentHealth.properties });

/** 200 of `GET /api/v1/agents/{name}`. */
export const AgentDetail = Type.Object(
  {
    ...AgentStatement.properties,
    versions: Type.Array(Type.String(), { description: 'announced within a week, the newest first' }),
    ...state,
    workers: Type.Array(AgentWorker),
  },
  { $id: 'AgentDetail' },
);
export type AgentDetail = Static<typeof AgentDetail>;
