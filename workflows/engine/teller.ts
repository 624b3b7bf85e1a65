import { Causes, type CausesState } from '../../core/engine/causes';
import type { Spoken } from '../../core/engine/event';
import type { PlanOutcome } from '../../core/engine/job';
import type { StepTable } from '../../core/engine/table';
import type { Moment, Voice } from '../../core/engine/voice';
import type { Outbox } from './outbox';

/** Parts of a run that it is told with. */
export interface TellerParts {
  outbox: Pick<Outbox, 'append'>;
  voice: Voice;
  /** the steps of the plan under way */
  table: () => StepTable;
  /** called after each moment that has been told */
  told: () => void;
}

/**
 * Tells what happens in a run: each moment in the words of its process, as events that know their cause. Moments after
 * the end have no place in the story: its last event is spoken, and its record is being written.
 */
export class Teller {
  private readonly causes: Causes;
  /** moments that wait until a segment that may end the run has answered */
  private held: { moment: Moment; time: number }[] | undefined;
  private isOver = false;

  constructor(
    private readonly parts: TellerParts,
    causes?: CausesState,
  ) {
    this.causes = new Causes(causes);
  }

  /** An event that the process says itself. */
  speak(spoken: Spoken): void {
    this.causes.tell((cause) => this.parts.outbox.append(spoken, Date.now(), cause));
  }

  /** `time`: UTC milliseconds. */
  tell(moment: Moment, time = Date.now()): void {
    if (this.isOver) return;
    if (this.held) return void this.held.push({ moment, time });
    const { outbox, voice, table, told } = this.parts;
    const say = (cause: number | undefined) =>
      voice(moment).reduce((last, spoken) => outbox.append(spoken, time, last), cause);
    this.causes.tellMoment(moment, table(), say);
    told();
  }

  /** The plan is over: the story goes on from its last event. */
  endPlan(outcome: PlanOutcome): void {
    this.causes.endPlan(outcome, this.parts.table());
  }

  /** From now on nothing is told, until `release`. */
  hold(): void {
    this.held = [];
  }

  /** Tells the moments that were held, or drops them where the run has ended before them. */
  release(ended: boolean): void {
    const held = this.held ?? [];
    this.held = undefined;
    if (!ended) for (const { moment, time } of held) this.tell(moment, time);
  }

  end(): void {
    this.isOver = true;
  }

  carry(): CausesState {
    return this.causes.carry();
  }
}
