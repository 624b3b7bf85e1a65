import { Type, type Static } from 'typebox';
import type { Language } from '../language';
import { ArtifactRef, refTo, type Ref } from '../refs';
import type { ApprovalView, SignalPolicy } from '../run';
import type { DeliverableDocument } from './deliverables';
import type { WorkContext } from './work-context';

/** Input of an audit project. Rows travel by reference: `work_context` names a `WorkContext` in the document store. */
export interface AuditInput {
  project_id: string;
  correlation_id: string;
  /** the event that asked for it, if one did */
  causation_id?: string;
  request_text: string;
  work_context?: Ref<WorkContext>;
  /** rows in the work context */
  rows: number;
  language: Language;
  requested_by: string;
  options: AuditOptions;
}

/** Input of one agent's work without a project: a dispatch that somebody else has published. */
export interface DispatchInput extends Pick<
  AuditInput,
  'project_id' | 'correlation_id' | 'work_context' | 'rows' | 'language' | 'requested_by' | 'options'
> {
  /** the event that asked for it */
  event_id: string;
  backlog_item_id: string;
  agent_target: string;
  /** folder of its artifacts, apart from those of a project of that name */
  folder: string;
}

/** A run of a dispatch, as its workflow's `view`. */
export interface DispatchView {
  project_id: string;
  backlog_item_id: string;
  agent_target: string;
  requested_by: string;
  rows: number;
  deliverable?: DeliverableView;
}

/** Settings a project keeps from its start to its end. Times are milliseconds. */
export interface AuditOptions {
  remind_after: number;
  escalate_after: number;
  expire_after: number;
  rework_rounds: number;
  approval_signals: SignalPolicy;
}

/** One item of a project's backlog, as people see it. */
export interface ItemView {
  backlog_item_id: string;
  title: string;
  agent_target: string;
  status: 'pending' | 'running' | 'rework' | 'waiting' | 'completed' | 'failed' | 'cancelled';
  rounds: number;
  depends_on: string[];
  deliverable?: DeliverableView;
  error?: { type: string; message: string };
}

/** An accepted deliverable. */
export interface DeliverableView {
  backlog_item_id: string;
  agent_target: string;
  status: 'complete' | 'insufficient_data';
  headline: string;
  artifacts: ArtifactRef[];
}

/** An audit project, as its workflow's `view` and as `GET /projects/:id` gives it. */
export interface ProjectView {
  project_id: string;
  request_text: string;
  requested_by: string;
  rows: number;
  items: ItemView[];
  deliverables: DeliverableView[];
  clarifications: ApprovalView[];
}

/**
 * Output of an audit agent: the deliverable's document by reference, and the files made of it. Small enough to
 * travel inline, so that events and views can be made of it.
 */
export const AgentDelivery = Type.Object({
  status: Type.Enum(['complete', 'insufficient_data']),
  headline: Type.String({ maxLength: 300 }),
  document: refTo<DeliverableDocument>(),
  artifacts: Type.Array(ArtifactRef, { maxItems: 5 }),
});
export type AgentDelivery = Static<typeof AgentDelivery>;

/** The rows to audit: a reference into the document store, and their number. */
export interface WorkToAudit {
  work_context?: Ref<WorkContext>;
  rows: number;
}

/** A backlog, and the plan that works through it. */
export interface Backlog {
  items: {
    backlog_item_id: string;
    title: string;
    item_type: 'AGENT_TASK';
    agent_target: string;
    depends_on: string[];
    reason: string;
  }[];
  plan: Ref;
  rows: number;
  work_context?: Ref<WorkContext>;
}
