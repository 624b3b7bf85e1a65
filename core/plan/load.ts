import type { Json, JsonObject } from '../../schemas/json';
import type { LoadedStep, PlanPage } from '../../schemas/loaded-plan';
import type { Plan, RetryPolicy, Step } from '../../schemas/plan';
import type { Ref } from '../../schemas/refs';
import type { StepClass } from '../../schemas/step-call';
import { parseDuration } from './duration';
import { condition } from './expressions';
import { jsonBytes } from '../identity';
import type { CompleteSpec } from '../worst-case';
import type { Catalogue, CheckedPlan, StepLinks } from './check';

/** Bytes of a page: a workflow task can not take much more. */
const PAGE = 256 * 1024;

/** Arguments of a step that travel in the page; larger ones lie in a file. */
const INLINE = 1024;

/** What is local may take so long; anything slower is a regular activity. */
const LOCAL_TIMEOUT = 2_000;

/** What a page is made with. */
export interface PageParts {
  catalogue: Catalogue;
  /** keeps the larger arguments of the page in one file */
  store: (value: Json) => Promise<Ref>;
  /** for plans that do not say how many steps may run at a time */
  maxParallel: number;
}

/** A page of a checked plan, as the interpreter loads it. */
export async function loadPage(
  { plan, links }: CheckedPlan,
  from: number,
  { catalogue, store, maxParallel }: PageParts,
): Promise<PlanPage> {
  const fallbackOf = new Map<string, string>();
  for (const { id, on_error } of plan.steps) if (typeof on_error === 'object') fallbackOf.set(on_error.fallback, id);
  const steps: LoadedStep[] = [];
  const large: { [id: string]: JsonObject } = {};
  let next = from;
  for (let bytes = 0; next < plan.steps.length && bytes < PAGE; next++) {
    const step = plan.steps[next];
    if (!step) break;
    const loaded = load(step, plan, links, fallbackOf, catalogue);
    if (step.with && jsonBytes(step.with) > INLINE) large[step.id] = step.with;
    steps.push(loaded);
    bytes += jsonBytes(loaded) - (large[step.id] ? jsonBytes(step.with) : 0);
  }
  if (Object.keys(large).length > 0) {
    const ref = await store(large);
    for (const step of steps) if (large[step.id]) step.with = { ref: { ...ref, key: step.id } };
  }
  return {
    name: plan.name,
    total: plan.steps.length,
    max_parallel: plan.max_parallel ?? maxParallel,
    steps,
    ...(next < plan.steps.length ? { next } : plan.result === undefined ? {} : { result: plan.result }),
  };
}

function load(
  step: Step,
  plan: Plan,
  links: Map<string, StepLinks>,
  fallbackOf: Map<string, string>,
  catalogue: Catalogue,
): LoadedStep {
  const { needs, reads } = links.get(step.id) ?? { needs: [], reads: [] };
  const spec =
    step.uses === undefined
      ? undefined
      : step.kind === 'agent'
        ? catalogue.agent(step.uses)
        : catalogue.tool(step.uses);
  const check = step.until && catalogue.tool(step.until.check);
  const timeout = parseDuration(step.timeout);
  const primary = fallbackOf.get(step.id);
  return {
    id: step.id,
    ...(step.name === undefined ? {} : { name: step.name }),
    kind: step.kind,
    ...(step.uses === undefined ? {} : { uses: step.uses }),
    needs: withFallback(step, needs, links),
    reads,
    ...(step.when === undefined ? {} : { when: condition(step.when) }),
    with: { inline: step.with ?? {} },
    ...(spec ? { class: classOf(spec, step.kind === 'agent', step.retry) } : {}),
    ...(timeout === undefined ? {} : { timeout }),
    ...(step.until && check ? { until: { ...step.until, class: classOf(check, false) } } : {}),
    on_error: step.on_error ?? 'fail',
    ...(step.approval ? { approval: step.approval } : {}),
    ...(primary === undefined ? {} : { reserve: true as const }),
  };
}

/** A step with a fallback waits for what the fallback needs too, so that it can run at once. */
function withFallback(step: Step, needs: string[], links: Map<string, StepLinks>): string[] {
  if (typeof step.on_error !== 'object') return needs;
  const more = links.get(step.on_error.fallback)?.needs.filter((need) => need !== step.id) ?? [];
  return [...new Set([...needs, ...more])];
}

/** How a tool runs, by what its specification says of it. */
export function classOf(spec: CompleteSpec, agent: boolean, retry?: RetryPolicy): StepClass {
  const { effect, timeout, retry: policy, local, queue } = spec;
  return {
    class: effect === 'once' ? 'once' : local && timeout <= LOCAL_TIMEOUT ? 'local' : 'retried',
    queue: agent ? queue : 'tools',
    timeout,
    attempts: retry?.attempts ?? policy.attempts,
    initialMs: parseDuration(retry?.initial) ?? policy.initialMs,
    backoff: retry?.backoff ?? policy.backoff,
    maxMs: parseDuration(retry?.max) ?? policy.maxMs,
  };
}
