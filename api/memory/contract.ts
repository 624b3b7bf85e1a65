import { Type } from 'typebox';
import { Identifier } from '../../schemas/json';
import { MemoryDeleted, MemoryDeletion, MemoryNamespaces } from '../../schemas/memory/api';
import { define, everybody, operators, page } from '../contract';

const tag = 'memory';
const workflow = Type.Unsafe<string>({ ...Identifier, description: 'id of a workflow definition' });

const deletion = {
  answers: [
    { status: 200, description: 'what was deleted', schema: MemoryDeleted },
    { status: 202, description: 'it takes longer: it is durable, and goes on', schema: MemoryDeletion },
  ],
  problems: [503],
};

/** Addresses of what runs have remembered. */
export const memoryContracts = define({
  listMemory: {
    method: 'get',
    path: '/api/v1/memory',
    tag,
    summary: 'What runs have remembered: namespaces with their counts and sizes',
    description:
      'A namespace is a space of texts by its name, or the memory of a run, texts and values, by its workflow id. To a ' +
      'workflow belong the memories of its executions, and the space that bears its id.',
    roles: everybody,
    entrance: 'memory',
    query: { ...page(200, 50), workflow: Type.Optional(workflow) },
    answers: [{ status: 200, description: 'a page, by name', schema: MemoryNamespaces }],
    problems: [503],
  },
  deleteWorkflowMemory: {
    method: 'delete',
    path: '/api/v1/memory',
    tag,
    summary: 'Delete all that a workflow has remembered',
    description: 'Executions under way may remember anew. Deleting what is not there is fine.',
    roles: operators,
    query: { workflow },
    ...deletion,
  },
  deleteMemory: {
    method: 'delete',
    path: '/api/v1/memory/{namespace}',
    tag,
    summary: 'Delete all texts and values of a namespace',
    roles: operators,
    params: { namespace: Type.String({ minLength: 1, maxLength: 200 }) },
    ...deletion,
  },
});
