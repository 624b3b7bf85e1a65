import { Type } from 'typebox';
import { Instant } from '../json';
import { Channel, decided, defineEvent, runPayload } from './define';

const ApprovalId = Type.String({ minLength: 1, maxLength: 120 });

export const approvalEvents = [
  defineEvent({
    type: 'APPROVAL.REQUESTED',
    version: 1,
    summary: 'The run waits for a person.',
    payload: runPayload({
      approval_id: ApprovalId,
      question: Type.String(),
      assignee: Type.Optional(Type.String()),
      choices: Type.Array(Type.String()),
      digest: Type.String(),
      expires_at: Instant,
    }),
    example: {
      run: 'audit.run.1f0a',
      approval_id: 'send',
      question: 'Send 40 letters?',
      choices: ['approve', 'reject'],
      digest: 'sha256:' + '0'.repeat(64),
      expires_at: '2026-01-12T08:00:00.000Z',
    },
  }),
  defineEvent({
    type: 'APPROVAL.DECIDED',
    version: 1,
    summary: 'A person has decided. The first decision wins.',
    payload: runPayload({
      approval_id: ApprovalId,
      ...decided,
    }),
    example: {
      run: 'audit.run.1f0a',
      approval_id: 'send',
      decision_id: 'd-1',
      choice: 'approve',
      by: 'm.durand',
      channel: 'api',
      verified: true,
    },
  }),
  defineEvent({
    type: 'APPROVAL.OVERDUE',
    version: 1,
    summary: 'Nobody has decided yet: a reminder or an escalation.',
    payload: runPayload({
      approval_id: ApprovalId,
      level: Type.Union([Type.Literal('reminder'), Type.Literal('escalation')]),
      expires_at: Instant,
    }),
    example: { run: 'audit.run.1f0a', approval_id: 'send', level: 'reminder', expires_at: '2026-01-12T08:00:00.000Z' },
  }),
  defineEvent({
    type: 'APPROVAL.EXPIRED',
    version: 1,
    summary: 'The wait is over and nobody has decided.',
    payload: runPayload({ approval_id: ApprovalId }),
    example: { run: 'audit.run.1f0a', approval_id: 'send' },
  }),
  defineEvent({
    type: 'DECISION.REFUSED',
    version: 1,
    summary: 'A decision by signal, or one that proves nobody, was not accepted; nothing has changed.',
    payload: runPayload({
      approval_id: Type.String({ maxLength: 120 }),
      by: Type.String(),
      channel: Channel,
      reason: Type.String(),
    }),
    example: {
      run: 'audit.run.1f0a',
      approval_id: 'send',
      by: 'somebody',
      channel: 'signal',
      reason: 'signals do not decide here (APPROVAL_SIGNALS=refuse)',
    },
  }),
];
