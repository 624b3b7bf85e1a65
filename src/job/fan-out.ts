import type { ToolCatalogue } from '../../core/plan/catalogue';
import type { CheckedPlan } from '../../core/plan/check';
import { bareExpression, condition, references } from '../../core/plan/expressions';
import type { EffectCount } from '../../schemas/job/touches';
import type { Json } from '../../schemas/json';
import type { Step } from '../../schemas/plan';
import { knownValue } from './known';

/** Arguments that bound how many items a tool gives. */
const BOUNDS = ['limit', 'max_items', 'max_rows'];

/** Tools that give no more items than they are given. */
const NO_MORE = /^transform\.(filter|select|sort|distinct|group)$/;

export interface FanOutParts {
  steps: ReadonlyMap<string, Step>;
  catalogue: ToolCatalogue;
  input?: Json;
}

/** How often a step runs: once, or for each element of a list; `most` is null where nothing bounds the list. */
export function timesOf(step: Step, parts: FanOutParts): EffectCount {
  if (step.for_each === undefined) return { least: 1, most: 1 };
  const list = knownValue(condition(step.for_each), parts.input)?.value;
  if (Array.isArray(list)) return { least: list.length, most: list.length };
  return { least: 0, most: boundOf(bareExpression(step.for_each), parts, 0) };
}

/** Steps that may be left out: by a condition, as a fallback, or because all that they depend on may be. */
export function optionalSteps({ plan, links }: CheckedPlan): Set<string> {
  const fallbacks = plan.steps.flatMap(({ on_error }) => (typeof on_error === 'object' ? [on_error.fallback] : []));
  const optional = new Set([...fallbacks, ...plan.steps.filter((step) => step.when !== undefined).map(({ id }) => id)]);
  for (let before = -1; before !== optional.size;) {
    before = optional.size;
    for (const [id, { needs }] of links)
      if (needs.length > 0 && needs.every((need) => optional.has(need))) optional.add(id);
  }
  return optional;
}

/** Elements of the list of an expression at most, by the arguments of the steps that it comes from. */
function boundOf(source: string, parts: FanOutParts, depth: number): number | null {
  const reads = references(condition(source));
  const [read] = reads;
  const from = read?.root === 'steps' && reads.length === 1 ? parts.steps.get(read.path[0] ?? '') : undefined;
  if (!from || depth > 20) return null;
  if (from.for_each !== undefined) return boundOf(bareExpression(from.for_each), parts, depth + 1);
  const spec = parts.catalogue.of(from);
  const properties = (spec?.input.properties ?? {}) as { [name: string]: { default?: unknown } };
  const bounds = BOUNDS.map((name) => from.with?.[name] ?? properties[name]?.default).filter(isCount);
  const paged = from.with?.paging;
  if (isObject(paged) && isCount(paged.max_items)) bounds.push(paged.max_items);
  const items = from.with?.items;
  const before =
    spec && NO_MORE.test(spec.name) && typeof items === 'string'
      ? boundOf(bareExpression(items), parts, depth + 1)
      : null;
  return [...bounds, before].filter(isCount).reduce<number | null>((least, one) => Math.min(least ?? one, one), null);
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
