import { workflowInfo } from '@temporalio/workflow';
import type { AgentDelivery, AuditInput, Backlog, DeliverableView, ItemView } from '../../schemas/audit/run';
import type { Failure } from '../../schemas/catalogue';
import type { StepStatus, StepView } from '../../schemas/run';
import type { Spoken } from '../../core/engine/event';
import { planVoice } from '../../core/engine/plan-voice';
import type { Run } from '../engine/run';
import type { Voice } from '../../core/engine/voice';

/** Events of an audit project: the steps of its plan are the items of its backlog. */
export function auditVoice(input: Pick<AuditInput, 'project_id'>, backlog: Backlog | undefined): Voice {
  const { project_id } = input;
  const item = (id: string, uses: string | undefined) => ({
    project_id,
    backlog_item_id: id,
    agent_target: uses ?? id,
  });
  const plan = planVoice(workflowInfo().workflowId);
  return (moment) => {
    // an item is the work of an agent; steps of tools that serve it are part of it
    if ('step' in moment && moment.step.kind === 'tool') return [];
    switch (moment.at) {
      case 'step.started': {
        const about = item(moment.step.id, moment.step.uses);
        const started: Spoken = { type: 'WORK.ITEM_STARTED', payload: { ...about, round: moment.round } };
        if (moment.round > 1) return [started];
        const work = backlog?.work_context ? { work_context_ref: backlog.work_context } : {};
        return [{ type: 'WORK.ITEM_DISPATCHED', payload: { ...about, item_type: 'AGENT_TASK', ...work } }, started];
      }
      case 'step.retried': {
        const { step, round, requestedBy, findings } = moment;
        const requested_by = requestedBy === step.until?.check ? 'definition_of_done' : requestedBy;
        const reasons = findings.map(({ code, message, pointer }) => ({
          code,
          message,
          ...(pointer ? { pointer } : {}),
        }));
        return [
          {
            type: 'WORK.ITEM_REWORK_REQUESTED',
            payload: { ...item(step.id, step.uses), round, requested_by, findings: reasons },
          },
        ];
      }
      case 'step.completed': {
        const { step, state, acceptedBy = 'definition_of_done' } = moment;
        const about = item(step.id, step.uses);
        const delivery = deliveryOf(state.output);
        const accepted_by = acceptedBy === step.until?.check ? 'definition_of_done' : acceptedBy;
        const { status, headline, artifacts } = delivery;
        return [
          { type: 'DELIVERABLE.PUBLISHED', payload: { ...about, status, headline, artifacts } },
          { type: 'WORK.ITEM_COMPLETED', payload: { ...about, rounds: state.rounds, accepted_by } },
        ];
      }
      case 'step.failed':
        return [
          { type: 'WORK.ITEM_FAILED', payload: { ...item(moment.step.id, moment.step.uses), error: moment.error } },
        ];
      case 'step.skipped': {
        const error = { type: 'step.skipped', message: moment.reason };
        return [{ type: 'WORK.ITEM_FAILED', payload: { ...item(moment.step.id, moment.step.uses), error } }];
      }
      case 'step.ready':
      case 'step.recovered':
        return [];
      case 'approval.requested': {
        const { approval_id, kind, question, choices, digest, due_at, expires_at } = moment.approval;
        return [
          {
            type: 'CLARIFICATION.REQUESTED',
            payload: {
              project_id,
              clarification_id: approval_id,
              kind: kind === 'review' ? 'review' : 'missing_rows',
              question,
              ...(kind === 'review' ? { backlog_item_id: approval_id.split('.')[0] } : {}),
              choices,
              digest,
              due_at,
              expires_at,
            },
          },
        ];
      }
      case 'approval.overdue':
      case 'approval.expired': {
        const { approval_id, expires_at } = moment.approval;
        const level = moment.at === 'approval.overdue' ? moment.level : 'expired';
        return [
          { type: 'CLARIFICATION.OVERDUE', payload: { project_id, clarification_id: approval_id, level, expires_at } },
        ];
      }
      case 'approval.decided': {
        const { decided_at: _, ...decision } = moment.decision;
        const clarification_id = moment.approval.approval_id;
        return [{ type: 'CLARIFICATION.ANSWERED', payload: { project_id, clarification_id, ...decision } }];
      }
      default:
        return plan(moment);
    }
  };
}

/** The end of a project that has all its deliverables. */
export function projectCompleted({ project_id }: AuditInput, delivered: DeliverableView[]): Spoken {
  const summary = delivered
    .find(({ backlog_item_id }) => backlog_item_id === 'summary')
    ?.artifacts.find(({ media_type }) => media_type.startsWith('text/markdown'));
  const complete = delivered.every(({ status }) => status === 'complete');
  return {
    type: 'PROJECT.COMPLETED',
    payload: {
      project_id,
      status: complete ? 'complete' : 'insufficient_data',
      deliverables: delivered.length,
      ...(summary ? { summary } : {}),
    },
  };
}

/** The end of a project that lacks deliverables; it names them. */
export function projectFailed({ project_id }: AuditInput, error: Failure, open: ItemView[]): Spoken {
  const failed_items = open.map(({ backlog_item_id }) => backlog_item_id);
  return { type: 'PROJECT.FAILED', payload: { project_id, error, failed_items } };
}

/** The backlog as people see it: the planned items and the state of each. */
export function items(backlog: Backlog | undefined, run: Run): ItemView[] {
  const steps = new Map(run.steps.map((step) => [step.id, step]));
  return (backlog?.items ?? []).map(({ backlog_item_id, title, agent_target, depends_on }) => {
    const step = steps.get(backlog_item_id);
    const deliverable = step && step.status === 'completed' ? deliverableOf(step) : undefined;
    return {
      backlog_item_id,
      title,
      agent_target,
      status: itemStatus(step?.status ?? 'pending'),
      rounds: step?.rounds ?? 0,
      depends_on,
      ...(deliverable ? { deliverable } : {}),
      ...(step?.error ? { error: step.error } : {}),
    };
  });
}

/** Deliverables that have been accepted. */
export function deliverables(backlog: Backlog | undefined, run: Run): DeliverableView[] {
  return items(backlog, run).flatMap(({ deliverable }) => (deliverable ? [deliverable] : []));
}

/** Deliverable of a completed item. */
export function deliverableOf(step: StepView): DeliverableView {
  const { status, headline, artifacts } = deliveryOf(step.output);
  return { backlog_item_id: step.id, agent_target: step.uses ?? step.id, status, headline, artifacts };
}

/** Delivery of an agent. It is small, so it is inline until the run continues as new. */
function deliveryOf(output: StepView['output']): Pick<AgentDelivery, 'status' | 'headline' | 'artifacts'> {
  if (output && 'inline' in output && output.inline !== null) return output.inline as unknown as AgentDelivery;
  return { status: 'complete', headline: '', artifacts: [] };
}

function itemStatus(status: StepStatus): ItemView['status'] {
  switch (status) {
    case 'pending':
    case 'running':
    case 'waiting':
    case 'completed':
    case 'failed':
    case 'cancelled':
      return status;
    case 'ready':
      return 'rework';
    case 'skipped':
      return 'failed';
  }
}
