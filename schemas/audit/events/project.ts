import { Type } from 'typebox';
import { Identifier } from '../../json';
import { ArtifactRef, Ref } from '../../refs';
import { WorkContext } from '../work-context';
import { defineEvent, Failure, projectPayload } from '../../events/define';

const ItemType = Type.Literal('AGENT_TASK');

export const projectEvents = [
  defineEvent({
    type: 'PROJECT.INITIAL_REQUEST_RECEIVED',
    version: 1,
    summary:
      'Somebody asks for an audit. Published by a user, it starts a project; the platform mirrors every request with it.',
    payload: projectPayload({
      request_text: Type.String({ minLength: 1, maxLength: 20_000 }),
      work_context: Type.Optional(WorkContext),
      work_context_ref: Type.Optional(Ref),
      rows: Type.Optional(Type.Integer({ minimum: 0 })),
    }),
    example: {
      project_id: 'P-2026-001',
      request_text: 'full audit of the sales back office',
      work_context: {
        rows: [{ category: 'Invoicing', estimated_minutes: 45, text: 'Re-type delivery notes into the ERP' }],
        hourly_rate: 42,
        period: { type: 'monthly', working_days: 21 },
      },
    },
  }),
  defineEvent({
    type: 'PROJECT.RETRIED',
    version: 1,
    summary:
      'Somebody wants a failed project to go on. What it has delivered stays; the items that it lacks are worked on again.',
    payload: projectPayload({ by: Type.String({ maxLength: 200 }) }),
    example: { project_id: 'P-2026-001', by: 'o.martin' },
  }),
  defineEvent({
    type: 'PROJECT.BACKLOG_GENERATED',
    version: 1,
    summary: 'The request has become a backlog: one item for each agent that is to deliver.',
    payload: projectPayload({
      items: Type.Array(
        Type.Object({
          backlog_item_id: Identifier,
          title: Type.String(),
          item_type: ItemType,
          agent_target: Type.String(),
          depends_on: Type.Array(Identifier),
          reason: Type.String({ description: 'the rule that put the item into the backlog' }),
        }),
      ),
    }),
    example: {
      project_id: 'P-2026-001',
      items: [
        {
          backlog_item_id: 'time_waste',
          title: 'Where the minutes go',
          item_type: 'AGENT_TASK',
          agent_target: 'time_waste_worker',
          depends_on: [],
          reason: 'a full audit takes every agent',
        },
      ],
    },
  }),
  defineEvent({
    type: 'WORK.ITEM_DISPATCHED',
    version: 1,
    summary: 'A backlog item goes to its agent. Published by a user, it makes that agent deliver without a project.',
    payload: projectPayload({
      backlog_item_id: Identifier,
      item_type: ItemType,
      agent_target: Type.String({ minLength: 1, maxLength: 80 }),
      work_context: Type.Optional(WorkContext),
      work_context_ref: Type.Optional(Ref),
    }),
    example: {
      project_id: 'P-2026-001',
      backlog_item_id: 'time_waste',
      item_type: 'AGENT_TASK',
      agent_target: 'time_waste_worker',
    },
  }),
  defineEvent({
    type: 'WORK.ITEM_STARTED',
    version: 1,
    summary: 'The agent has begun; `round` counts from 1 and grows with every rework.',
    payload: projectPayload({
      backlog_item_id: Identifier,
      agent_target: Type.String(),
      round: Type.Integer({ minimum: 1 }),
    }),
    example: { project_id: 'P-2026-001', backlog_item_id: 'time_waste', agent_target: 'time_waste_worker', round: 1 },
  }),
  defineEvent({
    type: 'DELIVERABLE.PUBLISHED',
    version: 1,
    summary: 'An accepted deliverable lies in the document store: a JSON document, a Markdown report, a row table.',
    payload: projectPayload({
      backlog_item_id: Identifier,
      agent_target: Type.String(),
      status: Type.Union([Type.Literal('complete'), Type.Literal('insufficient_data')]),
      headline: Type.String({ maxLength: 1000 }),
      artifacts: Type.Array(ArtifactRef),
    }),
    example: {
      project_id: 'P-2026-001',
      backlog_item_id: 'time_waste',
      agent_target: 'time_waste_worker',
      status: 'complete',
      headline: '945 minutes a day; re-typing is 31 % of them',
      artifacts: [
        {
          artifact_id: '0'.repeat(64),
          path: 'projects/P-2026-001/time_waste/report.md',
          media_type: 'text/markdown',
          bytes: 4210,
        },
      ],
    },
  }),
  defineEvent({
    type: 'WORK.ITEM_COMPLETED',
    version: 1,
    summary: 'The deliverable meets the definition of done, or a person has accepted it.',
    payload: projectPayload({
      backlog_item_id: Identifier,
      agent_target: Type.String(),
      rounds: Type.Integer({ minimum: 1 }),
      accepted_by: Type.String({ description: '`definition_of_done`, or the name of the person' }),
    }),
    example: {
      project_id: 'P-2026-001',
      backlog_item_id: 'time_waste',
      agent_target: 'time_waste_worker',
      rounds: 1,
      accepted_by: 'definition_of_done',
    },
  }),
  defineEvent({
    type: 'WORK.ITEM_REWORK_REQUESTED',
    version: 1,
    summary: 'The deliverable does not meet the definition of done and goes back to its agent with the findings.',
    payload: projectPayload({
      backlog_item_id: Identifier,
      agent_target: Type.String(),
      round: Type.Integer({ minimum: 1 }),
      requested_by: Type.String(),
      findings: Type.Array(
        Type.Object({ code: Type.String(), message: Type.String(), pointer: Type.Optional(Type.String()) }),
      ),
    }),
    example: {
      project_id: 'P-2026-001',
      backlog_item_id: 'cost',
      agent_target: 'cost_worker',
      round: 1,
      requested_by: 'definition_of_done',
      findings: [
        { code: 'totals.mismatch', message: 'the categories sum to 940 minutes, the rows to 945', pointer: '/totals' },
      ],
    },
  }),
  defineEvent({
    type: 'WORK.ITEM_FAILED',
    version: 1,
    summary: 'The item ends without an accepted deliverable.',
    payload: projectPayload({ backlog_item_id: Identifier, agent_target: Type.String(), error: Failure }),
    example: {
      project_id: 'P-2026-001',
      backlog_item_id: 'cost',
      agent_target: 'cost_worker',
      error: { type: 'rework.exhausted', message: 'not accepted after 3 rounds, and nobody answered in time' },
    },
  }),
  defineEvent({
    type: 'PROJECT.COMPLETED',
    version: 1,
    summary: 'Every item has an accepted deliverable; the summary joins them.',
    payload: projectPayload({
      status: Type.Union([Type.Literal('complete'), Type.Literal('insufficient_data')]),
      deliverables: Type.Integer({ minimum: 0 }),
      summary: Type.Optional(ArtifactRef),
    }),
    example: { project_id: 'P-2026-001', status: 'complete', deliverables: 5 },
  }),
  defineEvent({
    type: 'PROJECT.FAILED',
    version: 1,
    summary: 'The project ends without all its deliverables; also when it was cancelled.',
    payload: projectPayload({ error: Failure, failed_items: Type.Array(Identifier) }),
    example: {
      project_id: 'P-2026-001',
      error: { type: 'run.cancelled', message: 'cancelled by m.durand' },
      failed_items: ['cost'],
    },
  }),
];
