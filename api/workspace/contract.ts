import { Type } from 'typebox';
import { PathId } from '../../schemas/api';
import { MemoryList, WorkspaceList } from '../../schemas/workspace';
import { define, everybody, page } from '../contract';

const run = { workflow_id: PathId };

/** Addresses of what the steps of a run share: files, and values by name. */
export const workspaceContracts = define({
  listWorkspace: {
    method: 'get',
    path: '/runs/{workflow_id}/workspace',
    tag: 'workspace',
    summary: 'The files of a run, while it goes on and afterwards',
    roles: everybody,
    params: run,
    query: {
      ...page(1_000, 200),
      path: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: 'a folder: only what is in it' })),
    },
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: WorkspaceList }],
    problems: [404, 422],
  },
  readMemory: {
    method: 'get',
    path: '/runs/{workflow_id}/memory',
    tag: 'workspace',
    summary: 'The values that the steps of a run share by name, while it goes on and afterwards',
    roles: everybody,
    params: run,
    answers: [{ status: 200, description: 'in the order of their names', schema: MemoryList }],
    problems: [404],
  },
  downloadWorkspace: {
    method: 'get',
    path: '/workspace/download',
    tag: 'workspace',
    summary: 'A file of a run by its path, or a folder as a zip',
    description:
      'Without `run`, the path begins with its workflow id: `<workflow id>/output/users.json`, also after `workspaces/` as artifacts have it.',
    roles: everybody,
    query: {
      path: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 1_300,
          description: 'a file or a folder; all files of `run` without it',
        }),
      ),
      run: Type.Optional(Type.Unsafe<string>({ ...PathId, description: 'the workflow id of the run' })),
    },
    answers: [
      { status: 200, description: 'the bytes; `ETag` of a file is their SHA-256', media: 'application/octet-stream' },
      { status: 206, description: 'a part of a file', media: 'application/octet-stream' },
      { status: 304, description: 'you have them' },
    ],
    problems: [404, 416, 422],
  },
});
