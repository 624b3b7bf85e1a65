import { templateOf, type Work } from '../../../core/engine/call';
import type { Job } from '../../../core/engine/job';
import { repeatedBy } from '../../../core/engine/row-id';
import { stepAt } from '../../../core/engine/groups';
import type { SimulatedAttempt } from '../../../schemas/definition/simulation';
import type { Json } from '../../../schemas/json';
import type { LoadedPlan, LoadedStep } from '../../../schemas/loaded-plan';
import type { ConditionSeen } from '../../../schemas/definition/simulation';
import { guardsSeen, seen } from './conditions';
import type { GivenEnd } from './given';
import type { Outline } from './outline';
import type { Play } from './play';
import { elementsOf, type Report, type Row } from './report';

/** Tells the report what happens to the rows of a definition, in the words of the definition. */
export class Rows {
  /** what condition steps have looked at, by their rows */
  private readonly looked = new Map<string, ConditionSeen>();
  /** rows that have changed before, with their steps */
  private readonly known = new Map<string, { step: LoadedStep; row: Row }>();
  /** rows that have begun, or were skipped */
  private readonly begun = new Set<string>();
  /** the engine's words for what it has skipped, until that is noted */
  private readonly reasons = new Map<string, string>();

  constructor(
    private readonly report: Report,
    readonly outline: Outline,
    /** of the ids of its steps in the answer: of a sub-workflow its step, and a slash */
    private readonly prefix: string,
  ) {}

  /** Notes every row that has changed. */
  note({ table, interpreter, about }: Play): void {
    for (const id of [...table.changed]) {
      const known = this.known.get(id) ?? this.know(about.plan.steps, id);
      if (!known) continue;
      const { step, row } = known;
      const state = table.get(id);
      this.report.note(row, state, elementsOf(table, step));
      if (step.element || row.isTransformation || state.status === 'pending' || this.begun.has(id)) continue;
      this.begun.add(id);
      const looked = (name: string) => this.looked.get(id.slice(0, id.lastIndexOf('.') + 1) + name);
      const guards = guardsSeen(row.outlined.guards, interpreter.scope(step, step.needs), looked);
      this.report.saw(row, guards);
      if (state.status === 'skipped') this.report.skipped(row, unmet(guards) ?? this.reasons.get(id));
    }
    table.changed.clear();
  }

  private know(steps: readonly LoadedStep[], id: string): { step: LoadedStep; row: Row } | undefined {
    const step = stepAt(steps, id);
    const row = step && this.rowOf(step);
    if (!step || !row) return undefined;
    const known = { step, row };
    this.known.set(id, known);
    return known;
  }

  /** What a job looks at: the condition of a condition step, or of a loop. */
  saw({ interpreter }: Play, job: Work): void {
    const row = this.rowOf(job.step);
    if (!row) return;
    const { step, repeatedBy: loop = step } = row.outlined;
    const scope = interpreter.scope(job.step, templateOf(job).reads);
    if (job.do === 'round') {
      if (step.step_type !== 'condition') return;
      const condition = seen(step.condition ?? '', scope, { of: 'condition' });
      this.looked.set(job.step.id, condition);
      return this.report.saw(row, [condition]);
    }
    const of = loop.until === undefined ? 'while' : 'until';
    this.report.saw(row, [seen(loop[of] ?? '', scope, { of, round: job.round })]);
  }

  input(step: LoadedStep, value: Json): void {
    const row = this.rowOf(step);
    if (row && !row.isTransformation && !COMPUTED.has(row.outlined.step.step_type)) this.report.input(row, value);
  }

  attempt(step: LoadedStep, attempt: Omit<SimulatedAttempt, 'at'>): void {
    const row = this.rowOf(step);
    if (row && !row.isTransformation) this.report.attempt(row, attempt);
  }

  skipped(step: LoadedStep, reason: string): void {
    this.reasons.set(step.id, reason);
  }

  recovered(step: LoadedStep, by: string): void {
    const row = this.rowOf(step);
    const entry = row && this.report.entryOf(row);
    if (entry) entry.handled = by;
  }

  /** Lists the steps that have not begun, those around no other. */
  pending({ steps }: LoadedPlan): void {
    for (const step of steps) {
      const row = this.rowOf(step);
      if (row) this.report.entryOf(row);
    }
  }

  /** Its name in the answer. */
  idOf({ id }: LoadedStep): string {
    return this.prefix + id;
  }

  /** What stands for the next attempt of a step; of a loop around one call by either name. */
  givenTo({ about: { given } }: Play, step: LoadedStep, what: Job['do']): GivenEnd | undefined {
    const name = this.outline.nameIn(step);
    const found = this.outline.get(name);
    if (!found || this.isTransformation(step)) return undefined;
    const around = step.element ?? step.within?.element;
    const reader = around ? `${name} of ${around.of}.${around.index}` : name;
    const inner = this.outline.repeatedIn(name);
    if (what === 'round' && inner !== undefined) {
      const byInner = given.output(inner, reader);
      if (byInner || step.element) return byInner;
    }
    return given.output(name, reader);
  }

  private isTransformation({ id }: LoadedStep): boolean {
    return this.outline.callOf(id) === undefined && this.outline.ofRow(id)?.step.output !== undefined;
  }

  /** The row of a step; undefined for an element that is a group, whose steps have rows of their own. */
  private rowOf(step: LoadedStep): Row | undefined {
    const { id, uses } = step;
    const outlined = this.outline.ofRow(id);
    if (!outlined || (step.element && step.kind === 'group')) return undefined;
    const call = this.outline.callOf(id);
    const shown = call === undefined ? id : id.slice(0, id.lastIndexOf(call) + call.length);
    const repeated = this.outline.get(this.outline.repeatedIn(outlined.step.step_id) ?? '');
    const called = repeated ?? outlined;
    const dot = id.lastIndexOf('.');
    const before = dot < 0 ? undefined : id.slice(0, dot);
    const beside = (name: string) => (before === undefined ? name : `${before}.${name}`);
    const around =
      outlined.parallel !== undefined && !step.element
        ? beside(outlined.parallel)
        : before === undefined
          ? undefined
          : (repeatedBy(before) ?? before);
    const within = around === undefined ? this.prefix.slice(0, -1) || undefined : this.prefix + around;
    return {
      id: this.prefix + shown,
      outlined: step.element ? called : outlined,
      uses: COMPUTED.has(called.step.step_type) ? undefined : uses,
      within,
      isCall: call !== undefined,
      isTransformation: this.isTransformation(step),
    };
  }
}

/** Words for the guard that has not let a step run. */
function unmet(guards: readonly ConditionSeen[]): string | undefined {
  const found = guards.find(({ of, value }) => (of === 'else' ? value !== false : value !== true));
  if (!found) return undefined;
  const { of, step, text, value, error } = found;
  if (of !== 'when')
    return value === undefined
      ? `${step}, which leads here, has not been looked at`
      : `${step} is ${String(value)}, and leads to its other branch`;
  const whose = step === undefined ? 'its condition' : `the condition of ${step}`;
  return `${whose} is not met: ${text}${error === undefined ? '' : ` (${error})`}`;
}

/** Kinds of steps that are no call to those who write them: what they give back is all that they are given. */
const COMPUTED: ReadonlySet<string> = new Set(['condition', 'transform', 'parallel']);
