import type { Failure } from '../../schemas/catalogue';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { ApprovalMoment } from './approvals';
import type { Spoken } from './outbox';
import type { StepState } from './table';

/** What happens to a step. */
export type StepMoment =
  | { at: 'step.started'; step: LoadedStep; round: number }
  | {
      at: 'step.retried';
      step: LoadedStep;
      round: number;
      requestedBy: string;
      findings: { code: string; message: string; pointer?: string }[];
    }
  | { at: 'step.completed'; step: LoadedStep; state: StepState; acceptedBy?: string }
  | { at: 'step.failed'; step: LoadedStep; error: Failure }
  | { at: 'step.recovered'; step: LoadedStep; by: string }
  | { at: 'step.skipped'; step: LoadedStep; reason: string };

/** What happens to a run. */
export type RunMoment = { at: 'run.paused' | 'run.resumed'; by: string };

export type Moment = StepMoment | ApprovalMoment | RunMoment;

/** How a process tells what happens: each moment becomes events of its own names. */
export type Voice = (moment: Moment) => Spoken[];
