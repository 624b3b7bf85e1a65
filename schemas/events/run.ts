import { Type } from 'typebox';
import { defineEvent, Failure, runPayload } from './define';

export const runEvents = [
  defineEvent({
    type: 'RUN.STARTED',
    version: 1,
    summary: 'A run of a plan has begun.',
    payload: runPayload({
      plan: Type.String({ description: 'name of the plan' }),
      steps: Type.Integer({ minimum: 1 }),
    }),
    example: { run: 'audit.run.1f0a', plan: 'letters', steps: 4 },
  }),
  defineEvent({
    type: 'RUN.COMPLETED',
    version: 1,
    summary: 'Every step of the plan has ended well, or was recovered.',
    payload: runPayload({}),
    example: { run: 'audit.run.1f0a' },
  }),
  defineEvent({
    type: 'RUN.FAILED',
    version: 1,
    summary: 'A step has failed, and nothing in the plan recovers it.',
    payload: runPayload({ error: Failure }),
    example: { run: 'audit.run.1f0a', error: { type: 'http.status', message: 'fetch: answered 404' } },
  }),
  defineEvent({
    type: 'RUN.CANCELLED',
    version: 1,
    summary: 'Somebody has cancelled the run.',
    payload: runPayload({ by: Type.Optional(Type.String()) }),
    example: { run: 'audit.run.1f0a', by: 'm.durand' },
  }),
  defineEvent({
    type: 'RUN.PAUSED',
    version: 1,
    summary: 'No new step starts until the run is resumed; steps that run go on.',
    payload: runPayload({ by: Type.Optional(Type.String()) }),
    example: { run: 'audit.run.1f0a', by: 'm.durand' },
  }),
  defineEvent({
    type: 'RUN.RESUMED',
    version: 1,
    summary: 'The run goes on.',
    payload: runPayload({ by: Type.Optional(Type.String()) }),
    example: { run: 'audit.run.1f0a', by: 'm.durand' },
  }),
  defineEvent({
    type: 'RUN.REQUEST_REFUSED',
    version: 1,
    summary: 'A request to pause, resume or cancel the run proved nobody, and does not count here.',
    payload: runPayload({
      request: Type.Enum(['pause', 'resume', 'cancel', 'change']),
      by: Type.String({ description: 'the name that its sender typed' }),
      reason: Type.String(),
    }),
    example: {
      run: 'audit.run.1f0a',
      request: 'cancel',
      by: 'somebody',
      reason: 'signals without a proof do not count here (APPROVAL_SIGNALS=token): use the API',
    },
  }),
  defineEvent({
    type: 'RUN.RESET',
    version: 1,
    summary:
      'Somebody has set the run back in Temporal: what it said from `from_seq` on is void, and is said anew under the same numbers.',
    payload: runPayload({
      new_run_id: Type.String({ minLength: 1, description: 'the execution that goes on' }),
      from_seq: Type.Integer({ minimum: 1 }),
      reason: Type.Optional(Type.String()),
    }),
    example: {
      run: 'audit.run.1f0a',
      new_run_id: '0b5c2a52-6a0e-4c53-9d3e-0a8f3f3b6c11',
      from_seq: 7,
      reason: 'the partner had sent a wrong file',
    },
  }),
];
