import type { LoadedStep } from '../../schemas/loaded-plan';
import type { PlanOutcome } from './job';
import { repeatedBy } from './row-id';
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
  /** steps within groups that are open, each with its last event: their rows may go before their events are told */
  within?: { [step: string]: number };
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
    this.at = copied(state);
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
        if (moment.step.kind === 'group' && moment.at !== 'step.started') this.forget(moment.step.id);
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
    return copied(this.at);
  }

  private causeOf(moment: StepMoment, table: StepTable): number | undefined {
    const rescuer = moment.at === 'step.recovered' ? this.saidBy(moment.by, table) : undefined;
    return rescuer ?? this.before(moment.step, table);
  }

  /** The last event of a step; before its first, that of the step that made it ready. */
  private before(step: LoadedStep, table: StepTable): number | undefined {
    const own = this.saidBy(step.id, table);
    if (own !== undefined) return own;
    const awaited = step.reserve
      ? [...step.needs, ...table.steps.filter(rescuedBy(step)).map(({ id }) => id)]
      : step.needs;
    const last = awaited.reduce((latest, id) => Math.max(latest, this.saidBy(id, table) ?? 0), 0);
    return last > 0 ? last : (this.saidAround(step, table) ?? this.at.story);
  }

  /** The last event of what a step stands in. */
  private saidAround({ within }: LoadedStep, table: StepTable): number | undefined {
    if (!within) return undefined;
    return this.saidBy(repeatedBy(within.group) ?? within.group, table);
  }

  private saidBy(id: string, table: StepTable): number | undefined {
    return isWithin(id) ? this.at.within?.[id] : table.saidBy(id);
  }

  private note(id: string, said: number, table: StepTable): void {
    if (isWithin(id)) this.at.within = { ...this.at.within, [id]: said };
    else table.say(id, said);
  }

  /** Forgets the steps within one that has ended. */
  private forget(group: string): void {
    const { within } = this.at;
    if (!within) return;
    const left = Object.entries(within).filter(([id]) => !id.startsWith(`${group}.`));
    this.at.within = left.length === 0 ? undefined : Object.fromEntries(left);
  }

  private goOn(step: string | undefined, table: StepTable, said: number | undefined): void {
    if (said === undefined) return;
    if (step === undefined) this.at.story = said;
    else {
      this.note(step, said, table);
      this.at.plan = Math.max(this.at.plan ?? 0, said);
    }
  }
}

const rescuedBy =
  ({ id }: LoadedStep) =>
  ({ on_error }: LoadedStep): boolean =>
    typeof on_error === 'object' && on_error.fallback === id;

const isWithin = (id: string): boolean => id.includes('.');

const copied = (state: CausesState): CausesState => ({
  ...state,
  asked: { ...state.asked },
  ...(state.within ? { within: { ...state.within } } : {}),
});
