import { Type, type Static } from 'typebox';
import {
  Approval,
  ArtifactLink,
  Counts,
  Cursor,
  decided,
  Links,
  Outcome,
  retrying,
  RunStatus,
  type Fits,
} from '../api';
import { Failure } from '../events/define';
import { Identifier, Instant } from '../json';
import type { DeliverableView, ItemView, ProjectView } from './run';
import { WorkContext } from './work-context';

/** Bodies and answers of the API of audits. Times are UTC, ISO 8601. */

/** `POST /initial-request` as JSON. */
export const InitialRequest = Type.Object(
  {
    project_id: Type.Optional(Identifier),
    request_text: Type.String({
      minLength: 1,
      maxLength: 20_000,
      pattern: '\\S',
      description: 'what is to be audited',
    }),
    work_context: Type.Optional(WorkContext),
  },
  { $id: 'InitialRequest', additionalProperties: false },
);
export type InitialRequest = Static<typeof InitialRequest>;

/** A number as people write it in a form. */
export const DECIMAL = '^\\d{1,12}([.,]\\d{1,6})?$';

/** Fields that go together. */
const together = { dependentRequired: { period_type: ['working_days'], working_days: ['period_type'] } };

const formContext = {
  work_context: Type.Optional(
    Type.String({
      contentMediaType: 'application/json',
      description: 'a WorkContext as JSON; the other fields win over it',
    }),
  ),
  hourly_rate: Type.Optional(
    Type.String({ pattern: DECIMAL, description: 'money per hour, at most 1,000,000: `42` or `42,50`' }),
  ),
  period_type: Type.Optional(Type.Enum(['daily', 'weekly', 'monthly', 'yearly'])),
  working_days: Type.Optional(
    Type.String({ pattern: DECIMAL, description: 'working days in the period, at most 366' }),
  ),
  rows_cover: Type.Optional(Type.Enum(['day', 'period'], { default: 'day' })),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', default: 'EUR', description: 'ISO 4217' })),
  language: Type.Optional(Type.Enum(['en', 'fr'], { default: 'en' })),
  file: Type.Optional(
    Type.String({
      contentMediaType: 'application/octet-stream',
      description:
        'one spreadsheet (.xlsx, .xls, .xlsb, .ods or .csv) of rows, with the columns category, estimated minutes and text (English or French)',
    }),
  ),
};

/** `POST /initial-request` as multipart/form-data. */
export const InitialRequestForm = Type.Object(
  {
    project_id: Type.Optional(Identifier),
    request_text: InitialRequest.properties.request_text,
    ...formContext,
  },
  { $id: 'InitialRequestForm', additionalProperties: false, ...together },
);

/** 202 of `POST /initial-request`: the project is durable from here on. */
export const RequestAccepted = Type.Object(
  {
    project_id: Identifier,
    correlation_id: Type.String(),
    workflow_id: Type.String(),
    status: Type.Literal('accepted'),
    links: Links,
  },
  { $id: 'RequestAccepted' },
);
export type RequestAccepted = Static<typeof RequestAccepted>;

export const Deliverable = Type.Object(
  {
    backlog_item_id: Type.String(),
    agent_target: Type.String(),
    status: Type.Enum(['complete', 'insufficient_data']),
    headline: Type.String(),
    artifacts: Type.Array(ArtifactLink),
  },
  { $id: 'Deliverable' },
);
export type Deliverable = Static<typeof Deliverable>;

export const Item = Type.Object(
  {
    backlog_item_id: Type.String(),
    title: Type.String(),
    agent_target: Type.String(),
    status: Type.Enum(['pending', 'running', 'rework', 'waiting', 'completed', 'failed', 'cancelled']),
    rounds: Type.Integer({ minimum: 0, description: 'how often the agent has worked on it' }),
    depends_on: Type.Array(Type.String()),
    deliverable: Type.Optional(Deliverable),
    error: Type.Optional(Failure),
  },
  { $id: 'Item' },
);
export type Item = Static<typeof Item>;

/** A question of a project: an approval, and the address to answer it at. */
export const Clarification = Type.Object(
  { clarification_id: Type.String(), ...Approval.properties, links: Links },
  { $id: 'Clarification' },
);
export type Clarification = Static<typeof Clarification>;

/** An audit project. */
export const Project = Type.Object(
  {
    project_id: Type.String(),
    status: RunStatus,
    request_text: Type.String(),
    requested_by: Type.String(),
    rows: Type.Integer({ minimum: 0, description: 'rows of work it was given' }),
    correlation_id: Type.String(),
    workflow_id: Type.String(),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    error: Type.Optional(Failure),
    outcome: Type.Optional(Outcome),
    retrying,
    items: Type.Array(Item),
    deliverables: Type.Array(Deliverable),
    clarifications: Type.Array(Clarification),
    links: Links,
  },
  { $id: 'Project' },
);
export type Project = Static<typeof Project>;

/** A project in a list. `status` is its state, or its end in a word, as Temporal's index knows it: a second old at most. */
export const ProjectSummary = Type.Object(
  {
    project_id: Type.String(),
    status: Type.String(),
    request_text: Type.String({ description: 'its beginning, at most 200 characters' }),
    correlation_id: Type.Optional(Type.String()),
    workflow_id: Type.String(),
    started_at: Instant,
    ended_at: Type.Optional(Instant),
    links: Links,
  },
  { $id: 'ProjectSummary' },
);
export type ProjectSummary = Static<typeof ProjectSummary>;

export const Projects = Type.Object(
  { projects: Type.Array(ProjectSummary), counts: Type.Optional(Counts), next_cursor: Type.Optional(Cursor) },
  { $id: 'Projects' },
);
export type Projects = Static<typeof Projects>;

export const Items = Type.Object(
  { project_id: Type.String(), items: Type.Array(Item), next_cursor: Type.Optional(Cursor) },
  { $id: 'Items' },
);
export const Deliverables = Type.Object(
  { project_id: Type.String(), deliverables: Type.Array(Deliverable), next_cursor: Type.Optional(Cursor) },
  { $id: 'Deliverables' },
);
export const Clarifications = Type.Object(
  { project_id: Type.String(), clarifications: Type.Array(Clarification), next_cursor: Type.Optional(Cursor) },
  { $id: 'Clarifications' },
);

/** `POST /projects/{project_id}/clarifications/{clarification_id}` as JSON. Rows alone mean the choice `provide`. */
export const ClarificationAnswer = Type.Object(
  {
    choice: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    work_context: Type.Optional(WorkContext),
    ...decided,
  },
  { $id: 'ClarificationAnswer', additionalProperties: false },
);
export type ClarificationAnswer = Static<typeof ClarificationAnswer>;

/** The same as multipart/form-data, with a spreadsheet of rows. */
export const ClarificationAnswerForm = Type.Object(
  { choice: Type.Optional(Type.String()), ...decided, ...formContext },
  { $id: 'ClarificationAnswerForm', additionalProperties: false, ...together },
);

type _Fits = [
  Fits<Omit<ItemView, 'deliverable'>, Omit<Item, 'deliverable'>>,
  Fits<Omit<DeliverableView, 'artifacts'>, Omit<Deliverable, 'artifacts'>>,
  Fits<Pick<ProjectView, 'project_id' | 'rows'>, Pick<Project, 'project_id' | 'rows'>>,
];
