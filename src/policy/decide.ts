import type { ToolCatalogue } from '../../core/plan/catalogue';
import { digest } from '../../core/identity';
import { ExpressionError, test } from '../../core/plan/expressions';
import type { CompleteSpec } from '../../core/worst-case';
import type { Json, JsonObject } from '../../schemas/json';
import type { Plan, Step } from '../../schemas/plan';
import type { Policy, PolicyDecision, PolicyEffect, StepDecision } from '../../schemas/policy';
import { callsOf, type Call } from '../job/calls';
import { isChange, targetsOf, type Target } from '../job/targets';
import { bannedHost } from './hosts';

/** The job as rules see it. */
export interface PolicyJob {
  requested_by: string;
  priority: number;
  goal: string;
}

export interface PolicyParts {
  catalogue: ToolCatalogue;
  job: PolicyJob;
  /** input of the run, where it is known */
  input?: Json;
}

/** A decision without the step that it is about. */
type Verdict = Omit<StepDecision, 'step_id'>;

const GRAVITY: readonly PolicyEffect[] = ['allow', 'approve', 'deny'];

/** Holds a plan against a policy: the decision about each step, and the gravest of them. */
export function decidePlan(policy: Policy, plan: Plan, parts: PolicyParts): PolicyDecision {
  const steps = plan.steps.map((step) => decideStep(policy, step, parts));
  return {
    policy: policy.name,
    digest: policyDigest(policy),
    effect: steps.map(({ effect }) => effect).reduce(graver, 'allow'),
    ask: policy.ask,
    steps,
  };
}

/** The digest of a policy without its tests, which decide nothing. */
export const policyDigest = ({ tests: _, ...policy }: Policy): string => digest(policy);

/**
 * Holds a step against a policy: each of its calls, of which the gravest decision counts. `deny` is over `approve` over
 * `allow`; a rule that fails asks a person, and so does a call that no rule fits.
 */
export function decideStep(policy: Policy, step: Step, parts: PolicyParts): StepDecision {
  const isCall = step.kind === 'tool' || step.kind === 'agent';
  const calls = callsOf(step, parts.catalogue);
  const verdicts = calls.map((call) => decideCall(policy, step, call, parts));
  if (!isCall) verdicts.push(decideCall(policy, step, undefined, parts));
  else if (calls.length < (step.until ? 2 : 1))
    verdicts.push({ effect: 'approve', rule: 'no_rule', reason: `there is no tool named "${step.uses ?? ''}"` });
  return { step_id: step.id, ...gravest(verdicts) };
}

function decideCall(policy: Policy, step: Step, call: Call | undefined, { job, input }: PolicyParts): Verdict {
  const targets = call ? targetsOf(call, input) : [];
  const scope = {
    step: step as unknown as Json,
    tool: call ? factsOf(call.spec) : null,
    effect: targets.some(isChange) ? (call?.spec.effect ?? 'none') : 'none',
    touches: targets as unknown as Json,
    job: { ...job },
  };
  return gravest([...policy.rules.flatMap((rule) => ruleVerdict(rule, scope)), ...hostVerdicts(policy, targets)]);
}

function ruleVerdict({ id, when, effect, reason }: Policy['rules'][number], scope: Record<string, Json>): Verdict[] {
  try {
    return test(when, scope) ? [{ effect, rule: id, reason }] : [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return [{ effect: 'approve', rule: 'rule_error', reason: `the rule ${id} failed: ${error.message}` }];
  }
}

function hostVerdicts({ banned_hosts: hosts = [] }: Policy, targets: readonly Target[]): Verdict[] {
  return targets.flatMap((target): Verdict[] => {
    const found = bannedHost(hosts, target);
    if (found === 'banned')
      return [{ effect: 'deny', rule: 'banned_host', reason: `${target.target} is a banned host` }];
    const reason = 'its host is not known yet, and some are banned';
    return found === 'unknown' ? [{ effect: 'approve', rule: 'banned_host', reason }] : [];
  });
}

/** A specification as rules see it: without its schemas. */
function factsOf({ input: _input, output: _output, ...facts }: CompleteSpec): JsonObject {
  return JSON.parse(JSON.stringify(facts)) as JsonObject;
}

/** The gravest verdict, and the first among those that weigh the same. */
function gravest(verdicts: readonly Verdict[]): Verdict {
  const none: Verdict = { effect: 'approve', rule: 'no_rule', reason: 'no rule of the policy fits' };
  return verdicts.length === 0
    ? none
    : verdicts.reduce((first, one) => (graver(first.effect, one.effect) === first.effect ? first : one));
}

const graver = (one: PolicyEffect, other: PolicyEffect): PolicyEffect =>
  GRAVITY.indexOf(other) > GRAVITY.indexOf(one) ? other : one;
