import type { Json, JsonObject } from '../../schemas/json';
import type { LoadedPlan, LoadedStep, PlanPage } from '../../schemas/loaded-plan';
import type { RetryPolicy, Step } from '../../schemas/plan';
import type { Ref } from '../../schemas/refs';
import type { StepClass } from '../../schemas/step-call';
import { parseDuration } from './duration';
import { condition } from './expressions';
import { jsonBytes } from '../identity';
import { specFor, type CompleteSpec } from '../worst-case';
import { stepsIn, type Catalogue, type CheckedPlan, type StepLinks } from './check';
import { everyStep, onErrorOf } from './steps';

/** Bytes of a page: a workflow task cannot take much more. */
const PAGE = 256 * 1024;

/** Arguments of a step that travel in the page; larger ones lie in a file. */
const INLINE = 1024;

/** Longest timeout of a step in a segment; a slower one is an activity of its own. */
const LOCAL_TIMEOUT = 2_000;

/** Elements of a step at a time, for steps that do not say. */
const ELEMENTS_AT_A_TIME = 8;

/** Settings of the workers that a plan is loaded for. */
export interface LoadSettings {
  /** steps at a time, for plans that do not say */
  maxParallel: number;
  /** failures after which an attempt is followed by another */
  retries?: 'transient' | 'any' | 'none';
  /** milliseconds without a sign of life after which another worker takes a step over */
  recoverIdleMs?: number;
}

/** Loads a checked plan, whole. */
export function loadPlan({ plan, links }: CheckedPlan, catalogue: Catalogue, settings: LoadSettings): LoadedPlan {
  const fallbacks = new Set(fallbacksIn(plan.steps));
  return {
    name: plan.name,
    max_parallel: plan.max_parallel ?? settings.maxParallel,
    steps: plan.steps.map((step) => load(step, links, fallbacks, catalogue, settings)),
    result: plan.result,
  };
}

const fallbacksIn = (steps: readonly Step[]): string[] =>
  everyStep(steps).flatMap(({ on_error }) => (typeof on_error === 'object' ? [on_error.fallback] : []));

/** A page of a plan, as the workflow loads it; `store` keeps the larger arguments of the page in one file. */
export async function pageOf(plan: LoadedPlan, from: number, store: (value: Json) => Promise<Ref>): Promise<PlanPage> {
  const steps: LoadedStep[] = [];
  const large: { [id: string]: JsonObject } = {};
  let next = from;
  for (let bytes = 0; next < plan.steps.length && bytes < PAGE; next++) {
    const step = plan.steps[next];
    if (!step) break;
    const found = largeIn(step);
    Object.assign(large, found);
    steps.push(step);
    bytes += jsonBytes(step) - Object.values(found).reduce((sum, given) => sum + jsonBytes(given), 0);
  }
  if (Object.keys(large).length > 0) {
    const ref = await store(large);
    steps.forEach((step, index) => (steps[index] = withRefs(step, large, ref)));
  }
  const isLast = next >= plan.steps.length;
  const { name, max_parallel, result } = plan;
  return { name, total: plan.steps.length, max_parallel, steps, ...(isLast ? { result } : { next }) };
}

/** Arguments of a step, and of those within it, that do not travel in a page; by the ids of their steps. */
function largeIn({ id, with: given, steps = [] }: LoadedStep): { [id: string]: JsonObject } {
  const own = 'inline' in given && jsonBytes(given.inline) > INLINE ? { [id]: given.inline } : {};
  return Object.assign(own, ...steps.map(largeIn)) as { [id: string]: JsonObject };
}

const withRefs = (step: LoadedStep, large: { [id: string]: JsonObject }, ref: Ref): LoadedStep => ({
  ...step,
  ...(large[step.id] ? { with: { ref: { ...ref, key: step.id } } } : {}),
  ...(step.steps ? { steps: step.steps.map((inner) => withRefs(inner, large, ref)) } : {}),
});

