/** A plan followed without Temporal: the interpreter on both its sides, with rows that travel as JSON between them. */
import { callOf, templateOf, type Work } from '../../../core/engine/call';
import { inlineEnd } from '../../../core/engine/inline-end';
import { Interpreter } from '../../../core/engine/interpreter';
import type { Job, JobEnd, PlanOutcome, Reply, Side } from '../../../core/engine/job';
import { renderInline } from '../../../core/engine/scope';
import { placeOf } from '../../../core/engine/segment';
import { nameOf } from '../../../core/engine/row-id';
import { StepTable, type TableState } from '../../../core/engine/table';
import type { StepMoment } from '../../../core/engine/voice';
import { checkPlan } from '../../../core/plan/check';
import { loadPlan } from '../../../core/plan/load';
import { withWorstCase } from '../../../core/worst-case';
import { ToolError } from '../../../activities/tools/errors';
import type { Tool } from '../../../activities/tools/tool';
import type { Json } from '../../../schemas/json';
import type { LoadedPlan, LoadedStep } from '../../../schemas/loaded-plan';
import type { Plan } from '../../../schemas/plan';
import type { StepView } from '../../../schemas/run';
import type { Verdict } from '../../../schemas/tool';
import type { Random } from '../../support/faults/random';
import { testTools } from '../../support/tools';

/** A run of a plan that has ended. */
export interface Followed {
  outcome: PlanOutcome;
  views: StepView[];
  moments: StepMoment[];
  /** calls of tools by their keys, those of attempts that came to nothing too */
  calls: Map<string, number>;
  /** the most elements of each step that were at work together */
  together: Map<string, number>;
  /** the most elements that steps under way had together */
  elements: number;
  /** the most rows that the table had */
  mostRows: number;
  /** keys of calls that the workflow has made, and whose outputs have counted */
  delivered: Set<string>;
  /** where its steps stand, and what failed ones held */
  rows: TableState;
}

export interface FollowOptions {
  /** answers to questions by their steps; the others expire */
  answers?: ReadonlyMap<string, string>;
  input?: Json;
  /** jobs that a segment begins at most */
  cut?: number;
  /** rows that it goes on from */
  rows?: TableState;
  /** the number of the round that fails, among those that are called */
  breaks?: number;
}

const tools = new Map<string, Tool>(testTools.map((tool) => [tool.spec.name, tool]));
const find = (name: string) => {
  const tool = tools.get(name);
  return tool && withWorstCase(tool.spec);
};
export const catalogue = { tool: find, agent: find };

function loaded(plan: Plan): LoadedPlan {
  const checked = checkPlan(plan, catalogue);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  return travelled(loadPlan(checked, catalogue, { maxParallel: 16 }));
}

/**
 * Follows a plan; `chance` decides which answer comes next, where segments are cut, and when the run moves on.
 */
export async function follow(plan: Plan, chance: Random, options: FollowOptions = {}): Promise<Followed> {
  return await new Run(loaded(plan), chance, options).follow();
}

interface Pending {
  job: Job;
  end: (how: JobEnd) => void;
}

class Run {
  private readonly moments: StepMoment[] = [];
  private readonly calls = new Map<string, number>();
  private readonly together = new Map<string, number>();
  private table: StepTable;
  private readonly pending: Pending[] = [];
  private elements = 0;
  private mostRows = 0;
  private clock = 0;
  private rounds = 0;
  private readonly delivered = new Set<string>();
  private interpreter: Interpreter;

  constructor(
    private readonly plan: LoadedPlan,
    private readonly chance: Random,
    private readonly options: FollowOptions,
  ) {
    this.table = new StepTable(plan.steps, options.rows);
    this.interpreter = this.over(this.table, 'workflow', this.pending, this.moments);
  }

  async follow(): Promise<Followed> {
    const { calls, together, moments, delivered } = this;
    for (;;) {
      const outcome = await this.turn();
      if (!outcome) continue;
      const { table, elements, mostRows } = this;
      const rows = travelled([...new Map([...table.rows(), ...table.left.rows()])]);
      const views = table.views(0, Infinity);
      return { outcome, views, moments, calls, together, elements, mostRows, delivered, rows };
    }
  }

  /** One thing that happens: a segment, or the end of a job of the workflow. */
  private async turn(): Promise<PlanOutcome | undefined> {
    const { interpreter, chance } = this;
    const { max_parallel } = this.plan;
    if (interpreter.failed) await this.cancelAll();
    interpreter.advance(interpreter.owesPart ? max_parallel - 1 : max_parallel);
    const outcome = interpreter.outcome();
    if (outcome) {
      if (outcome.status === 'failed') interpreter.cancelRest();
      return outcome;
    }
    const short = interpreter.waitingFor((job, state) => placeOf(job, state) === 'segment');
    const isFree = interpreter.working < max_parallel;
    if (short.length > 0 && isFree && (this.pending.length === 0 || chance.integer(0, 1) === 0)) {
      await this.segment(max_parallel - interpreter.working);
    } else if (this.pending.length > 0) {
      await this.endOne(this.pending, this.table);
    } else {
      throw new Error(`nothing goes on: ${JSON.stringify(this.table.rows()).slice(-2_000)}`);
    }
    // a run that has failed does not go on as new, and one that does forgets what failed steps held
    const isWhole = this.pending.length === 0 && this.table.left.rows().length === 0;
    if (isWhole && chance.integer(0, 9) === 0) this.continueAsNew();
    return undefined;
  }

