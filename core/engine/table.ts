import type { Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { Element, LoadedStep } from '../../schemas/loaded-plan';
import type { Ref, Value } from '../../schemas/refs';
import type { ElementCounts, StepStatus, StepView } from '../../schemas/run';
import type { Scope } from '../../schemas/step-call';
import type { Finding } from '../../schemas/tool';
import { jsonBytes } from '../identity';
import { everyStep } from '../plan/steps';
import { isTolerated } from './failures';
import { LeftRows } from './left-rows';
import { boundsOf, ElementCounter, hasEnded, partOf, type Part, type Progress } from './parts';
import { elementId, holderOf, indexOf, nameOf } from './row-id';

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
  /** attempts of the last round, where there were several, or where further ones are activities */
  attempts?: number;
  /** findings on its output, while a person is asked */
  review?: Finding[];
  /** end of a wait */
  until?: number;
  /** of a step between two rounds: the instant before which the next does not begin; 0 once the workflow has waited */
  rest?: number;
  /** of a step that runs for each element of a list, once that is known */
  each?: Each;
  /** the number of the event from which the step goes on; only the workflow changes it */
  said?: number;
}

/**
 * The elements of a step: their number; the list, an object by index, while they may run (without it, they have no room
 * yet); of a long list its parts, null until they have been gathered; their counts, once the step has ended. While it
 * runs, each element has a row of its own, until its part has been gathered.
 */
export interface Each {
  count: number;
  list?: Value;
  parts?: (Part | null)[];
  ended?: number;
  failed?: number;
}

/** A table as it travels: a row per step or element that has begun, `[id, state]`; a step's before those that it holds. */
export type TableState = [string, StepState][];

const PENDING: StepState = { status: 'pending', rounds: 0 };

/** An element whose part has been gathered. */
const GATHERED: StepState = { status: 'completed', rounds: 1 };

/** The states of all steps of a plan, and their outputs as long as they are inline. */
export class StepTable {
  /** steps whose rows have been set since this was last cleared */
  readonly changed = new Set<string>();
  private readonly states = new Map<string, StepState>();
  /** of steps that run for each element of a list */
  private readonly elements = new Map<string, ElementCounter>();
  /** ids of the rows that a row holds while it is under way: of its elements, or of the steps within it */
  private readonly held = new Map<string, Set<string>>();
  /** what the rows held whose steps have failed */
  readonly left = new LeftRows<StepState>();
  private inlineBytes = 0;
  private endedCount = 0;

  constructor(
    readonly steps: readonly LoadedStep[],
    carried: TableState = [],
  ) {
    for (const step of steps) this.states.set(step.id, PENDING);
    for (const [id, state] of carried) this.put(id, state);
  }

  get(id: string): StepState {
    const state = this.states.get(id);
    if (state) return state;
    if (this.isGathered(id)) return GATHERED;
    if (this.states.has(this.holderOf(id) ?? '')) return PENDING;
    throw new Error(`step ${id} is not in the plan`);
  }

  private holderOf(id: string): string | undefined {
    return holderOf(id, (other) => this.states.has(other));
  }

  /** True for an element whose part has been gathered, so that it has no row any more. */
  isGathered(id: string): boolean {
    const index = indexOf(id);
    if (index === undefined) return false;
    return Boolean(this.states.get(this.holderOf(id) ?? '')?.each?.parts?.[partOf(index)]);
  }

  /** A part of a step's list whose elements have all ended, and that nobody has gathered yet. */
  endedPart(step: string): number | undefined {
    const { count, parts = [] } = this.get(step).each ?? { count: 0 };
    const counter = this.elements.get(step);
    const part = parts.findIndex((known, at) => !known && counter?.endedOf(at) === boundsOf(at, count).size);
    return part < 0 ? undefined : part;
  }

  /** Elements of a step that have rows. */
  rowsOf(step: string): number {
    return this.held.get(step)?.size ?? 0;
  }

  /** Rounds of the rows that hold this one, from the outermost. */
  roundsAround(id: string): number[] {
    const holder = this.holderOf(id);
    return holder === undefined ? [] : [...this.roundsAround(holder), this.get(holder).rounds];
  }

  /** Changes a row. */
  set(id: string, change: Partial<StepState>): StepState {
    return this.put(id, { ...this.get(id), ...change });
  }

  /** Replaces a row: fields missing from a row that has travelled were cleared. A row that ends, or begins anew, holds no others. */
  put(id: string, state: StepState): StepState {
    const before = this.get(id);
    const holder = this.holderOf(id);
    if (holder !== undefined && (this.hasEnded(holder) || this.isGathered(id))) return state;
    const ends = hasEnded(state.status) && !hasEnded(before.status);
    const { each } = state;
    const kept = ends && each ? { ...state, each: this.counts(id, each) } : state;
    const isAnew = state.rounds > before.rounds;
    // also where it had failed, and its fallback has delivered
    const isDone = state.status === 'completed' && before.status !== 'completed';
    if (ends && (state.status === 'failed' || state.status === 'cancelled')) this.leave(id, before, state);
    else if (ends || isAnew || isDone) this.left.forget(id);
    if (ends || isAnew) this.drop(id);
    if (!ends && each?.parts) this.takeParts(id, each, before.each?.parts);
    if (holder === undefined) {
      if (ends) this.endedCount += 1;
      return this.keep(id, before, kept);
    }
    this.hold(holder, id);
    const index = indexOf(id);
    if (index === undefined) return this.keep(id, before, kept);
    this.counterOf(holder).change(index, before.status, state.status);
    // a row of an element holds no times
    return this.keep(id, before, { ...kept, started: undefined, ended: undefined });
  }

