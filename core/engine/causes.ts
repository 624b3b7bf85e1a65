import type { LoadedStep } from '../../schemas/loaded-plan';
import type { PlanOutcome } from './interpreter';
import type { StepTable } from './table';
import type { Moment, StepMoment } from './voice';

/** Places at which a run stands, each by the number of the event that led there; its rows of steps hold theirs. */
export interface CausesState {
  /** the event that the story goes on from */
  story?: number;
  /** the last event of the plan under way */
  plan?: number;
  /** the event that says that the run is paused */
  pause?: number;
  /** open questions, each with the event that asked it, and the step that it is about */
  asked: { [approvalId: string]: { said?: number; step?: string } };
}

/** Says events, the first of them caused by the one given; gives the number of the last, or of the cause if it is silent. */
export type Say = (cause: number | undefined) => number | undefined;

/**
 * Finds the event that caused the next one. An event of a step is caused by the step's event before; its first by the
 * last event of the step that it has waited for; an answer by its question; the rest by the event of the story before.
 * Whatever changes nothing (a reminder, a refusal, a pause) causes nothing but its own undoing. So each chain leads back
 * to the run's first event. Pure, over the same table in the workflow and in a segment.
 */
export class Causes {
  private readonly at: CausesState;

  constructor(state: CausesState = { asked: {} }) {
    this.at = { ...state, asked: { ...state.asked } };
  }

  /** An event that the process says itself. */
  tell(say: Say): void {
    this.at.story = say(this.at.story);
  }

  /** The events of a moment, as a voice says them. */
  tellMoment(moment: Moment, table: StepTable, say: Say): void {
    const { at } = this;
    switch (moment.at) {
      case 'approval.requested': {
        const { approval, of: step } = moment;
        const said = say(step ? this.before(step, table) : at.story);
        at.asked[approval.approval_id] = { said, step: step?.id };
        return this.goOn(step?.id, table, said);
      }
      case 'approval.decided':
      case 'approval.expired': {
        const { approval_id: id } = moment.approval;
        const { said, step } = at.asked[id] ?? {};
        delete at.asked[id];
        return this.goOn(step, table, say(said ?? at.story));
      }
      case 'approval.overdue':
        return void say(at.asked[moment.approval.approval_id]?.said ?? at.story);
      case 'approval.refused':
        return void say(at.asked[moment.approvalId]?.said ?? at.story);
      case 'run.paused':
        at.pause = say(at.story);
        return;
      case 'run.resumed':
        say(at.pause ?? at.story);
        at.pause = undefined;
        return;
      case 'request.refused':
        return void say(at.story);
      default:
        this.goOn(moment.step.id, table, say(this.causeOf(moment, table)));
    }
  }

  /** The plan is over: the story goes on from its last event, or from that of the step that made it fail. */
  endPlan(outcome: PlanOutcome, table: StepTable): void {
    const { at } = this;
    const failed = outcome.status === 'failed' ? table.saidBy(outcome.step) : undefined;
    at.story = failed ?? at.plan ?? at.story;
    at.plan = undefined;
  }

  carry(): CausesState {
    return { ...this.at, asked: { ...this.at.asked } };
  }

  private causeOf(moment: StepMoment, table: StepTable): number | undefined {
    const rescuer = moment.at === 'step.recovered' ? table.saidBy(moment.by) : undefined;
    return rescuer ?? this.before(moment.step, table);
  }

  /** The last event of a step; before its first, that of the step that made it ready. */
  private before(step: LoadedStep, table: StepTable): number | undefined {
    const own = table.saidBy(step.id);
    if (own !== undefined) return own;
    const awaited = step.reserve
      ? [...step.needs, ...table.steps.filter(rescuedBy(step)).map(({ id }) => id)]
      : step.needs;
    const last = awaited.reduce((latest, id) => Math.max(latest, table.saidBy(id) ?? 0), 0);
    return last > 0 ? last : this.at.story;
  }

  private goOn(step: string | undefined, table: StepTable, said: number | undefined): void {
    if (said === undefined) return;
    if (step === undefined) this.at.story = said;
    else {
      table.say(step, said);
      this.at.plan = Math.max(this.at.plan ?? 0, said);
    }
  }
}

const rescuedBy =
  ({ id }: LoadedStep) =>
  ({ on_error }: LoadedStep): boolean =>
    typeof on_error === 'object' && on_error.fallback === id;
