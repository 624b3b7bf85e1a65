import type { ToolCatalogue } from '../../core/plan/catalogue';
import { everyStep } from '../../core/plan/steps';
import type { Policy, PolicyEffect } from '../../schemas/policy';
import type { PolicyInForce, PolicyTrial } from '../../schemas/policy/api';
import { policyDigest } from '../../src/policy/decide';
import type { Judgement } from '../../src/policy/judge';
import { wordsOfPolicy } from '../../src/policy/words';
import { counted } from '../../src/words';
import type { TriedPlan } from './plan';

export function policyOf(policy: Policy): PolicyInForce {
  const { name, rules, banned_hosts = [], limits = {}, ask, tests = [] } = policy;
  const words = wordsOfPolicy(policy);
  return { name, digest: policyDigest(policy), rules, banned_hosts, limits, ask, tests: tests.length, words };
}

/** A plan that a policy was tried on, with what it says. */
export interface Trial {
  tried: TriedPlan;
  judgement: Judgement;
  catalogue: ToolCatalogue;
  isInputKnown: boolean;
}

export function trialOf({ tried, judgement, catalogue, isInputKnown }: Trial): PolicyTrial {
  const { plan } = tried.checked;
  const { decision, limits, forecast } = judgement;
  const uses = new Map(plan.steps.map((step) => [step.id, step.uses]));
  const before = new Map(tried.was?.steps.map((step) => [step.step_id, step]));
  const steps = decision.steps.map((step): PolicyTrial['steps'][number] => {
    const was = before.get(step.step_id);
    return { ...step, uses: uses.get(step.step_id), was: was && { effect: was.effect, rule: was.rule } };
  });
  const changed = steps.flatMap(({ step_id, effect, was }) => (was && was.effect !== effect ? [step_id] : []));
  const count = (wanted: PolicyEffect) => steps.filter(({ effect }) => effect === wanted).length;
  const trial = {
    ...{ policy: decision.policy, digest: decision.digest, effect: decision.effect, ask: decision.ask },
    ...{ steps, changed, limits, forecast, input_known: isInputKnown },
    counts: { allow: count('allow'), approve: count('approve'), deny: count('deny') },
    unknown_tools: unknownTools(tried, catalogue),
  };
  return { ...trial, words: wordsOf(trial) };
}

function unknownTools({ checked: { plan } }: TriedPlan, catalogue: ToolCatalogue): string[] {
  const missing = everyStep(plan.steps).flatMap((step) => [
    ...((step.kind === 'tool' || step.kind === 'agent') && !catalogue.of(step) ? [step.uses ?? ''] : []),
    ...(step.until && !catalogue.tool(step.until.check) ? [step.until.check] : []),
  ]);
  return [...new Set(missing)];
}

function wordsOf({ counts, limits, changed, input_known, unknown_tools, ask }: Omit<PolicyTrial, 'words'>): string[] {
  const { allow, approve, deny } = counts;
  const isTooMuch = limits.some(({ certain }) => certain);
  const end =
    deny > 0 || isTooMuch
      ? 'It would not be started.'
      : approve > 0
        ? `${ask ?? 'Whoever may approve'} would be asked first.`
        : 'It would start without a question.';
  return [
    `${counted(allow, 'step')} let through, ${approve} asked about, ${deny} denied. ${end}`,
    ...limits.map(({ message }) => `${message}.`),
    ...(changed.length > 0 ? [`Otherwise than the policy of that time: ${changed.join(', ')}.`] : []),
    ...(input_known ? [] : ['The input of the run is not known: what depends on it counts as unknown.']),
    ...(unknown_tools.length > 0 ? [`No worker has these tools now: ${unknown_tools.join(', ')}.`] : []),
  ];
}
