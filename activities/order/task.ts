import { Type } from 'typebox';
import { languages } from '../../schemas/language';
import type { ToolSpec } from '../../schemas/tool';

export const Language = Type.Enum([...languages]);
export const FileName = Type.String({ minLength: 1, maxLength: 400 });
/** Facts shared by the agent and all tools of orders. */
export const about = {
  version: '1.0.0',
  effect: 'idempotent',
  risk: 'low',
  approval: false,
  // 100,000 lines take a quarter of it on two cores that have other work too
  timeout: 300_000,
  retry: { attempts: 5, initialMs: 500, backoff: 2, maxMs: 10_000 },
} satisfies Partial<ToolSpec>;
