import type { PastFigures, PastPlan, PastRange } from '../../schemas/job/forecast';
import type { RunRecord, StepView, Used } from '../../schemas/run';

/** What one call of a tool has taken in one run, of so many calls; tokens and money are those of models. */
export interface ToolSample {
  run: string;
  calls: number;
  time_ms: PastRange;
  tokens?: PastRange;
  money?: PastRange & { currency: string };
}

/** What one run of a plan has taken; null: nobody knows. */
export interface PlanSample {
  run: string;
  time_ms: number;
  tokens: number | null;
}

/** Samples of past runs, the newest last: by the names of tools and agents, and by the content hashes of plans. */
export interface Samples {
  tools: { [name: string]: ToolSample[] };
  plans: { [digest: string]: PlanSample[] };
}

/** The part of a record that samples are made of. */
export type Sampled = Pick<RunRecord, 'workflow_id' | 'process' | 'status' | 'step_views' | 'view'>;

/** Runs that are remembered of a tool and of a plan, and how many tools and plans; the oldest go first. */
const MOST = { runs: 30, tools: 500, runsOfPlan: 10, plans: 300 };

export const NO_SAMPLES: Samples = { tools: {}, plans: {} };

/** Samples of a run that has ended. A simulation, a replay and a run whose mode nobody kept give none. */
export function samplesOf({ workflow_id: run, process, status, step_views, view }: Sampled): Samples {
  if (process === 'run') return NO_SAMPLES;
  const about = view as {
    mode?: string;
    plan?: { version?: number; plan?: { $ref?: string } };
    used?: Used;
    replay_of?: string;
  } | null;
  if (about?.mode === 'simulate' || about?.replay_of !== undefined) return NO_SAMPLES;
  const byTool = new Map<string, StepView[]>();
  for (const step of step_views) {
    const { uses, status: end, rounds, elements } = step;
    // a step in rounds, or for each element of a list, does not tell what one call takes
    if (uses === undefined || end !== 'completed' || rounds !== 1 || elements) continue;
    const before = byTool.get(uses);
    if (before) before.push(step);
    else byTool.set(uses, [step]);
  }
  const tools = [...byTool].flatMap(([name, steps]): [string, ToolSample[]][] => {
    const sample = toolSample(run, steps, name.startsWith('llm.') || steps.some(askedModel));
    return sample ? [[name, [sample]]] : [];
  });
  const { plan: { plan, version } = {}, used } = about ?? {};
  // what a job has used is that of its plan alone, unless it has had others before
  const isWhole = process === 'job' && status === 'completed' && version === 1 && plan?.$ref !== undefined && used;
  return {
    tools: Object.fromEntries(tools),
    plans: isWhole ? { [plan.$ref ?? '']: [{ run, time_ms: used.time_ms, tokens: used.tokens }] } : {},
  };
}

/** `asksModels`: its outputs say what models have taken. */
function toolSample(run: string, steps: readonly StepView[], asksModels: boolean): ToolSample | undefined {
  const times = steps.flatMap(({ started_at: from, ended_at: to }) =>
    from === undefined || to === undefined ? [] : [Math.max(0, to - from)],
  );
  const time_ms = rangeOf(times);
  if (!time_ms) return undefined;
  const said = steps.map(inlineOf);
  const spent = asksModels ? said.map((value) => spentOf(value)) : [undefined];
  const known = spent.every((one) => one !== undefined) ? spent : [];
  const currency = known[0]?.currency;
  const isOne = known.every((one) => one.currency === currency);
  const money = isOne ? rangeOf(known.map((one) => one.money)) : undefined;
  return {
    ...{ run, calls: times.length, time_ms },
    tokens: rangeOf(known.map((one) => one.tokens)),
    money: money && currency !== undefined ? { ...money, currency } : undefined,
  };
}

/** The value of an output that is inline. */
const inlineOf = ({ output }: StepView): unknown => (output && 'inline' in output ? output.inline : null);

