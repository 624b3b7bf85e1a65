import type { ToolCatalogue } from '../../core/plan/catalogue';
import { checkPlan, type CheckedPlan } from '../../core/plan/check';
import { everyStep } from '../../core/plan/steps';
import { escapeTemplate } from '../../core/plan/expressions';
import type { CompleteSpec } from '../../core/worst-case';
import type { Drafted, DrawnPlan, JobInput, Planned } from '../../schemas/job/run';
import type { PlanDifference } from '../../schemas/job/difference';
import type { Json } from '../../schemas/json';
import type { Plan, Step } from '../../schemas/plan';
import type { Policy } from '../../schemas/policy';
import type { Ref, Value } from '../../schemas/refs';
import type { Documents } from '../../src/documents/content';
import type { PastRuns } from '../../src/past-runs/past-runs';
import { criticise } from '../../src/job/critic';
import { askedOf } from '../../src/job/critic/goal';
import { planOfModel } from '../../src/job/model';
import { planByRules } from '../../src/job/planner';
import { differenceOf } from '../../src/job/difference';
import { newlyAsked } from '../../src/policy/delta';
import { holdingFaults } from '../../src/job/holding';
import { createPlanJudge } from '../../src/policy/judge';
import { wordingStep } from '../../src/llm/steps';
import { checkTypedPlan } from '../../src/plans/check';

/** What a plan is drawn from: a goal, or a plan that somebody has written. */
export type DraftRequest = Pick<JobInput, 'goal' | 'context' | 'mode' | 'priority' | 'requested_by' | 'terms'> & {
  plan?: Ref<Plan>;
  /** what a model was asked for has come: its answer, or null where it gave none */
  answer?: Value;
};

/** Draws plans: of a goal by rules or by a model, and of one that is written already. */
export interface Drafter {
  /** `before`: the version that the plan takes the place of. Rules alone plan anew. */
  draft(request: DraftRequest, before?: DrawnPlan): Promise<Planned>;
  /** The same for the first plan of a job: a model may have to be asked first, by the plan `ask`. */
  first(request: DraftRequest): Promise<Drafted>;
}

export interface DrafterParts {
  documents: Documents;
  /** everything that a plan may use */
  catalogue: ToolCatalogue;
  /** the tools that planners plan with */
  tools: () => readonly CompleteSpec[];
  /** the policy as it is now; what it decides is kept with its digest */
  policy: () => Promise<Policy>;
  /** steps at a time, for plans that do not say */
  maxParallel: number;
  /** true if a model plans */
  model: boolean;
  pastRuns: Pick<PastRuns, 'of'>;
}

interface Candidate {
  plan: unknown;
  by: DrawnPlan['by'];
  notes: string[];
}

