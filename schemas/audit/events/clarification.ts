import { Type } from 'typebox';
import { Identifier, Instant } from '../../json';
import { decided, defineEvent, projectPayload } from '../../events/define';

export const clarificationEvents = [
  defineEvent({
    type: 'CLARIFICATION.REQUESTED',
    version: 1,
    summary:
      'The project needs an answer of a person: rows of work, or what to do with a deliverable that was not accepted.',
    payload: projectPayload({
      clarification_id: Identifier,
      kind: Type.Union([Type.Literal('missing_rows'), Type.Literal('review')]),
      question: Type.String(),
      backlog_item_id: Type.Optional(Identifier),
      choices: Type.Array(Type.String()),
      digest: Type.String({ description: 'what was shown: an answer may carry it to say what it answers to' }),
      due_at: Instant,
      expires_at: Instant,
    }),
    example: {
      project_id: 'P-2026-001',
      clarification_id: 'rows',
      kind: 'missing_rows',
      question: 'The request holds no rows of work. Which work is to be audited?',
      choices: ['provide', 'decline'],
      digest: 'sha256:' + '0'.repeat(64),
      due_at: '2026-01-05T12:00:00.000Z',
      expires_at: '2026-01-12T08:00:00.000Z',
    },
  }),
  defineEvent({
    type: 'CLARIFICATION.OVERDUE',
    version: 1,
    summary: 'Nobody has answered yet: a reminder, an escalation, or the end of the wait.',
    payload: projectPayload({
      clarification_id: Identifier,
      level: Type.Union([Type.Literal('reminder'), Type.Literal('escalation'), Type.Literal('expired')]),
      expires_at: Instant,
    }),
    example: {
      project_id: 'P-2026-001',
      clarification_id: 'rows',
      level: 'reminder',
      expires_at: '2026-01-12T08:00:00.000Z',
    },
  }),
  defineEvent({
    type: 'CLARIFICATION.ANSWERED',
    version: 1,
    summary: 'A person has answered. The first answer wins.',
    payload: projectPayload({
      clarification_id: Identifier,
      ...decided,
    }),
    example: {
      project_id: 'P-2026-001',
      clarification_id: 'rows',
      decision_id: 'd-1',
      choice: 'provide',
      by: 'm.durand',
      channel: 'api',
      verified: true,
    },
  }),
];
