import type { ToolCatalogue } from '../../../core/plan/catalogue';
import type { JsonObject } from '../../../schemas/json';
import type { Policy } from '../../../schemas/policy';
import type { StepCall } from '../../../schemas/step-call';
import { decideStep } from '../../../src/policy/decide';

/** A call that a model asks for, and the step that it is asked for in. */
export interface WantedCall {
  uses: string;
  args: JsonObject;
  step: Pick<StepCall, 'step_id' | 'workflow_id'>;
  /** the agent and its task */
  purpose: string;
}

/** Why the policy forbids a call; undefined where it does not. */
export type Permit = (wanted: WantedCall) => Promise<string | undefined>;

/** Rules by which the policy does not know: it asks a person, and a model has none to ask. */
const UNSURE: ReadonlySet<string> = new Set(['banned_host', 'rule_error']);

/** Priority of work that has none. */
const USUAL = 3;

/**
 * Holds each call against the policy, with the arguments that it is to be made with. What the policy denies is not
 * called. What it has a person asked about was allowed by whoever has listed the tool in the step (decision 056).
 */
export function createPermit({
  policy,
  catalogue,
}: {
  /** read for each call, so that a change counts at once; one that cannot be read permits nothing */
  policy: () => Promise<Policy>;
  catalogue: ToolCatalogue;
}): Permit {
  return async ({ uses, args, step: { step_id, workflow_id }, purpose }) => {
    const job = { requested_by: workflow_id, priority: USUAL, goal: purpose };
    const step = { id: step_id, kind: 'tool' as const, uses, with: literal(args) };
    const { effect, rule, reason } = decideStep(await policy(), step, { catalogue, job });
    return effect === 'deny' || (effect !== 'allow' && UNSURE.has(rule)) ? `${rule}: ${reason}` : undefined;
  };
}

/** Arguments are data here: nothing in them is an expression, whatever it looks like. */
const literal = (args: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(args).replaceAll('${{', '$ {{')) as JsonObject;
