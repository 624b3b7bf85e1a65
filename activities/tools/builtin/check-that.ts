import { Type } from 'typebox';
import { Verdict } from '../../../schemas/tool';
import { defineTool } from '../define';

/** Turns a condition into a verdict, for the `until` of a step. */
export const checkThat = defineTool({
  name: 'check.that',
  version: '1',
  description: 'Accepts if a condition of the plan holds. For `until`, with an expression as `ok`.',
  input: Type.Object(
    { ok: Type.Boolean(), message: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000 })) },
    { additionalProperties: false },
  ),
  output: Verdict,
  effect: 'none',
  risk: 'low',
  approval: false,
  timeout: 1_000,
  retry: { attempts: 3, initialMs: 100, backoff: 2, maxMs: 2_000 },
  local: true,
  run: async ({ ok, message = 'the condition does not hold' }) => ({
    accepted: ok,
    findings: ok ? [] : [{ code: 'check.failed', message }],
  }),
  simulate: async () => ({ accepted: true, findings: [] }),
});
