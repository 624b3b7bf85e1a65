import { Type } from 'typebox';
import { define, everybody } from '../contract';

/** Addresses of files that runs have made. */
export const artifactContracts = define({
  downloadArtifact: {
    method: 'get',
    path: '/artifacts/download',
    tag: 'artifacts',
    summary: 'A file by its path',
    description:
      'An export of an order that is lost is made again from what was approved, byte for byte, and the answer says so: ' +
      '`Export-Made-Again: true`.',
    roles: everybody,
    query: {
      path: Type.String({ minLength: 1, maxLength: 1_000, description: 'such as projects/P1/cost/report.md' }),
    },
    answers: [
      { status: 200, description: 'the bytes; `ETag` is their SHA-256', media: 'application/octet-stream' },
      { status: 206, description: 'a part of them', media: 'application/octet-stream' },
      { status: 304, description: 'you have them' },
    ],
    problems: [404, 416],
  },
  getArtifact: {
    method: 'get',
    path: '/artifacts/{artifact_id}',
    tag: 'artifacts',
    summary: 'A file by its SHA-256',
    roles: everybody,
    params: { artifact_id: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
    answers: [
      { status: 200, description: 'the bytes; `ETag` is their SHA-256', media: 'application/octet-stream' },
      { status: 206, description: 'a part of them', media: 'application/octet-stream' },
      { status: 304, description: 'you have them' },
    ],
    problems: [404, 416],
  },
});
