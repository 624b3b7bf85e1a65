import type { ToolCatalogue } from '../../core/plan/catalogue';
import type { CheckedPlan } from '../../core/plan/check';
import type { EffectCount, Risk, Touch, Touches } from '../../schemas/job/touches';
import type { Json } from '../../schemas/json';
import type { Step } from '../../schemas/plan';
import { callsOf, type Call } from './calls';
import { optionalSteps, timesOf, type FanOutParts } from './fan-out';
import { isChange, isOutsideEffect, targetsOf, type Target } from './targets';

export interface TouchOptions {
  /** input of the run, where it is known */
  input?: Json;
}

/** Everything that a plan touches, how many effects it has, and its risk. What cannot be told is said to be unknown. */
export function touchesOf(checked: CheckedPlan, catalogue: ToolCatalogue, { input }: TouchOptions = {}): Touches {
  const { steps } = checked.plan;
  const parts = { steps: new Map(steps.map((step) => [step.id, step])), catalogue, input };
  const optional = optionalSteps(checked);
  const calls = steps.flatMap((step) => callsOf(step, catalogue).map((call) => look(call, parts, optional)));
  const outside = calls.filter(({ targets }) => targets.some(isOutsideEffect));
  return {
    touches: merged(calls),
    effects: sum(calls.map(({ count }) => count)),
    outside: sum(outside.map(({ count }) => count)),
    risk: RISKS[Math.max(0, ...calls.map(({ risk }) => RISKS.indexOf(risk)))] ?? 'high',
  };
}

const RISKS: readonly Risk[] = ['low', 'medium', 'high'];

/** A call, and what is known of it before it is made. */
interface Look {
  step: Step;
  targets: Target[];
  count: EffectCount;
  risk: Risk;
}

function look(call: Call, parts: FanOutParts, optional: ReadonlySet<string>): Look {
  const { step, spec } = call;
  const targets = targetsOf(call, parts.input);
  if (!targets.some(isChange)) return { step, targets, count: { least: 0, most: 0 }, risk: 'low' };
  const { least, most } = timesOf(step, parts);
  const rounds = step.until?.rounds ?? 1;
  const count = { least: optional.has(step.id) ? 0 : least, most: most === null ? null : most * rounds };
  const outside = targets.filter(isOutsideEffect);
  const isHigh = outside.some(({ access }) => access === 'delete') || (outside.length > 0 && most === null);
  return { step, targets, count, risk: isHigh ? 'high' : outside.length > 0 ? spec.risk : 'low' };
}

function sum(counts: EffectCount[]): EffectCount {
  return {
    least: counts.reduce((total, { least }) => total + least, 0),
    most: counts.reduce<number | null>((total, { most }) => (total === null || most === null ? null : total + most), 0),
  };
}

/** One entry for each thing and access, with the steps that it is about, in the order given. */
export function merged(looks: { step: Pick<Step, 'id'>; targets: Target[] }[]): Touch[] {
  const found = new Map<string, Touch>();
  for (const { step, targets } of looks)
    for (const target of targets) {
      const key = [target.kind, target.target, target.access].join('\n');
      const known = found.get(key) ?? { ...target, steps: [] };
      if (!known.steps.includes(step.id)) known.steps.push(step.id);
      found.set(key, known);
    }
  return [...found.values()];
}