/** True for a step of an agent whose task a model has done. */
const askedModel = (step: StepView): boolean => 'llm' in Object(inlineOf(step));

/** What a model's answer says that it has taken, or an agent's of the model. */
function spentOf(output: unknown): { tokens: number; money: number; currency: string } | undefined {
  const { llm = output } = (output ?? {}) as { llm?: unknown };
  const { tokens, cost } = (llm ?? {}) as { tokens?: unknown; cost?: unknown };
  const [, money, currency] = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(typeof cost === 'string' ? cost : '') ?? [];
  if (typeof tokens !== 'number' || money === undefined || currency === undefined) return undefined;
  return { tokens, money: Number(money), currency };
}

/** The least, the middle and the most of some figures. */
function rangeOf(figures: readonly number[]): PastRange | undefined {
  const sorted = [...figures].sort((a, b) => a - b);
  const [low, likely, high] = [sorted[0], sorted[Math.floor((sorted.length - 1) / 2)], sorted.at(-1)];
  return low === undefined || likely === undefined || high === undefined ? undefined : { low, likely, high };
}

/** Samples with newer ones besides; a run counts once. */
export const withSamples = (kept: Samples, more: Samples): Samples => ({
  tools: joined(kept.tools, more.tools, { most: MOST.tools, each: MOST.runs }),
  plans: joined(kept.plans, more.plans, { most: MOST.plans, each: MOST.runsOfPlan }),
});

function joined<S extends { run: string }>(
  kept: { [name: string]: S[] },
  more: { [name: string]: S[] },
  bounds: { most: number; each: number },
): { [name: string]: S[] } {
  const all = new Map(Object.entries(kept));
  for (const [name, samples] of Object.entries(more)) {
    const runs = new Set(samples.map(({ run }) => run));
    const before = (all.get(name) ?? []).filter(({ run }) => !runs.has(run));
    all.delete(name); // those that are used stay longest
    all.set(name, [...before, ...samples].slice(-bounds.each));
  }
  return Object.fromEntries([...all].slice(-bounds.most));
}

/** Figures of some tools and agents. */
export function figuresOf({ tools }: Samples, names: readonly string[]): PastFigures {
  const known = names.flatMap((name) => {
    const samples = Object.hasOwn(tools, name) ? tools[name] : undefined;
    return samples && samples.length > 0 ? [[name, figuresOfTool(samples)] as const] : [];
  });
  return Object.fromEntries(known);
}

function figuresOfTool(samples: readonly ToolSample[]): PastFigures[string] {
  const runs = samples.length;
  const all = <K extends 'time_ms' | 'tokens' | 'money'>(name: K) => samples.flatMap((one) => one[name] ?? []);
  const currencies = new Set(all('money').map(({ currency }) => currency));
  const [currency] = currencies;
  const money = currencies.size === 1 && currency !== undefined ? together(all('money')) : undefined;
  return {
    runs,
    time_ms: together(all('time_ms')),
    // what some runs do not say is not known
    tokens: all('tokens').length === runs ? together(all('tokens')) : undefined,
    money: money && all('money').length === runs && currency !== undefined ? { ...money, currency } : undefined,
  };
}

function together(ranges: readonly PastRange[]): PastRange | undefined {
  const middle = rangeOf(ranges.map(({ likely }) => likely));
  if (!middle) return undefined;
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    likely: middle.likely,
    high: Math.max(...ranges.map(({ high }) => high)),
  };
}

/** Figures of a plan; undefined where no run of it has come to its end. */
export function planFiguresOf({ plans }: Samples, digest: string): PastPlan | undefined {
  const samples = (Object.hasOwn(plans, digest) ? plans[digest] : undefined) ?? [];
  const time_ms = rangeOf(samples.map((one) => one.time_ms));
  if (!time_ms) return undefined;
  const tokens = samples.flatMap((one) => one.tokens ?? []);
  return { runs: samples.length, time_ms, tokens: tokens.length === samples.length ? rangeOf(tokens) : undefined };
}
