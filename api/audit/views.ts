import type { Clarification, Deliverable, Item, Project, ProjectSummary } from '../../schemas/audit/api';
import type { DeliverableView, ItemView, ProjectView } from '../../schemas/audit/run';
import type { RunView } from '../../schemas/run';
import type { ListedProject } from '../../src/runs/audit/list';
import { artifactOf } from '../artifacts/views';
import { addressOf, temporalLink, type UiUrl } from '../links';
import { runLinks } from '../runs/views';
import { auditContracts } from './contract';

/** Pure mappers from projects' own views to answers of the API. */

export function projectOf(run: RunView, uiUrl: UiUrl): Project {
  const view = run.view as unknown as ProjectView;
  const { project_id } = view;
  return {
    project_id,
    status: run.status,
    request_text: view.request_text,
    requested_by: view.requested_by,
    rows: view.rows,
    correlation_id: run.correlation_id,
    workflow_id: run.workflow_id,
    started_at: run.started_at,
    ended_at: run.ended_at,
    error: run.error,
    outcome: run.outcome,
    items: itemsOf(view),
    deliverables: deliverablesOf(view),
    clarifications: clarificationsOf(view),
    links: projectLinks(project_id, run.workflow_id, uiUrl),
  };
}

export const itemsOf = ({ items }: ProjectView): Item[] => items.map(itemOf);
export const deliverablesOf = ({ deliverables }: ProjectView): Deliverable[] => deliverables.map(deliverableOf);
export const clarificationsOf = ({ project_id, clarifications }: ProjectView): Clarification[] =>
  clarifications.map((question) => ({
    clarification_id: question.approval_id,
    ...question,
    links: {
      answer: addressOf(auditContracts.answerClarification, { project_id, clarification_id: question.approval_id }),
    },
  }));

function itemOf({ deliverable, ...item }: ItemView): Item {
  return { ...item, deliverable: deliverable && deliverableOf(deliverable) };
}

function deliverableOf({ artifacts, ...deliverable }: DeliverableView): Deliverable {
  return { ...deliverable, artifacts: artifacts.map(artifactOf) };
}

/** Links from a project onwards. */
export function projectLinks(projectId: string, workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const project = { project_id: projectId };
  const { run, steps } = runLinks(workflowId);
  return {
    self: addressOf(auditContracts.getProject, project),
    events: addressOf(auditContracts.projectEvents, project),
    items: addressOf(auditContracts.getItems, project),
    deliverables: addressOf(auditContracts.getDeliverables, project),
    clarifications: addressOf(auditContracts.getClarifications, project),
    run,
    steps,
    ...temporalLink(workflowId, uiUrl),
  };
}

export function summaryOf(project: ListedProject, uiUrl: UiUrl): ProjectSummary {
  return { ...project, links: projectLinks(project.project_id, project.workflow_id, uiUrl) };
}
