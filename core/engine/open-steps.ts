import type { Failure } from '../../schemas/catalogue';
import type { LoadedStep } from '../../schemas/loaded-plan';
import { Elements } from './elements';
import { STOPPED } from './failures';
import { Frame, Groups, type FailedStep } from './groups';
import { repeatedBy } from './row-id';
import type { StepTable } from './table';

/**
 * The steps of a plan that are open: their needs are met, and they have not ended. A step that ends lets those in that
 * wait for it; a round of a group lets in steps of its own, a list its elements; and all of these go with what is around
 * them.
 */
export class OpenSteps {
  readonly elements: Elements;
  readonly groups: Groups;
  private readonly root: Frame;
  private readonly byId = new Map<string, LoadedStep>();
  private readonly unmet = new Map<string, number>();
  private readonly dependents = new Map<string, LoadedStep[]>();
  private readonly primaries = new Map<string, LoadedStep>();
  /** in the order in which they became so */
  private readonly open = new Set<LoadedStep>();

  constructor(
    private readonly table: StepTable,
    /** called for a step that goes, whatever it does */
    private readonly withdraw: (step: LoadedStep) => void,
  ) {
    this.elements = new Elements(table);
    this.groups = new Groups(table);
    this.root = new Frame(table.steps);
    this.admit(table.steps);
  }

  /** All of them, those that join meanwhile too. */
  [Symbol.iterator](): Iterator<LoadedStep> {
    return this.open.values();
  }

  /** The step that has failed the plan. */
  get failure(): FailedStep | undefined {
    return this.root.failure;
  }

  /** True when every step of the plan has ended. */
  get haveEnded(): boolean {
    return this.root.left === 0;
  }

  /** False for a step around which everything has ended without it. */
  has(step: LoadedStep): boolean {
    if (!step.element) return this.byId.get(step.id) === step;
    const { of } = step.element;
    return this.byId.has(of) && !this.table.hasEnded(of);
  }

  /** The step for which this one is the fallback. */
  primaryOf({ id }: LoadedStep): LoadedStep | undefined {
    return this.primaries.get(id);
  }

  /** Lets in the elements of a step that may be at work now. */
  join(step: LoadedStep): void {
    for (const element of this.elements.joining(step)) {
      this.open.add(element);
      this.enter(element);
    }
  }

  /** Goes on from a row that the other side has changed; `anew`: its status is another. */
  takeOver(id: string, anew: boolean): void {
    const step = this.byId.get(id) ?? this.elements.get(id, repeatedBy(id) ?? '');
    if (!step) return;
    this.elements.watch(step);
    for (const element of this.elements.gathered(step)) this.follow(element);
    // a failed step whose fallback has delivered ends once more
    if (this.table.hasEnded(id) && anew) this.follow(step);
    else this.enter(step);
  }

  /** Takes in the steps of a group that one of the sides has opened. */
  enter(step: LoadedStep): void {
    if (step.kind !== 'group' || step.for_each) return;
    const { status, unchecked, rounds } = this.table.get(step.id);
    const before = this.groups.of(step);
    if (before?.round === rounds) return;
    this.groups.close(step);
    if (before) this.dismiss(before.steps);
    if (status === 'running' && !unchecked) this.admit(this.groups.open(step).steps);
  }

  /** Effects of a step's end on others, whichever side it has ended on. */
  follow(step: LoadedStep): void {
    this.drop(step);
    if (step.element) return this.elements.leave(step);
    for (const element of this.elements.close(step)) this.drop(element);
    const frame = step.within ? this.groups.around(step) : this.root;
    const { status, error } = this.table.get(step.id);
    // what others have stopped has failed nothing
    if (status === 'cancelled' || error?.type === STOPPED.type || !frame) return;
    const primary = this.primaryOf(step);
    if (primary && status !== 'completed') failWith(frame, primary, this.table.get(primary.id).error);
    if (step.reserve) return;
    if (status === 'failed') {
      if (step.on_error === 'fail') return failWith(frame, step, error);
      const fallback = typeof step.on_error === 'object' ? this.byId.get(step.on_error.fallback) : undefined;
      if (fallback) return void (this.table.hasEnded(fallback.id) || this.open.add(fallback));
    }
    frame.left -= 1;
    for (const dependent of this.dependents.get(step.id) ?? []) {
      const unmet = (this.unmet.get(dependent.id) ?? 0) - 1;
      this.unmet.set(dependent.id, unmet);
      if (unmet === 0 && !dependent.reserve && !this.table.hasEnded(dependent.id)) this.open.add(dependent);
    }
  }

  /** Takes in the steps of the plan, or of a group that has been opened. */
  private admit(steps: readonly LoadedStep[]): void {
    const here = new Set(steps.map(({ id }) => id));
    for (const step of steps) {
      this.byId.set(step.id, step);
      this.elements.watch(step);
      if (typeof step.on_error === 'object') this.primaries.set(step.on_error.fallback, step);
    }
    for (const step of steps) {
      // what a group needs of the steps around it has ended
      const needs = step.needs.filter((need) => here.has(need));
      this.unmet.set(step.id, needs.length);
      for (const need of needs) {
        const dependents = this.dependents.get(need);
        if (dependents) dependents.push(step);
        else this.dependents.set(need, [step]);
      }
      if (needs.length === 0 && !step.reserve) this.open.add(step);
    }
    for (const step of steps)
      if (this.table.hasEnded(step.id)) this.follow(step);
      else this.enter(step);
  }

  /** Forgets the steps of a group that has ended, or begun another round. */
  private dismiss(steps: readonly LoadedStep[]): void {
    for (const step of steps) {
      // first, so that a job that ends by this finds its step gone
      this.byId.delete(step.id);
      for (const element of this.elements.close(step)) this.drop(element);
      this.drop(step);
      this.unmet.delete(step.id);
      this.dependents.delete(step.id);
      if (typeof step.on_error === 'object') this.primaries.delete(step.on_error.fallback);
    }
  }

  private drop(step: LoadedStep): void {
    this.open.delete(step);
    this.withdraw(step);
    const frame = this.groups.of(step);
    this.groups.close(step);
    if (frame) this.dismiss(frame.steps);
  }
}

function failWith(frame: Frame, { id }: LoadedStep, error: Failure | undefined): void {
  frame.failure ??= { error: error ?? { type: 'internal', message: 'failed' }, step: id };
}