  /** A segment on its own copy of the table; meanwhile jobs of the workflow end. */
  private async segment(most: number): Promise<void> {
    const table = new StepTable(this.plan.steps, travelled(this.table.rows()));
    table.changed.clear();
    const [pending, moments]: [Pending[], StepMoment[]] = [[], []];
    const interpreter = this.over(table, 'segment', pending, moments);
    for (let left = this.chance.integer(0, this.options.cut ?? 20); ; left--) {
      if (left >= 0) interpreter.advance(most);
      if (pending.length === 0) break;
      await this.endOne(pending, table, interpreter);
    }
    while (this.pending.length > 0 && this.chance.integer(0, 2) === 0) {
      await this.endOne(this.pending, this.table);
      this.interpreter.advance(this.plan.max_parallel - most);
    }
    const rows = travelled(table.rows(table.changed));
    this.mostRows = Math.max(this.mostRows, rows.length, this.table.rows().length);
    this.interpreter.absorb(rows);
    this.moments.push(...moments);
  }

  /** The next run of the chain has the table, as JSON. */
  private continueAsNew(): void {
    this.table = new StepTable(this.plan.steps, travelled(this.table.rows()));
    this.interpreter = this.over(this.table, 'workflow', this.pending, this.moments);
  }

  private async cancelAll(): Promise<void> {
    for (const { end } of this.pending.splice(0)) end({ cancelled: true });
    await Promise.resolve();
  }

  private over(table: StepTable, place: 'segment' | 'workflow', pending: Pending[], moments: StepMoment[]) {
    const side: Side = {
      now: () => this.clock,
      takes: (job, state) => placeOf(job, state) === place,
      begin: (job, end) => {
        pending.push({ job, end });
        this.count(table);
      },
      speak: (moment) => moments.push(moment),
      announces: () => place === 'workflow',
      withdraw: ({ step }) => {
        const index = pending.findIndex(({ job }) => job.step === step);
        pending.splice(index, 1)[0]?.end({ cancelled: true });
      },
    };
    return new Interpreter(table, side, { inline: this.options.input ?? null });
  }

  private count(table: StepTable): void {
    let elements = 0;
    for (const { id, for_each } of this.plan.steps) {
      if (!for_each || table.hasEnded(id)) continue;
      const { begun, ended } = table.progress(id);
      if (begun > 0) elements += table.get(id).each?.count ?? 0;
      this.together.set(id, Math.max(this.together.get(id) ?? 0, begun - ended));
    }
    this.elements = Math.max(this.elements, elements);
  }

  private async endOne(pending: Pending[], table: StepTable, interpreter = this.interpreter): Promise<void> {
    const [{ job, end }] = pending.splice(this.chance.integer(0, pending.length - 1), 1) as [Pending];
    if (!isThere(table, job.step)) return end({ cancelled: true });
    const how = travelled(await this.endOf(job, table, interpreter));
    if (job.do === 'round' && 'output' in how && table === this.table) this.delivered.add(keyOf(job, table));
    end(how);
  }

  private async endOf(job: Job, table: StepTable, interpreter: Interpreter): Promise<JobEnd> {
    switch (job.do) {
      case 'condition':
      case 'list':
      case 'gather':
      case 'open':
      case 'close':
        return inlineEnd(job, interpreter, table);
      case 'round':
      case 'check':
        return await this.call(job, table, interpreter);
      case 'rest':
        this.clock = Math.max(this.clock, job.until);
        return { rested: true };
      case 'wait':
        return { waitedUntil: 0 };
      case 'ask':
      case 'review':
        return { reply: this.reply(job.step.id) };
    }
  }

  private reply(id: string): Reply {
    const choice = this.options.answers?.get(nameOf(id));
    if (choice === undefined) return { outcome: 'expired' };
    const decision = { decision_id: 'd', choice, by: 'ann', channel: 'api', verified: true, decided_at: '' } as const;
    return { outcome: 'decided', decision, data: null };
  }

  private async call(job: Work, table: StepTable, interpreter: Interpreter): Promise<JobEnd> {
    const call = callOf(job, CALLER, table);
    this.calls.set(call.key, (this.calls.get(call.key) ?? 0) + 1);
    const { template, reads } = templateOf(job);
    const input =
      'inline' in template ? renderInline(template.inline, interpreter.scope(job.step, reads))?.value : null;
    const isApart = table.get(job.step.id).apart;
    if (placeOf(job, table.get(job.step.id)) === 'segment' && !isApart && this.chance.integer(0, 9) === 0)
      return { apart: true };
    if (job.do === 'round' && ++this.rounds === this.options.breaks) return failed(new ToolError(BROKEN));
    try {
      const context = { ...call, attempt: 9, signal: new AbortController().signal } as never;
      const timeless = call.uses === 'test.work' ? { ...(input as object), ms: 0 } : (input ?? {});
      const output = await tools.get(call.uses)!.run(timeless, context);
      return job.do === 'check' ? { verdict: output as unknown as Verdict } : { output: { inline: output as Json } };
    } catch (error) {
      return failed(error);
    }
  }
}

const CALLER = { workflowId: 'w', correlationId: 'c', mode: 'live' } as const;
const BROKEN = { class: 'permanent', type: 'test.injected', message: 'not this time' } as const;

const keyOf = (job: Work, table: StepTable): string => callOf(job, CALLER, table).key;

/** False for a step whose group, or whose list, has ended while it was at work: its call was made when it began, and comes to nothing. */
function isThere(table: StepTable, { id, element }: LoadedStep): boolean {
  try {
    return table.get(id) !== undefined && (element === undefined || !table.hasEnded(element.of));
  } catch {
    return false;
  }
}

const failed = (error: unknown): JobEnd => {
  const { type = 'unknown', message } = error as Error & { type?: string };
  return { failed: { type, message } };
};

const travelled = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
