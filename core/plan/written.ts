import type { Plan, Step, WrittenPlan, WrittenStep } from '../../schemas/plan';
import { fault, type PlanFault } from './fault';

/**
 * The plan that is meant by one as it came in: with `uses` and `with` under these names alone, and a tool step that
 * uses `wait` as the wait step that it is. Nothing further inside knows other names.
 *
 * @returns the plan, or the steps that give one thing under two names
 */
export function planOf(written: WrittenPlan): { plan: Plan } | { faults: PlanFault[] } {
  const faults = written.steps.flatMap((step, index) => twice(step, `/steps/${index}`));
  return faults.length > 0 ? { faults } : { plan: { ...written, steps: written.steps.map(stepOf) } };
}

function stepOf({ action_type, action_config, ...step }: WrittenStep): Step {
  const uses = step.uses ?? action_type;
  const given = step.with ?? action_config;
  const meant: Step = { ...step, ...(uses === undefined ? {} : { uses }), ...(given ? { with: given } : {}) };
  if (meant.kind !== 'tool' || uses !== 'wait') return meant;
  const { uses: _, ...wait } = meant;
  return { ...wait, kind: 'wait' };
}

function twice({ uses, with: given, action_type, action_config }: WrittenStep, at: string): PlanFault[] {
  const names = [
    ...(uses !== undefined && action_type !== undefined ? [['action_type', 'uses']] : []),
    ...(given !== undefined && action_config !== undefined ? [['action_config', 'with']] : []),
  ];
  return names.map(([other, name]) =>
    fault(`${at}/${other}`, 'plan.misplaced', `${other} is another name of ${name}, which stands there too: keep one`),
  );
}
