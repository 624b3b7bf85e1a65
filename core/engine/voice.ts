import type { Failure } from '../../schemas/catalogue';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { ApprovalView, DecisionView } from '../../schemas/run';
import type { Finding } from '../../schemas/tool';
import type { Spoken } from './event';
import type { StepState } from './table';

/** Something that happens to a step. */
export type StepMoment =
  | { at: 'step.ready'; step: LoadedStep }
  | { at: 'step.started'; step: LoadedStep; round: number }
  | { at: 'step.retried'; step: LoadedStep; round: number; requestedBy: string; findings: Finding[] }
  | { at: 'step.completed'; step: LoadedStep; state: StepState; acceptedBy?: string }
  | { at: 'step.failed'; step: LoadedStep; error: Failure }
  | { at: 'step.recovered'; step: LoadedStep; by: string }
  | { at: 'step.skipped'; step: LoadedStep; reason: string };

/** Something that happens to a question. */
export type ApprovalMoment =
  /** `of`: the step that asks; the process itself where there is none */
  | { at: 'approval.requested'; approval: ApprovalView; of?: LoadedStep }
  | { at: 'approval.expired'; approval: ApprovalView }
  | { at: 'approval.overdue'; approval: ApprovalView; level: 'reminder' | 'escalation' }
  | { at: 'approval.decided'; approval: ApprovalView; decision: DecisionView }
  | { at: 'approval.refused'; approvalId: string; by: string; reason: string };

/** Something that happens to a run. */
export type RunMoment =
  | { at: 'run.paused' | 'run.resumed'; by: string }
  | { at: 'request.refused'; request: 'pause' | 'resume' | 'cancel' | 'change'; by: string; reason: string };

export type Moment = StepMoment | ApprovalMoment | RunMoment;

/** Voice of a process: turns each moment into events under the process's own names. */
export type Voice = (moment: Moment) => Spoken[];
