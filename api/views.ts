import type {
  ArtifactLink,
  Clarification,
  Deliverable,
  Item,
  Operation,
  Project,
  ProjectSummary,
  Run,
} from '../schemas/api';
import type { DeliverableView, ItemView, ProjectView } from '../schemas/audit/run';
import type { OperationView } from '../schemas/operations/run';
import type { ArtifactRef } from '../schemas/refs';
import type { RunView } from '../schemas/run';
import type { ListedProject } from '../src/runs/audit/list';
import { links } from './links';

/** Pure mappers from what runs say of themselves to what the API answers. */

type UiUrl = (workflowId: string) => string | undefined;

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
    ...(run.ended_at === undefined ? {} : { ended_at: run.ended_at }),
    ...(run.error === undefined ? {} : { error: run.error }),
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
    links: { answer: links.clarification(project_id, question.approval_id) },
  }));

function itemOf({ deliverable, ...item }: ItemView): Item {
  return { ...item, ...(deliverable === undefined ? {} : { deliverable: deliverableOf(deliverable) }) };
}

function deliverableOf({ artifacts, ...deliverable }: DeliverableView): Deliverable {
  return { ...deliverable, artifacts: artifacts.map(artifactOf) };
}

export const artifactOf = (artifact: ArtifactRef): ArtifactLink => ({
  ...artifact,
  href: links.artifact(artifact.path),
});

/** Where to go on with a project. */
export function projectLinks(projectId: string, workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const temporal = uiUrl(workflowId);
  return {
    self: links.project(projectId),
    events: links.projectEvents(projectId),
    items: links.items(projectId),
    deliverables: links.deliverables(projectId),
    clarifications: links.clarifications(projectId),
    run: links.run(workflowId),
    steps: links.steps(workflowId),
    ...(temporal === undefined ? {} : { temporal }),
  };
}

export function summaryOf(project: ListedProject, uiUrl: UiUrl): ProjectSummary {
  return { ...project, links: projectLinks(project.project_id, project.workflow_id, uiUrl) };
}

export function runOf(run: RunView, uiUrl: UiUrl): Run {
  const temporal = uiUrl(run.workflow_id);
  return {
    ...run,
    approvals: run.approvals,
    links: {
      self: links.run(run.workflow_id),
      steps: links.steps(run.workflow_id),
      events: links.runEvents(run.workflow_id),
      decide: links.decide(run.workflow_id),
      ...(run.subject.kind === 'project' ? { project: links.project(run.subject.id) } : {}),
      ...(temporal === undefined ? {} : { temporal }),
    },
  };
}

export function operationOf(run: RunView, uiUrl: UiUrl): Operation {
  const { operation, ...view } = run.view as unknown as OperationView;
  return {
    operation_id: operation,
    status: run.status,
    ...view,
    started_at: run.started_at,
    ...(run.ended_at === undefined ? {} : { ended_at: run.ended_at }),
    ...(run.error === undefined ? {} : { error: run.error }),
    links: operationLinks(operation, uiUrl),
  };
}

/** Where to go on with an operation. */
export function operationLinks(workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const temporal = uiUrl(workflowId);
  return {
    self: links.operation(workflowId),
    run: links.run(workflowId),
    events: links.runEvents(workflowId),
    ...(temporal === undefined ? {} : { temporal }),
  };
}