  private keep(id: string, before: StepState, state: StepState): StepState {
    this.inlineBytes += inlineBytes(state.output) - inlineBytes(before.output);
    this.states.set(id, state);
    this.changed.add(id);
    return state;
  }

  /**
   * Keeps what a row holds as its step fails, or its output that nobody has checked. Where what is around goes on without
   * the step, nothing goes on from there: what was kept within it before is forgotten, too.
   */
  private leave(id: string, { each }: StepState, state: StepState): void {
    const held = this.rows(this.heldBy(id));
    if (held.length === 0 && !state.unchecked) return;
    const step = everyStep(this.steps).find((one) => one.id === nameOf(id));
    if (isTolerated(state, step?.on_error ?? 'fail')) this.left.forget(id);
    else this.left.keep([[id, { ...state, each }], ...held]);
  }

  /** Ids of the rows that a row holds, those within them too. */
  private heldBy(id: string): string[] {
    return [...(this.held.get(id) ?? [])].flatMap((one) => [one, ...this.heldBy(one)]);
  }

  private hold(holder: string, id: string): void {
    const held = this.held.get(holder);
    if (held) held.add(id);
    else this.held.set(holder, new Set([id]));
  }

  private counterOf(step: string): ElementCounter {
    const known = this.elements.get(step) ?? new ElementCounter();
    this.elements.set(step, known);
    return known;
  }

  /** Parts that have been gathered stand for the rows of their elements. */
  private takeParts(step: string, { count, parts = [] }: Each, known: Each['parts'] = []): void {
    for (const [at, part] of parts.entries()) {
      if (!part || known[at]) continue;
      const { first, size } = boundsOf(at, count);
      const counter = this.counterOf(step);
      for (let index = first; index < first + size; index++) {
        const id = elementId(step, index);
        counter.change(index, this.states.get(id)?.status ?? 'pending', 'pending');
        this.remove(id);
        this.held.get(step)?.delete(id);
      }
      counter.take(at, size, part.failed);
    }
  }

  /** Drops the rows that a row holds. */
  private drop(holder: string): void {
    for (const id of this.held.get(holder) ?? []) this.remove(id);
    this.held.delete(holder);
  }

  private remove(id: string): void {
    this.drop(id);
    this.inlineBytes -= inlineBytes(this.states.get(id)?.output);
    this.states.delete(id);
    this.changed.delete(id);
    this.elements.delete(id);
  }

  progress(step: string): Progress {
    return this.elements.get(step)?.total ?? { begun: 0, ended: 0, failed: 0 };
  }

  /** Rows of the elements of a step, in their order; with `part`, of those in it. */
  elementsOf(step: string, part?: number): StepState[] {
    const { count } = this.get(step).each ?? { count: 0 };
    const { first, size } = part === undefined ? { first: 0, size: count } : boundsOf(part, count);
    return Array.from({ length: size }, (_, at) => this.get(elementId(step, first + at)));
  }

  /** The number of the event from which a step goes on; undefined while there is none, or no such step. */
  saidBy(id: string): number | undefined {
    return this.states.get(id)?.said;
  }

  /** Notes that number. The row does not count as changed: whoever gets changed rows has it from the events. */
  say(id: string, said: number): void {
    const state = this.states.get(id);
    if (state) this.states.set(id, { ...state, said });
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
    // a group may have ended meanwhile
    for (const id of Object.keys(outputs))
      if (this.states.has(id)) this.set(id, { output: { ref: { ...ref, key: id } } });
  }

  /**
   * The steps that expressions name, by the ids of their rows, as they see them. An element sees itself under the name
   * of its step.
   */
  scope(input: Value, ids: readonly string[], reader?: Pick<LoadedStep, 'element' | 'within'>): Scope {
    const steps: Scope['steps'] = {};
    for (const id of ids) {
      const { status, output, error } = this.get(id);
      steps[nameOf(id)] = { status, output: output ?? { inline: null }, error };
    }
    const element = reader?.element ?? reader?.within?.element;
    const index = reader?.element?.index ?? reader?.within?.index;
    return {
      ...{ input, steps },
      ...(element ? { item: this.item(element) } : {}),
      ...(index === undefined ? {} : { index }),
    };
  }

  private item({ of, index }: Element): Value {
    const { list = { inline: null } } = this.get(of).each ?? {};
    const key = String(index);
    if ('ref' in list) return { ref: { ...list.ref, key } };
    return { inline: (list.inline as JsonObject | null)?.[key] ?? null };
  }

  views(from: number, limit: number): StepView[] {
    return this.steps.slice(from, from + limit).map(({ id, name, kind, uses }) => {
      const { status, rounds, attempts, started: started_at, ended: ended_at, output, error, each } = this.get(id);
      const elements = each && this.counts(id, each);
      return { id, name, kind, uses, status, rounds, attempts, started_at, ended_at, output, error, elements };
    });
  }

  private counts(step: string, { count, ...known }: Each): ElementCounts {
    const { ended, failed } = this.progress(step);
    return { count, ended: known.ended ?? ended, failed: known.failed ?? failed };
  }

  /** Counts rows as changed that were before those that are so now: a row that holds others stays before them. */
  changedBefore(ids: readonly string[]): void {
    const since = [...this.changed];
    this.changed.clear();
    for (const id of [...ids, ...since]) if (this.states.has(id)) this.changed.add(id);
  }

  /** The rows of steps that have begun, or of which something was said; with `ids`, only theirs. */
  rows(ids: Iterable<string> = this.states.keys()): TableState {
    const rows: TableState = [];
    for (const id of ids) {
      const state = this.get(id);
      if (state.status !== 'pending' || state.said !== undefined) rows.push([id, state]);
    }
    return rows;
  }
}

function inlineBytes(value: Value | undefined): number {
  return value && 'inline' in value ? jsonBytes(value.inline) : 0;
}
