import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Value } from '../../schemas/refs';
import type { DecisionView } from '../../schemas/run';
import type { Finding, Verdict } from '../../schemas/tool';
import type { Part } from './parts';
import type { StepState } from './table';
import type { StepMoment } from './voice';

/** Next job of a step. */
export type Job =
  /** the condition reads a reference */
  | { do: 'condition'; step: LoadedStep; when: string }
  /** the list of a step that runs for each of its elements */
  | { do: 'list'; step: LoadedStep; list: string }
  | { do: 'round'; step: LoadedStep; round: number }
  | { do: 'check'; step: LoadedStep; round: number; until: NonNullable<LoadedStep['until']> }
  /** a person decides on an output that its check does not accept */
  | { do: 'review'; step: LoadedStep; round: number; findings: Finding[] }
  /** the pause before the next round: until when, UTC milliseconds */
  | { do: 'rest'; step: LoadedStep; until: number }
  /** the outputs of all elements become one, or those of a part; or one of them has failed their step with `error` */
  | { do: 'gather'; step: LoadedStep; part?: number; error?: Failure }
  /** a group's steps begin their round */
  | { do: 'open'; step: LoadedStep; round: number }
  /** the steps of a group have ended: its output is made of theirs; or one of them has failed it with `error` */
  | { do: 'close'; step: LoadedStep; reads: string[]; error?: Failure }
  | { do: 'ask'; step: LoadedStep }
  | { do: 'wait'; step: LoadedStep };

/** Outcome of the wait for a person. `carried`: none yet, the next run of the chain asks on. */
export type Reply =
  | { outcome: 'decided'; decision: DecisionView; data: Json }
  | { outcome: 'expired' }
  | { outcome: 'cancelled' }
  | { outcome: 'carried' };

/** Outcome of a job. */
export type JobEnd =
  | { holds: boolean }
  | { listed: { count: number; list: Value } }
  /** `attempts`: those of the round, where there were several */
  | { output: Value; attempts?: number }
  | { gathered: Value }
  | { part: number; gatheredPart: Part }
  | { opened: true }
  | { rested: true }
  | { verdict: Verdict }
  | { reply: Reply }
  | { waitedUntil: number }
  /** it has failed transiently; the remaining attempts are activities */
  | { apart: true }
  | { failed: Failure; attempts?: number }
  | { cancelled: true }
  | { carried: true };

/** Side that carries out jobs of steps: the workflow, or a segment. */
export interface Side {
  /** UTC milliseconds */
  now(): number;
  /** true for a job that this side does; the others are left to the other side */
  takes(job: Job, state: StepState): boolean;
  /** Begins a job. `end` is called once, and never before this returns. */
  begin(job: Job, end: (how: JobEnd) => void): void;
  speak(moment: StepMoment): void;
  /** True where it is said of steps that they wait for a place; in a segment they wait for milliseconds. */
  announces?(): boolean;
  /** A job under way that waits, for a person or for time, has come to nothing: what is around its step has ended. */
  withdraw(job: Job): void;
}

/** Outcome of a plan. */
export type PlanOutcome =
  { status: 'completed' } | { status: 'failed'; error: Failure; step: string } | { status: 'cancelled'; by: string };

const WORK: readonly Job['do'][] = ['condition', 'list', 'round', 'check', 'gather', 'open', 'close'];
/** True for a job that takes a place among those at work; the others wait, for a person or for time. */
export const isWork = ({ do: what }: Job): boolean => WORK.includes(what);
