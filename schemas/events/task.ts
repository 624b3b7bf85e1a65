import { Type } from 'typebox';
import { defineEvent, Failure, runPayload } from './define';

const StepName = Type.String({ minLength: 1, maxLength: 80 });
const Round = Type.Integer({ minimum: 1 });

export const taskEvents = [
  defineEvent({
    type: 'TASK.READY',
    version: 1,
    summary: 'All that a step waits for has ended, and it waits for a place among those at work; others begin at once.',
    payload: runPayload({ step: StepName, uses: Type.Optional(Type.String()) }),
    example: { run: 'audit.run.1f0a', step: 'fetch', uses: 'http.request' },
  }),
  defineEvent({
    type: 'TASK.STARTED',
    version: 1,
    summary: 'A step of a plan has begun.',
    payload: runPayload({ step: StepName, uses: Type.Optional(Type.String()), round: Round }),
    example: { run: 'audit.run.1f0a', step: 'fetch', uses: 'http.request', round: 1 },
  }),
  defineEvent({
    type: 'TASK.COMPLETED',
    version: 1,
    summary: 'A step has given its output.',
    payload: runPayload({ step: StepName, round: Round, milliseconds: Type.Integer({ minimum: 0 }) }),
    example: { run: 'audit.run.1f0a', step: 'fetch', round: 1, milliseconds: 412 },
  }),
  defineEvent({
    type: 'TASK.RETRIED',
    version: 1,
    summary: 'A step goes into another round: its check was not met, or its attempts failed.',
    payload: runPayload({ step: StepName, round: Round, reason: Type.String() }),
    example: { run: 'audit.run.1f0a', step: 'fetch', round: 1, reason: 'http.timeout: no answer within 5 s' },
  }),
  defineEvent({
    type: 'TASK.FAILED',
    version: 1,
    summary: 'A step has failed for good.',
    payload: runPayload({ step: StepName, error: Failure }),
    example: { run: 'audit.run.1f0a', step: 'fetch', error: { type: 'http.status', message: 'answered 404' } },
  }),
  defineEvent({
    type: 'TASK.RECOVERED',
    version: 1,
    summary: 'A failed step was replaced by its fallback, or the plan goes on without it.',
    payload: runPayload({
      step: StepName,
      by: Type.String({ description: '`continue`, or the id of the fallback step' }),
    }),
    example: { run: 'audit.run.1f0a', step: 'fetch', by: 'fetch_from_cache' },
  }),
  defineEvent({
    type: 'TASK.SKIPPED',
    version: 1,
    summary: 'A step does not run: its condition is false, or a step that it depends on was skipped.',
    payload: runPayload({ step: StepName, reason: Type.String() }),
    example: { run: 'audit.run.1f0a', step: 'notify', reason: 'when: steps.fetch.output.count > 0' },
  }),
];
