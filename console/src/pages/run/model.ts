import type { Drawn, PlanStep, Question, Run, RunPlan, RunStep } from './queries';

/** A step of a run: as it is planned, and how it stands. */
export interface Row {
  id: string;
  name: string;
  kind: string;
  uses?: string;
  /** of the group that it is within */
  parent?: string;
  /** groups around it */
  depth: number;
  isGroup: boolean;
  needs: readonly string[];
  effect?: 'none' | 'idempotent' | 'once';
  planned?: PlanStep;
  state?: RunStep;
  status: string;
  findings: Drawn['criticism'];
  policy?: Drawn['policy']['steps'][number];
}

/** The name of a step by the id of its row: `each.3.fetch` is `fetch`. */
const nameOf = (id: string): string =>
  id
    .split('.')
    .filter((part) => !/^\d/.test(part))
    .at(-1) ?? id;

/** The version of a job's plan that it follows, with all that is said of it. */
export function drawnOf({ process, view }: Run): Drawn | undefined {
  if (process !== 'job' || typeof view !== 'object' || view === null) return undefined;
  return (view as { plan?: Drawn }).plan;
}

/** What a question about a plan shows. */
export const drawnIn = ({ kind, shows }: Question): Drawn | undefined =>
  kind === 'plan' ? (shows as Drawn | undefined) : undefined;

/** Steps in the order of the plan, each before those within it; without a plan, as the run tells them. */
export function rowsOf(plan: RunPlan | null | undefined, states: readonly RunStep[], drawn?: Drawn): Row[] {
  const said = {
    findings: groupBy(drawn?.criticism ?? [], ({ step_id }) => step_id ?? ''),
    policy: new Map(drawn?.policy.steps.map((step) => [step.step_id, step])),
  };
  const byId = new Map(states.map((step) => [step.id, step]));
  const byName = groupBy(
    states.filter(({ id }) => id.includes('.')),
    ({ id }) => nameOf(id),
  );
  const rowOf = (id: string, planned: PlanStep | undefined, depth: number, parent?: string): Row => {
    const state = byId.get(id) ?? together(byName.get(id));
    const facts = plan?.steps[id];
    const kind = planned?.kind ?? state?.kind ?? 'tool';
    return {
      id,
      name: planned?.name ?? state?.name ?? id,
      kind,
      uses: planned?.uses ?? state?.uses,
      parent,
      depth,
      isGroup: (planned?.steps?.length ?? 0) > 0,
      needs: facts?.needs ?? [],
      effect: facts?.effect,
      planned,
      state,
      status: kind === 'wait' && state?.status === 'waiting' ? 'timed' : (state?.status ?? 'pending'),
      findings: said.findings.get(id) ?? [],
      policy: said.policy.get(id),
    };
  };
  const walk = (steps: readonly PlanStep[], depth: number, parent?: string): Row[] =>
    steps.flatMap((step) => [rowOf(step.id, step, depth, parent), ...walk(step.steps ?? [], depth + 1, step.id)]);
  if (!plan) return states.map(({ id }) => rowOf(id, undefined, 0));
  const planned = walk(plan.plan.steps, 0);
  const ids = new Set(planned.map(({ id }) => id));
  // steps of plans before this one, such as the one by which a model was asked
  const others = states.filter(({ id }) => !id.includes('.') && !ids.has(id));
  return [...planned, ...others.map(({ id }) => rowOf(id, undefined, 0))];
}

/** A step within a group by its rounds and elements: as the one that says most, with the number of all. */
function together(steps: readonly RunStep[] = []): RunStep | undefined {
  const first = ['failed', 'running', 'waiting']
    .map((state) => steps.find(({ status }) => status === state))
    .find(Boolean);
  const shown = first ?? steps.at(-1);
  if (shown === undefined || steps.length === 1) return shown;
  const ended = steps.filter(({ ended_at }) => ended_at !== undefined).length;
  const failed = steps.filter(({ status }) => status === 'failed').length;
  return { ...shown, elements: { count: steps.length, ended, failed } };
}

function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** Rows that are shown while some groups are closed. */
export function openRows(rows: readonly Row[], closed: ReadonlySet<string>): Row[] {
  const hidden = new Set<string>();
  return rows.filter(({ id, parent }) => {
    const isHidden = parent !== undefined && (closed.has(parent) || hidden.has(parent));
    if (isHidden) hidden.add(id);
    return !isHidden;
  });
}

/** Milliseconds that a step has taken, or has run so far. */
export function tookOf({ state }: Row, now: number): number | undefined {
  if (state?.started_at === undefined) return undefined;
  return Math.max(0, (state.ended_at ?? now) - state.started_at);
}

/** What models have cost a step: tokens, and amounts as they stand; undefined where none was asked. */
export function costOf({ state }: Row): { tokens: number; money: string[] } | undefined {
  const calls = (state?.calls ?? []).filter(({ kind }) => kind === 'model');
  if (calls.length === 0) return undefined;
  const money = new Map<string, number>();
  for (const { cost } of calls) {
    const [amount, currency] = (cost ?? '').split(' ');
    if (currency !== undefined) money.set(currency, (money.get(currency) ?? 0) + Number(amount));
  }
  return {
    tokens: calls.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0),
    money: [...money].map(([currency, amount]) => `${Number(amount.toFixed(6))} ${currency}`),
  };
}

/** A file that a step has made. */
export interface MadeFile {
  artifact_id: string;
  path: string;
  media_type: string;
  bytes: number;
}

/** Files that a value names, wherever in it. */
export function filesIn(value: unknown, depth = 0): MadeFile[] {
  if (typeof value !== 'object' || value === null || depth > 8) return [];
  const { artifact_id, path } = value as Partial<MadeFile>;
  if (typeof artifact_id === 'string' && typeof path === 'string') return [value as MadeFile];
  return Object.values(value).flatMap((part) => filesIn(part, depth + 1));
}

/** A run that is under way. */
export const isOpen = ({ ended_at }: Pick<Run, 'ended_at'>): boolean => ended_at === undefined;
