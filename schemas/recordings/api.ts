import { Type, type Static } from 'typebox';
import { Links, RunStatus } from '../api';
import { JsonValue } from '../json';

/** Bodies and answers of the API of recordings. */

/** `POST /runs/:id/replay`. Without members, everything is answered from the recording. */
export const ReplayRequest = Type.Object(
  {
    live_from: Type.Optional(
      Type.String({ minLength: 1, maxLength: 80, description: 'a step that is live, with all that depends on it' }),
    ),
    model: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        pattern: '^[A-Za-z0-9][A-Za-z0-9._:/@-]*$',
        description:
          'another model, by its name at the gateway: the steps that ask one are live, with all that depends on them',
      }),
    ),
    prompts: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z]+(\\.[a-z]+)*$', maxLength: 80 }),
        Type.String({ minLength: 1, maxLength: 100_000 }),
        {
          description: 'other instructions, by the task that models are asked for: the steps that ask so are live',
        },
      ),
    ),
  },
  { $id: 'ReplayRequest', additionalProperties: false },
);
export type ReplayRequest = Static<typeof ReplayRequest>;

/** 202: the replay is a job of its own. */
export const ReplayAccepted = Type.Object(
  {
    job_id: Type.String(),
    workflow_id: Type.String(),
    replay_of: Type.String({ description: 'workflow id of the run that was recorded' }),
    live: Type.Array(Type.String(), { description: 'steps that are live' }),
    links: Links,
  },
  { $id: 'ReplayAccepted' },
);
export type ReplayAccepted = Static<typeof ReplayAccepted>;

const ResultDifference = Type.Object({
  pointer: Type.String({ description: 'the place in the result document, as a JSON Pointer' }),
  recorded: Type.Optional(JsonValue),
  replayed: Type.Optional(JsonValue),
  words: Type.String(),
});

/** A replay beside its run. `identical`: every output, file, decision and event, but for ids and times. */
export const ReplayResult = Type.Object(
  {
    workflow_id: Type.String(),
    replay_of: Type.String(),
    status: RunStatus,
    identical: Type.Optional(Type.Boolean({ description: 'absent until it has ended' })),
    digest: Type.Optional(Type.String({ description: 'SHA-256 of the canonical result document of the replay' })),
    differences: Type.Array(ResultDifference, { description: 'the first fifty' }),
    links: Links,
  },
  { $id: 'ReplayResult' },
);
export type ReplayResult = Static<typeof ReplayResult>;

/** A recording that was taken in. */
export const RecordingImported = Type.Object(
  {
    workflow_id: Type.String({ description: 'of the run that was recorded: `awe replay` takes it' }),
    entries: Type.Integer({ minimum: 1 }),
    repeated: Type.Boolean({ description: 'it was there already' }),
    links: Links,
  },
  { $id: 'RecordingImported' },
);
export type RecordingImported = Static<typeof RecordingImported>;