function load(
  step: Step,
  links: Map<string, StepLinks>,
  fallbacks: ReadonlySet<string>,
  catalogue: Catalogue,
  settings: LoadSettings,
  group?: readonly Step[],
): LoadedStep {
  const { needs: own, reads } = links.get(step.id) ?? { needs: [], reads: [] };
  const needs = withFallback(step, own, links);
  const beside = group && needs.filter((need) => group.some(({ id }) => id === need));
  const spec =
    step.uses === undefined
      ? undefined
      : step.kind === 'agent'
        ? catalogue.agent(step.uses)
        : catalogue.tool(step.uses);
  const check = step.until && catalogue.tool(step.until.check);
  const timeout = parseDuration(step.timeout);
  const given = step.steps ? outputOf(step, step.steps, fallbacks) : { with: step.with ?? {} };
  return {
    id: step.id,
    name: step.name,
    kind: step.kind,
    uses: step.uses,
    needs,
    beside: beside && beside.length < needs.length ? beside : undefined,
    reads,
    when: step.when === undefined ? undefined : condition(step.when),
    for_each:
      step.for_each === undefined
        ? undefined
        : { list: condition(step.for_each), parallel: step.parallel ?? ELEMENTS_AT_A_TIME },
    with: { inline: given.with },
    gives: given.gives,
    steps: step.steps?.map((inner) => load(inner, links, fallbacks, catalogue, settings, step.steps)),
    class:
      spec && classOf(specFor(spec, step.with ?? {}), { agent: step.kind === 'agent', retry: step.retry, ...settings }),
    timeout,
    until: step.until && check ? { ...step.until, class: classOf(check, settings) } : undefined,
    on_error: onErrorOf(step),
    approval: step.approval,
    reserve: fallbacks.has(step.id) ? true : undefined,
  };
}

/** The output of a group, as a template: what it says, or the outputs of its steps by their ids. */
function outputOf(
  { result }: Step,
  steps: readonly Step[],
  fallbacks: ReadonlySet<string>,
): { with: JsonObject; gives?: string[] } {
  if (result) return { with: result, gives: stepsIn(result) };
  const ids = steps.map(({ id }) => id).filter((id) => !fallbacks.has(id));
  return { with: Object.fromEntries(ids.map((id) => [id, `\${{ steps.${id}.output }}`])), gives: ids };
}

/** A step with a fallback waits for what the fallback needs too, so that it can run at once. */
function withFallback(step: Step, needs: string[], links: Map<string, StepLinks>): string[] {
  if (typeof step.on_error !== 'object') return needs;
  const more = links.get(step.on_error.fallback)?.needs.filter((need) => need !== step.id) ?? [];
  return [...new Set([...needs, ...more])];
}

/** The most attempts of a round. */
export const attemptsOf = (
  { effect, retry: policy }: Pick<CompleteSpec, 'effect' | 'retry'>,
  { retry, retries }: Pick<LoadSettings, 'retries'> & { retry?: RetryPolicy },
): number => (retries === 'none' || effect === 'once' ? 1 : (retry?.attempts ?? policy.attempts));

/** How a tool runs, by what its specification says of it, its step, and the workers' settings. */
export function classOf(
  { effect, timeout, retry: policy, local, queue }: CompleteSpec,
  {
    agent,
    retry,
    retries,
    recoverIdleMs,
  }: Omit<LoadSettings, 'maxParallel'> & { agent?: boolean; retry?: RetryPolicy },
): StepClass {
  return {
    class: effect === 'once' ? 'once' : local && timeout <= LOCAL_TIMEOUT ? 'local' : 'retried',
    queue: agent ? queue : 'tools',
    timeout,
    attempts: attemptsOf({ effect, retry: policy }, { retry, retries }),
    initialMs: parseDuration(retry?.initial) ?? policy.initialMs,
    backoff: retry?.backoff ?? policy.backoff,
    maxMs: parseDuration(retry?.max) ?? policy.maxMs,
    idleMs: recoverIdleMs,
  };
}
