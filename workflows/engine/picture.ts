import { setCurrentDetails, upsertMemo, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { StepTable } from '../../core/engine/table';
import type { ProcessName } from '../../schemas/catalogue';
import type { Subject } from '../../schemas/envelope';
import type { Json } from '../../schemas/json';
import type { RunStatus, RunView, SignalPolicy, StepPage } from '../../schemas/run';
import type { Approvals } from './approvals';
import { STATUS } from './attributes';
import type { Control } from './control';
import { detailsOf } from './details';
import { outcomeOf, type Ending } from './ending';
import type { Outbox } from './outbox';

/** The version of the interpreter, in every run's memo. It grows when stored histories need another code path. */
export const ENGINE_VERSION = 2;

/** Facts of a run that its process has given, and that stay. */
export interface RunFacts {
  process: ProcessName;
  subject: Subject;
  correlationId: string;
  title: string;
  signals: SignalPolicy;
  /** the way to answer a question of the process, for people who look at the run in Temporal's Web UI */
  answerBy?: (approvalId: string) => string;
}

/** Parts of a run that people see. */
export interface PictureParts {
  facts: RunFacts;
  started: string;
  approvals: Approvals;
  control: Control;
  outbox: Outbox;
  ending: Ending;
  table: () => StepTable;
  /** the process's own picture */
  own: () => Json;
}

/** The picture that people have of a run: by queries, in its record, in Temporal's Web UI and in its index. */
export class Picture {
  /** the state that Temporal's index has */
  private shown = workflowInfo().typedSearchAttributes.get(STATUS) ?? 'running';

  constructor(private readonly parts: PictureParts) {}

  get state(): RunStatus {
    const { ending, control, approvals } = this.parts;
    if (ending.conclusion) return ending.status;
    if (control.paused) return 'paused';
    return approvals.waiting ? 'waiting' : 'running';
  }

  view(): RunView {
    const { facts, started, approvals, control, outbox, ending, own } = this.parts;
    const { workflowId, runId } = workflowInfo();
    const { conclusion } = ending;
    const table = this.parts.table();
    return {
      workflow_id: workflowId,
      run_id: runId,
      process: facts.process,
      engine_version: ENGINE_VERSION,
      subject: facts.subject,
      correlation_id: facts.correlationId,
      status: this.state,
      started_at: started,
      ended_at: ending.at,
      paused: conclusion ? undefined : control.pauser,
      steps: { total: table.steps.length, ended: table.ended },
      approvals: approvals.views(),
      seq: outbox.last,
      error: conclusion?.error,
      outcome: conclusion && outcomeOf(conclusion),
      view: own(),
    };
  }

  /** Steps of the plan under way, from one on. */
  stepPage(from: number, limit: number): StepPage {
    const table = this.parts.table();
    const total = table.steps.length;
    const steps = table.views(from, limit);
    const next = from + steps.length;
    return { total, steps, next: next < total ? next : undefined };
  }

  /** Says what this is, for whoever looks at the run in Temporal. */
  introduce(): void {
    upsertMemo({ title: this.parts.facts.title, engine_version: ENGINE_VERSION });
  }

  /** Shows the state of the run in the Web UI; the index learns of it only when it has changed. */
  show(status: string = this.state): void {
    const { facts, approvals, control, ending } = this.parts;
    const { title, signals, answerBy } = facts;
    const { workflowId } = workflowInfo();
    const questions = approvals.views();
    const { pauser: paused } = control;
    const error = ending.conclusion?.error;
    setCurrentDetails(detailsOf({ title, workflowId, status, questions, paused, signals, error, answerBy }));
    if (status === this.shown) return;
    this.shown = status;
    upsertSearchAttributes([{ key: STATUS, value: status }]);
  }
}
