import { canonical } from '../../core/canonical';
import type { CheckedPlan } from '../../core/plan/check';
import { digest } from '../../core/identity';
import { condition, references } from '../../core/plan/expressions';
import type { PlanDifference } from '../../schemas/job/difference';
import type { Json } from '../../schemas/json';
import type { Plan, Step } from '../../schemas/plan';
import { withoutSecrets } from '../redact';

/** Characters of a value in words. */
const SHOWN = 120;

/** Digest of a plan: equal for equal plans, whatever the order of members. An approval is bound to it. */
export const planDigest = (plan: Plan): string => digest(plan);

/** What a plan has that another had not, step by step, in words. Steps are the same by their ids. */
export function differenceOf(before: CheckedPlan, after: CheckedPlan): PlanDifference {
  const old = new Map(before.plan.steps.map((step) => [step.id, step]));
  const now = new Map(after.plan.steps.map((step) => [step.id, step]));
  const added = [...now.keys()].filter((id) => !old.has(id));
  const changed = [...now.values()].flatMap((step) => {
    const was = old.get(step.id);
    const changes = was ? changesOf(plain(was), plain(step)) : [];
    return changes.length > 0 ? [{ step_id: step.id, changes }] : [];
  });
  const { steps: _before, ...rest } = before.plan;
  const { steps: _after, ...newRest } = after.plan;
  return {
    before: planDigest(before.plan),
    after: planDigest(after.plan),
    added,
    removed: [...old.keys()].filter((id) => !now.has(id)),
    changed,
    affected: affectedBy([...added, ...changed.map(({ step_id }) => step_id)], after),
    same: now.size - added.length - changed.length,
    plan: changesOf(rest, newRest),
  };
}

const plain = (step: Step): Json => step;

/** Steps that read the outputs of these, or of steps that do, and are none of them. */
function affectedBy(fresh: readonly string[], { plan, links }: CheckedPlan): string[] {
  const touched = new Set(fresh);
  for (let before = -1; before !== touched.size;) {
    before = touched.size;
    for (const step of plan.steps) {
      const reads = [...(links.get(step.id)?.reads ?? []), ...stepsIn(step.for_each), ...stepsIn(step.when)];
      if (reads.some((read) => touched.has(read))) touched.add(step.id);
    }
  }
  return plan.steps.map(({ id }) => id).filter((id) => touched.has(id) && !fresh.includes(id));
}

const stepsIn = (expression = 'true'): string[] =>
  references(condition(expression)).flatMap(({ root, path }) => (root === 'steps' ? path.slice(0, 1) : []));

/** Changes of a value in words, each with its place. */
function changesOf(before: Json | undefined, after: Json | undefined, at = ''): string[] {
  if (before === undefined && after === undefined) return [];
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => changesOf(before[name], after[name], at === '' ? name : `${at}.${name}`));
  }
  if (before === undefined) return [`${at} is new: ${shown(after)}`];
  if (after === undefined) return [`${at} is gone, it was ${shown(before)}`];
  return canonical(before) === canonical(after) ? [] : [`${at} was ${shown(before)}, is ${shown(after)}`];
}

const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: Json | undefined): string {
  const text = withoutSecrets(JSON.stringify(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}
