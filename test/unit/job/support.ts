import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { createCatalogue } from '../../../core/plan/catalogue';
import { withWorstCase, type CompleteSpec } from '../../../core/worst-case';
import type { ToolSpec } from '../../../schemas/tool';
import { checkPlan, type CheckedPlan } from '../../../core/plan/check';
import type { Step } from '../../../schemas/plan';

const tool = (
  name: string,
  effect: ToolSpec['effect'],
  properties: string,
  more: Partial<ToolSpec> = {},
): CompleteSpec =>
  withWorstCase({
    name,
    version: '1',
    description: name,
    effect,
    risk: 'medium',
    approval: false,
    input: { type: 'object', properties: Object.fromEntries(properties.split(' ').map((one) => [one, {}])) },
    output: {},
    ...more,
  });

/** The built-in tools, and some that somebody might add. */
export const catalogue = createCatalogue([
  ...createToolRegistry(builtinTools).catalogue('tool'),
  tool('mail.send', 'once', 'to text', { risk: 'high', approval: true }),
  tool('crm.look', 'none', 'url', { egress: ['crm.example'] }),
  tool('mcp.crm.create_lead', 'once', 'name'),
]);

/** Steps by what they use and their arguments, named a, b, c. */
export const step = (id: string, uses: string, args: object = {}, more: Partial<Step> = {}): Step =>
  ({ id, kind: 'tool', uses, with: args, ...more }) as Step;

/** A plan that can run. */
export function planOf(steps: Step[], result?: object): CheckedPlan {
  const checked = checkPlan({ name: 'test', steps, result } as Parameters<typeof checkPlan>[0], catalogue);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return checked;
}
