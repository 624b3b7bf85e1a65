import { hasEnded } from '../../../core/engine/parts';
import type { StepState, StepTable } from '../../../core/engine/table';
import { jsonBytes } from '../../../core/identity';
import type {
  ConditionSeen,
  SimulatedAttempt,
  SimulatedEffect,
  SimulatedQuestion,
  SimulatedStep,
  Simulation,
} from '../../../schemas/definition/simulation';
import type { Json } from '../../../schemas/json';
import type { LoadedStep } from '../../../schemas/loaded-plan';
import type { StepStatus } from '../../../schemas/run';
import { BOUNDS } from './bounds';
import type { OutlinedStep } from './outline';

/** A step as it is listed, while the simulation goes on. */
interface Entry extends SimulatedStep {
  /** of a step whose output is transformed: how its call has ended */
  call?: StepStatus;
}

/** A row of a plan, and the step of the definition that it belongs to. */
export interface Row {
  /** its id in the answer */
  id: string;
  outlined: OutlinedStep;
  uses?: string;
  within?: string;
  /** it is the call of a step whose output another row transforms */
  isCall: boolean;
  /** that other row */
  isTransformation: boolean;
}

/** What a simulation has seen, within the bounds of an answer. */
export class Report {
  readonly path: string[] = [];
  readonly questions: SimulatedQuestion[] = [];
  readonly effects: SimulatedEffect[] = [];
  private readonly entries = new Map<string, Entry>();
  /** ids of rows beyond those that are listed */
  private readonly unlisted = new Set<string>();
  private readonly omitted = { questions: 0, effects: 0 };
  private bytes = 0;

  /** @param now the virtual clock, UTC milliseconds */
  constructor(private readonly now: () => number) {}

  /** The entry of a row, made if there is none; undefined where there are too many. */
  entryOf({ id, outlined, uses, within }: Row): Entry | undefined {
    const known = this.entries.get(id);
    if (known) return known;
    if (this.entries.size >= BOUNDS.steps) {
      this.unlisted.add(id);
      return undefined;
    }
    const { name, step_type } = outlined.step;
    const entry: Entry = { step_id: id, name, step_type, uses, within, state: 'pending', why: [], attempts: [] };
    this.entries.set(id, entry);
    return entry;
  }

  /** Notes where a row stands now. */
  note(row: Row, state: StepState, elements: { count: number; failed: number } | undefined): void {
    const entry = this.entryOf(row);
    if (!entry || state.status === 'pending') return;
    const { status, rounds, output, error } = state;
    if (row.isTransformation && status !== 'completed' && status !== 'failed') {
      // the call has told already why nothing comes of it
      if (status === 'skipped' && entry.call === 'completed') entry.state = status;
      return;
    }
    const isOver = hasEnded(status);
    if (row.isCall) entry.call = status;
    entry.state = row.isCall && status === 'completed' ? 'running' : status === 'ready' ? 'running' : status;
    entry.rounds = row.isTransformation ? entry.rounds : rounds || undefined;
    entry.error = error;
    entry.elements = elements;
    if (status === 'skipped') return;
    if (entry.starts_at === undefined) {
      entry.starts_at = this.instant();
      this.path.push(row.id);
    }
    if (isOver) entry.ends_at ??= this.instant();
    // a fallback, or another round, may give an output later
    if (output && 'inline' in output && status === 'completed' && !row.isCall) {
      entry.ends_at = this.instant();
      this.show(entry, 'output', output.inline);
    }
  }

  input(row: Row, value: Json): void {
    const entry = this.entryOf(row);
    if (entry) this.show(entry, 'input', value);
  }

  attempt(row: Row, attempt: Omit<SimulatedAttempt, 'at'>): void {
    const entry = this.entryOf(row);
    if (!entry) return;
    entry.source = attempt.source;
    if (entry.attempts.length < MOST_ATTEMPTS) entry.attempts.push({ ...attempt, at: this.instant() });
  }

  saw(row: Row, conditions: readonly ConditionSeen[]): void {
    const entry = this.entryOf(row);
    if (entry) entry.why.push(...conditions.slice(0, MOST_SEEN - entry.why.length));
  }

  skipped(row: Row, reason: string | undefined): void {
    const entry = this.entryOf(row);
    if (entry) entry.reason = reason;
  }

  question(question: SimulatedQuestion): void {
    if (this.questions.length < BOUNDS.questions) this.questions.push(question);
    else this.omitted.questions += 1;
  }

  effect(effect: Omit<SimulatedEffect, 'at'>): void {
    if (this.effects.length < BOUNDS.effects) this.effects.push({ ...effect, at: this.instant() });
    else this.omitted.effects += 1;
  }

  instant(time = this.now()): string {
    return new Date(time).toISOString();
  }

  /** A value, unless it is too large to be shown. */
  fitting(value: Json): { value: Json } | undefined {
    const bytes = jsonBytes(value);
    if (bytes > BOUNDS.value || this.bytes + bytes > BOUNDS.all) return undefined;
    this.bytes += bytes;
    return { value };
  }

  listed(): Pick<Simulation, 'path' | 'steps' | 'questions' | 'effects'> & {
    omitted: Omit<Simulation['omitted'], 'result'>;
  } {
    const { path, questions, effects, unlisted, omitted } = this;
    const steps = [...this.entries.values()].map(({ call: _, ...step }) => step);
    return { path, steps, questions, effects, omitted: { steps: unlisted.size, ...omitted } };
  }

  private show(entry: SimulatedStep, member: 'input' | 'output', value: Json): void {
    const shown = this.fitting(value);
    if (shown) entry[member] = shown.value;
    else entry.omitted = [...new Set([...(entry.omitted ?? []), member])];
  }
}

/** Attempts, and conditions, that are listed of a step. */
const MOST_ATTEMPTS = 100;
const MOST_SEEN = 100;

/** Elements of the step of a row. */
export function elementsOf(
  table: StepTable,
  { id, for_each }: LoadedStep,
): { count: number; failed: number } | undefined {
  const { each } = table.get(id);
  if (!for_each || !each) return undefined;
  return { count: each.count, failed: each.failed ?? table.progress(id).failed };
}
