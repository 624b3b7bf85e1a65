import type { ToolCatalogue } from '../../core/plan/catalogue';
import type { CheckedPlan } from '../../core/plan/check';
import { everyStep } from '../../core/plan/steps';
import type { Forecast } from '../../schemas/job/forecast';
import type { Touches } from '../../schemas/job/touches';
import type { Json } from '../../schemas/json';
import type { Plan } from '../../schemas/plan';
import type { Policy, PolicyDecision, PolicyLimits } from '../../schemas/policy';
import { forecastOf } from '../job/forecast';
import { touchesOf } from '../job/touches';
import type { PastRuns } from '../past-runs/past-runs';
import { decidePlan, type PolicyJob } from './decide';
import { limitFindings, type LimitFinding } from './limits';

export interface JudgeParts {
  pastRuns: Pick<PastRuns, 'of'>;
  /** steps at a time, for plans that do not say */
  maxParallel: number;
}

/** A plan to be judged, and what is known around it. */
export interface Judged {
  checked: CheckedPlan;
  /** content hash of the plan */
  digest: string;
  catalogue: ToolCatalogue;
  job: PolicyJob;
  /** input of the run, where it is known */
  input?: Json;
  /** limits that hold in place of those of the policy */
  bounds?: PolicyLimits;
}

/** What a plan will do and take, and what a policy says of it. */
export interface Judgement {
  touches: Touches;
  forecast: Forecast;
  decision: PolicyDecision;
  /** limits that it exceeds, or may */
  limits: LimitFinding[];
}

export type JudgePlan = (policy: Policy, judged: Judged) => Promise<Judgement>;

/** The judge of plans, before they run or when somebody tries a policy on them. */
export function createPlanJudge({ pastRuns, maxParallel }: JudgeParts): JudgePlan {
  return async (policy, { checked, digest, catalogue, job, input, bounds = policy.limits }) => {
    const touches = touchesOf(checked, catalogue, { input });
    const { tools: past, plan: pastPlan } = await pastRuns.of(namesOf(checked.plan), digest);
    const forecast = forecastOf(checked, catalogue, { past, pastPlan, maxParallel, input });
    const demand = { steps: checked.plan.steps.length, forecast, effects: touches.outside };
    const decision = decidePlan(policy, checked.plan, { catalogue, job, input });
    return { touches, forecast, decision, limits: limitFindings(bounds ?? {}, demand) };
  };
}

/** Tools and agents that a plan calls, those of its checks too. */
const namesOf = ({ steps }: Plan): string[] => [
  ...new Set(everyStep(steps).flatMap(({ uses, until }) => [uses, until?.check].filter((name) => name !== undefined))),
];
