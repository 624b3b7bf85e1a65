import { Type, type Static } from 'typebox';
import type { FileReading } from '../../schemas/order/order';
import { nullable } from '../../schemas/json';
import { languages } from '../../schemas/language';
import { refTo } from '../../schemas/refs';
import type { ToolSpec } from '../../schemas/tool';

export const Language = Type.Enum([...languages]);
export const FileName = Type.String({ minLength: 1, maxLength: 400 });
const Count = Type.Integer({ minimum: 0 });

/** The agent's reading of one file. */
export const ReadDelivery = Type.Object({
  reading: refTo<FileReading>(),
  outcome: Type.Enum(['order', 'not_an_order', 'refused']),
  reason: nullable(Type.String()),
  lines: Count,
  anomalies: Count,
  /** the columns are uncertain */
  uncertain: Type.Boolean(),
});
export type ReadDelivery = Static<typeof ReadDelivery>;

/** Facts shared by the agent and all tools of orders. */
export const about = {
  version: '1.0.0',
  effect: 'idempotent',
  risk: 'low',
  approval: false,
  timeout: 60_000,
  retry: { attempts: 5, initialMs: 500, backoff: 2, maxMs: 10_000 },
} satisfies Partial<ToolSpec>;
