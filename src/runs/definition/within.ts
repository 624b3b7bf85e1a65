import { nameOf } from '../../../core/engine/row-id';
import { everyStep } from '../../../core/plan/steps';
import type { PlatformEvent } from '../../../schemas/envelope';
import type { Failure } from '../../../schemas/catalogue';
import type { Plan, Step } from '../../../schemas/plan';
import type { StepView } from '../../../schemas/run';

/** Fields of events of steps. */
interface Facts {
  step?: string;
  approval_id?: string;
  round?: number;
  by?: string;
  error?: Failure;
}

/**
 * Steps within a loop, by the events that tell them: their rows are gone with their rounds. Holds those of one page, and
 * the ids of all.
 */
export class StepsWithin {
  private readonly order = new Map<string, number>();
  private readonly page = new Map<string, StepView>();
  private readonly steps: ReadonlyMap<string, Step>;

  /** `loop`: a loop, or one of its elements, such as `each` or `each.3` */
  constructor(
    { steps }: Plan,
    private readonly loop: string,
    private readonly from: number,
    private readonly limit: number,
  ) {
    this.steps = new Map(everyStep(steps).map((step) => [step.id, step]));
  }

  take({ event_type, occurred_at, payload }: PlatformEvent): void {
    const facts = payload as Facts;
    const id = facts.step ?? (event_type === 'APPROVAL.REQUESTED' ? facts.approval_id : undefined);
    if (!id?.startsWith(`${this.loop}.`)) return;
    const at = Date.parse(occurred_at);
    const place = this.order.get(id) ?? this.order.size;
    this.order.set(id, place);
    if (place < this.from || place >= this.from + this.limit) return;
    const before = this.page.get(id) ?? this.begun(id);
    if (before) this.page.set(id, { ...before, ...changeOf(event_type, facts, at, before) });
  }

  /** The page; of a run that has ended, steps that have not are cut off. */
  end(hasEnded: boolean): { steps: StepView[]; next?: number } {
    const steps = [...this.page.values()].map((step) =>
      hasEnded && step.ended_at === undefined ? { ...step, status: 'cancelled' as const } : step,
    );
    const next = this.from + this.limit;
    return { steps, next: next < this.order.size ? next : undefined };
  }

  private begun(id: string): StepView | undefined {
    const { name, kind, uses } = this.steps.get(nameOf(id)) ?? {};
    return kind && { id, name, kind, uses, status: 'pending', rounds: 0 };
  }
}

function changeOf(type: string, { round, by, error }: Facts, at: number, before: StepView): Partial<StepView> {
  switch (type) {
    case 'TASK.STARTED':
    case 'TASK.RETRIED':
      return {
        ...{ status: 'running', rounds: round ?? before.rounds, started_at: before.started_at ?? at },
        ...{ ended_at: undefined, error: undefined },
      };
    case 'APPROVAL.REQUESTED':
      return { status: 'waiting', rounds: 1, started_at: at, ended_at: undefined, error: undefined };
    case 'TASK.COMPLETED':
      return { status: 'completed', rounds: round ?? before.rounds, ended_at: at };
    case 'TASK.FAILED':
      return { status: 'failed', ended_at: at, error };
    case 'TASK.RECOVERED':
      return by === 'continue' ? {} : { status: 'completed', ended_at: at };
    case 'TASK.SKIPPED':
      return { status: 'skipped', ended_at: at };
    default:
      return {};
  }
}
