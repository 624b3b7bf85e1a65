import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Ref, Value } from '../../schemas/refs';
import type { StepStatus, StepView } from '../../schemas/run';
import type { Scope } from '../../schemas/step-call';
import type { Finding } from '../../schemas/tool';
import { jsonBytes } from '../identity';

/** A step as a run knows it. Times are UTC milliseconds. */
export interface StepState {
  status: StepStatus;
  rounds: number;
  started?: number;
  ended?: number;
  output?: Value;
  error?: Failure;
  /** findings on the output of the last round, when another follows */
  rework?: { findings: Finding[]; instruction?: string };
  /** the round has given an output that its check has not looked at yet */
  unchecked?: true;
  /** an attempt in a segment has failed transiently: the attempts that are left are activities */
  apart?: true;
  /** findings on its output, while a person is asked */
  review?: Finding[];
  /** end of a wait */
  until?: number;
}

/** A table as it travels: a row per step that has begun, `[id, state]`. */
export type TableState = [string, StepState][];

const ENDED: readonly StepStatus[] = ['completed', 'failed', 'skipped', 'cancelled'];

/** The states of all steps of a plan, and their outputs as long as they are inline. */
export class StepTable {
  /** steps whose rows have been set since this was last cleared */
  readonly changed = new Set<string>();
  private readonly states = new Map<string, StepState>();
  private inlineBytes = 0;
  private endedCount = 0;

  constructor(
    readonly steps: readonly LoadedStep[],
    carried: TableState = [],
  ) {
    for (const step of steps) this.states.set(step.id, { status: 'pending', rounds: 0 });
    for (const [id, state] of carried) this.put(id, state);
  }

  get(id: string): StepState {
    const state = this.states.get(id);
    if (!state) throw new Error(`step ${id} is not in the plan`);
    return state;
  }

  /** Changes a row. */
  set(id: string, change: Partial<StepState>): StepState {
    return this.put(id, { ...this.get(id), ...change });
  }

  /** Replaces a row: fields missing from a row that has travelled were cleared. */
  put(id: string, state: StepState): StepState {
    const before = this.get(id);
    this.inlineBytes += inlineBytes(state.output) - inlineBytes(before.output);
    if (hasEnded(state.status) && !hasEnded(before.status)) this.endedCount += 1;
    this.states.set(id, state);
    this.changed.add(id);
    return state;
  }

  hasEnded(id: string): boolean {
    return hasEnded(this.get(id).status);
  }

  get ended(): number {
    return this.endedCount;
  }

  /** Bytes of outputs that are inline. */
  get bytes(): number {
    return this.inlineBytes;
  }

  /** Puts inline outputs into one file of the document store; a table of any size is then small. */
  async demote(store: (value: Json) => Promise<Ref>, ids: Iterable<string> = this.states.keys()): Promise<void> {
    const outputs: { [id: string]: Json } = {};
    for (const id of ids) {
      const { output } = this.get(id);
      if (output && 'inline' in output && output.inline !== null) outputs[id] = output.inline;
    }
    if (Object.keys(outputs).length === 0) return;
    const ref = await store(outputs);
    for (const id of Object.keys(outputs)) this.set(id, { output: { ref: { ...ref, key: id } } });
  }

  /** The steps that expressions name, as they see them. */
  scope(input: Value, ids: readonly string[]): Scope {
    const steps: Scope['steps'] = {};
    for (const id of ids) {
      const { status, output, error } = this.get(id);
      steps[id] = { status, output: output ?? { inline: null }, error };
    }
    return { input, steps };
  }

  views(from: number, limit: number): StepView[] {
    return this.steps.slice(from, from + limit).map(({ id, name, kind, uses }) => {
      const { status, rounds, started, ended, output, error } = this.get(id);
      return { id, name, kind, uses, status, rounds, started_at: started, ended_at: ended, output, error };
    });
  }

  /** The rows of steps that have begun; with `ids`, only theirs. */
  rows(ids: Iterable<string> = this.states.keys()): TableState {
    const rows: TableState = [];
    for (const id of ids) {
      const state = this.get(id);
      if (state.status !== 'pending') rows.push([id, state]);
    }
    return rows;
  }
}

function hasEnded(status: StepStatus): boolean {
  return ENDED.includes(status);
}

function inlineBytes(value: Value | undefined): number {
  return value && 'inline' in value ? jsonBytes(value.inline) : 0;
}
