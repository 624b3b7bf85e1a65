import type { Failure } from '../../schemas/catalogue';
import type { Element, LoadedStep, Within } from '../../schemas/loaded-plan';
import { elementOf } from './elements';
import { STOPPED } from './failures';
import { elementId, innerId, isIndex } from './row-id';
import type { StepTable } from './table';

/** Elements of a list whose steps are told one by one; those of a longer list would drown the run's story. */
const MOST_TOLD = 100;

/** A step that has failed what is around it. */
export interface FailedStep {
  error: Failure;
  step: string;
}

/** Steps that end together: those of the plan, or of a group that is open. */
export class Frame {
  /** of the first step that has failed them all */
  failure: FailedStep | undefined;
  /** steps that have still to end */
  left: number;

  constructor(
    readonly steps: readonly LoadedStep[],
    /** the group */
    readonly of?: LoadedStep,
    /** its round */
    readonly round = 0,
    /** the row of a step that these name */
    readonly rowOf: (name: string) => string = (name) => name,
  ) {
    this.left = steps.filter(({ reserve }) => !reserve).length;
  }
}

/**
 * The groups that are open: a round of a group, or of an element that is one, has steps of its own, made from those of
 * the plan, with rows of their own. A group is opened and closed in segments alone, of which one is under way at a time,
 * so the two sides never decide about it at once.
 */
export class Groups {
  private readonly frames = new Map<string, Frame>();

  constructor(private readonly table: StepTable) {}

  /** The steps among which a step stands; undefined where their group is closed. */
  around({ within }: LoadedStep): Frame | undefined {
    return within && this.frames.get(within.group);
  }

  of({ id }: LoadedStep): Frame | undefined {
    return this.frames.get(id);
  }

  /** Opens a group for its round. */
  open(group: LoadedStep): Frame {
    const { rounds } = this.table.get(group.id);
    const outer = this.around(group)?.rowOf;
    const instance = group.element ? group.id : elementId(group.id, rounds - 1);
    const count = group.element && this.table.get(group.element.of).each?.count;
    const isSilent = group.within?.silent ?? (count !== undefined && count > MOST_TOLD);
    const frame = frameOf(group, rounds, instance, outer, isSilent);
    this.frames.set(group.id, frame);
    return frame;
  }

  close({ id }: LoadedStep): void {
    this.frames.delete(id);
  }

  /** True for a step that begins no more, since one beside it, or beside what is around it, has failed them all. */
  isStopping(step: LoadedStep): boolean {
    const frame = this.around(step);
    return (
      frame !== undefined && (frame.failure !== undefined || (frame.of !== undefined && this.isStopping(frame.of)))
    );
  }

  /** How an open group ends: its failure, if any; undefined while its steps are under way. */
  endOf(group: LoadedStep): { reads: string[]; error?: Failure } | undefined {
    const frame = this.of(group);
    if (!frame) return undefined;
    const error = frame.failure ? failureOf(frame.failure) : this.isStopping(group) ? STOPPED : undefined;
    if (error)
      return frame.steps.some(({ id }) => this.table.get(id).status === 'running') ? undefined : { reads: [], error };
    return frame.left === 0 ? { reads: (group.gives ?? []).map(frame.rowOf) } : undefined;
  }
}

function frameOf(
  group: LoadedStep,
  round: number,
  instance: string,
  outer: ((name: string) => string) | undefined,
  silent: boolean,
): Frame {
  const steps = group.steps ?? [];
  const names = new Set(steps.map(({ id }) => id));
  const rowOf = (name: string): string => (names.has(name) ? innerId(instance, name) : (outer?.(name) ?? name));
  const element: Element | undefined = group.element ?? group.within?.element;
  const index = group.element?.index ?? (group.until ? round - 1 : group.within?.index);
  const within: Within = { group: group.id, element, index, ...(silent ? { silent } : {}) };
  return new Frame(
    steps.map((step) => placed(step, within, rowOf)),
    group,
    round,
    rowOf,
  );
}

/** A step of a group, in one of its rounds. */
const placed = (step: LoadedStep, within: Within, rowOf: (name: string) => string): LoadedStep => ({
  ...step,
  id: rowOf(step.id),
  needs: step.needs.map(rowOf),
  beside: step.beside?.map(rowOf),
  reads: step.reads.map(rowOf),
  on_error: typeof step.on_error === 'object' ? { fallback: rowOf(step.on_error.fallback) } : step.on_error,
  within,
});

/** The step of a plan to which a row belongs, as it stands there; undefined where there is none. */
export function stepAt(steps: readonly LoadedStep[], id: string): LoadedStep | undefined {
  let found: LoadedStep | undefined;
  let [among, instance]: [readonly LoadedStep[], string] = [steps, ''];
  let outer: ((name: string) => string) | undefined;
  for (const part of id.split('.')) {
    instance = instance === '' ? part : innerId(instance, part);
    if (!isIndex(part)) {
      found = among.find((step) => step.id === instance);
      if (!found) return undefined;
      among = [];
      continue;
    }
    if (!found) return undefined;
    const index = Number(part);
    if (found.for_each) found = elementOf(found, index);
    if (found.kind !== 'group') continue;
    const frame: Frame = frameOf(found, index + 1, instance, outer, false);
    [among, outer] = [frame.steps, frame.rowOf];
  }
  return found;
}

/** The failure of a group: that of its step. */
const failureOf = ({ error, step }: FailedStep): Failure => ({ ...error, message: `${step}: ${error.message}` });
