import { Type } from 'typebox';
import { PathId } from '../../schemas/api';
import { RecordingImported, ReplayAccepted, ReplayRequest, ReplayResult } from '../../schemas/recordings/api';
import { define, everybody, operators } from '../contract';

const run = { workflow_id: PathId };

/** Addresses of recordings and replays. */
export const recordingContracts = define({
  replayRun: {
    method: 'post',
    path: '/runs/{workflow_id}/replay',
    tag: 'recordings',
    summary: 'Replay a recorded run',
    description:
      'The replay is a job of its own: the same request, with every answer of the world from the recording, and nothing going out. Steps that are live reach the world as in any run.',
    roles: ['requester', 'operator', 'admin'],
    params: run,
    body: { json: ReplayRequest, optional: true, example: { live_from: 'summarise' } },
    answers: [{ status: 202, description: 'accepted and durable', schema: ReplayAccepted }],
    problems: [404, 409, 413, 415, 422],
  },
  compareReplay: {
    method: 'get',
    path: '/runs/{workflow_id}/replay',
    tag: 'recordings',
    summary: 'A replay beside the run that it replays: the same, or where they differ',
    roles: everybody,
    params: run,
    answers: [{ status: 200, description: 'how they compare', schema: ReplayResult }],
    problems: [404, 409],
  },
  exportRecording: {
    method: 'get',
    path: '/runs/{workflow_id}/recording',
    tag: 'recordings',
    summary: 'The recording of a run as one file',
    description: 'Lines of JSON: a manifest with the hash of each entry, then the entries. No secret is in it.',
    roles: operators,
    params: run,
    answers: [{ status: 200, description: 'the file', media: 'application/x-ndjson' }],
    problems: [404, 409],
  },
  importRecording: {
    method: 'post',
    path: '/recordings',
    tag: 'recordings',
    summary: 'Take a recording in that somebody has sent',
    description: 'Every hash is checked before anything is kept. The same file twice is harmless.',
    roles: operators,
    body: {
      form: Type.Object({ file: Type.String({ format: 'binary', description: 'as it was exported' }) }),
      example: { file: 'run.recording' },
    },
    answers: [{ status: 201, description: 'it can be replayed', schema: RecordingImported }],
    problems: [409, 413, 415, 422],
  },
});
