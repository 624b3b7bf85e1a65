import { Type, type TProperties } from 'typebox';
import { defineEvent, Failure } from '../events/define';
import { Identifier } from '../json';

const Version = Type.Integer({ minimum: 1 });
const by = Type.String({ minLength: 1, maxLength: 200 });

/** A payload of an execution's event. */
const executionPayload = <P extends TProperties>(properties: P) =>
  Type.Object({ execution_id: Identifier, definition_id: Identifier, version: Version, ...properties });

/** A payload of a definition's event. */
const definitionPayload = <P extends TProperties>(properties: P) =>
  Type.Object({ definition_id: Identifier, version: Version, name: Type.String(), by, ...properties });

const about = { execution_id: 'X-20261129-1f0a', definition_id: 'lead-processing', version: 3 };
const made = { definition_id: 'lead-processing', version: 1, name: 'Lead Processing', by: 'm.durand' };

export const executionEvents = [
  defineEvent({
    type: 'WORKFLOW.STARTED',
    version: 1,
    summary: 'An execution of a workflow definition has begun.',
    payload: executionPayload({
      name: Type.String(),
      steps: Type.Integer({ minimum: 1 }),
      requested_by: by,
      rerun_of: Type.Optional(
        Type.Unsafe<string>({ ...Identifier, description: 'of a re-run: the execution whose results it takes over' }),
      ),
      from_step: Type.Optional(Type.String({ description: 'of a re-run: the step from which it does its own work' })),
    }),
    example: { ...about, name: 'Lead Processing', steps: 2, requested_by: 'local' },
  }),
  defineEvent({
    type: 'WORKFLOW.RETRIED',
    version: 1,
    summary: 'An execution that had failed or was cancelled goes on from its failed steps; what is done stays.',
    payload: executionPayload({ by }),
    example: { ...about, by: 'm.durand' },
  }),
  defineEvent({
    type: 'WORKFLOW.COMPLETED',
    version: 1,
    summary: 'Every step has ended well, or was recovered.',
    payload: executionPayload({}),
    example: about,
  }),
  defineEvent({
    type: 'WORKFLOW.FAILED',
    version: 1,
    summary: 'A step has failed, and nothing in the definition recovers it.',
    payload: executionPayload({ error: Failure }),
    example: { ...about, error: { type: 'http.status_404', message: 'enrich_lead: answered 404' } },
  }),
  defineEvent({
    type: 'WORKFLOW.CANCELLED',
    version: 1,
    summary: 'Somebody has cancelled the execution.',
    payload: executionPayload({ by: Type.Optional(by) }),
    example: { ...about, by: 'm.durand' },
  }),
];

export const definitionEvents = [
  defineEvent({
    type: 'DEFINITION.CREATED',
    version: 1,
    summary: 'A workflow definition is there, or is there again after it was deleted.',
    payload: definitionPayload({}),
    example: made,
  }),
  defineEvent({
    type: 'DEFINITION.CHANGED',
    version: 1,
    summary: 'A definition has a new version. Executions under way keep theirs.',
    payload: definitionPayload({}),
    example: { ...made, version: 2 },
  }),
  defineEvent({
    type: 'DEFINITION.ROLLED_BACK',
    version: 1,
    summary: 'A new version of a definition says again what an earlier one said.',
    payload: definitionPayload({ from: Type.Integer({ minimum: 1, description: 'the version whose content it has' }) }),
    example: { ...made, version: 3, from: 1 },
  }),
  defineEvent({
    type: 'DEFINITION.DELETED',
    version: 1,
    summary: 'A definition is gone; its versions can still be read, and `version` counts the deletion.',
    payload: definitionPayload({}),
    example: { ...made, version: 4 },
  }),
];