export function createDrafter({
  documents,
  catalogue,
  tools: toolsNow,
  policy: readPolicy,
  maxParallel,
  model,
  pastRuns,
}: DrafterParts): Drafter {
  const judge = createPlanJudge({ pastRuns, maxParallel });

  /** Everything that is known of a plan before it runs, or its faults. */
  async function assess(
    { plan: value, by, notes }: Candidate,
    request: DraftRequest,
    before?: DrawnPlan,
  ): Promise<Planned> {
    const input = await documents.fromValue(request.context);
    const checked = checkTypedPlan(value, catalogue, { input });
    if ('faults' in checked) return { faults: checked.faults };
    const holding = holdingFaults(checked.plan);
    if (holding.length > 0) return { faults: holding };
    const plan = await documents.putValue(checked.plan);
    if (before?.plan.$ref === plan.$ref) return { drawn: before };
    const policy = await readPolicy();
    // limits that could grow under way would bound nothing
    const bounds = before?.bounds ?? policy.limits;
    const { touches, forecast, decision, limits } = await judge(policy, {
      ...{ checked, digest: plan.$ref, catalogue, job: request, input, bounds },
    });
    const change = before && (await changeFrom(before, checked));
    return {
      drawn: {
        ...{ version: (before?.version ?? 0) + 1, plan, steps: checked.plan.steps.length, by, notes },
        ...touches,
        forecast,
        criticism: criticise(checked, catalogue, {
          input,
          ...(by === 'llm' ? { asked: askedOf(request.goal, input) } : {}),
        }),
        policy: decision,
        tools: versionsOf(checked.plan, catalogue),
        limits,
        bounds,
        asks:
          before && change
            ? newlyAsked(change, before.policy, decision)
            : decision.steps.filter(({ effect }) => effect === 'approve'),
        changes: change ? wordsOf(change) : [],
      },
    };
  }

  async function changeFrom(before: DrawnPlan, after: CheckedPlan): Promise<PlanDifference | undefined> {
    const was = checkPlan(await documents.getValue(before.plan), catalogue);
    return 'faults' in was ? undefined : differenceOf(was, after);
  }

  const byRules = (goal: string, context: Json): Candidate | Extract<Planned, { refused: unknown }> => {
    const planned = planByRules({ goal, context, tools: toolsNow() });
    return 'plan' in planned ? { ...planned, by: 'rules' } : planned;
  };

  async function draft(request: DraftRequest, before?: DrawnPlan): Promise<Planned> {
    const { goal, plan } = request;
    if (plan) return await assess({ plan: await documents.getValue(plan), by: 'person', notes: [] }, request, before);
    const planned = byRules(goal, await documents.fromValue(request.context));
    return 'refused' in planned ? planned : await assess(planned, request, before);
  }

  return {
    draft,

    async first(request) {
      const { goal, plan, answer } = request;
      if (plan || !model) return await draft(request);
      if (!answer) {
        const { limits: bounds } = await readPolicy();
        return { ask: await documents.putValue(askModel(goal)), bounds };
      }
      const { answer: given } = (await documents.fromValue(answer)) as { answer: Ref | null };
      const read = given === null ? undefined : planOfModel(await documents.getValue(given));
      if (read && 'refused' in read) return { refused: read.refused };
      if (read && 'plan' in read) return await assess({ ...read, by: 'llm' }, request);
      const planned = byRules(goal, await documents.fromValue(request.context));
      if ('refused' in planned) return planned;
      const notes = [...planned.notes, 'The model gave no plan that holds; this one is by rules.'];
      return await assess({ ...planned, notes }, request);
    },
  };
}

/** The plan by which a model is asked for a plan: its answer, checked and at most twice repaired, or null. */
function askModel(goal: string): Plan {
  const question: Step = {
    id: 'question',
    name: 'what to ask a model',
    kind: 'tool',
    uses: 'job.plan_question',
    with: { goal: escapeTemplate(goal), context: '${{ input }}' },
    on_error: 'continue',
  };
  return {
    name: 'Ask a model for a plan',
    steps: [question, wordingStep('words', question.id, 'a model plans the goal')],
    result: {
      answer: '${{ steps.words.status == "completed" ? steps.words.output.value : null }}',
      fault: '${{ steps.words.status == "failed" ? steps.words.error : null }}',
    },
  };
}

/** Tools and agents that a plan calls, those of its checks too, each with its version. */
function versionsOf({ steps }: Plan, catalogue: ToolCatalogue): DrawnPlan['tools'] {
  const specs = everyStep(steps).flatMap((step) => [
    catalogue.of(step),
    step.until && catalogue.tool(step.until.check),
  ]);
  const versions = new Map(specs.flatMap((spec) => (spec ? [[spec.name, spec.version] as const] : [])));
  return [...versions].map(([name, version]) => ({ name, version }));
}

/** The difference of two versions in words, a line each. */
function wordsOf({ added, removed, changed, affected, plan }: PlanDifference): string[] {
  return [
    ...added.map((id) => `new: ${id}`),
    ...removed.map((id) => `gone: ${id}`),
    ...changed.flatMap(({ step_id, changes }) => changes.map((words) => `${step_id}: ${words}`)),
    ...affected.map((id) => `${id} reads what has changed`),
    ...plan,
  ].slice(0, 100);
}
