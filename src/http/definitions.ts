import type { Definition } from '../../schemas/definition/api';
import type { WorkflowDefinition } from '../../schemas/definition/definition';
import { UserError } from '../config/errors';
import { ApiRefusal, type ApiClient } from './api-client';

/** Workflow definitions behind the HTTP API. */

/** The address of all definitions. */
export const DEFINITIONS = '/api/v1/workflows';

export const definitionAddress = (id: string): string => `${DEFINITIONS}/${encodeURIComponent(id)}`;

/** The id of a definition: its own, or one made of its name. */
export function idOf({ id, name }: Pick<WorkflowDefinition, 'id' | 'name'>): string {
  const made = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 80);
  if (id !== undefined || made !== '') return id ?? made;
  throw new UserError('The definition has neither an id nor a name with letters: write an `id` into it.');
}

/** The newest version, or undefined. */
export async function findDefinition(client: ApiClient, id: string): Promise<Definition | undefined> {
  try {
    return await client.get<Definition>(definitionAddress(id));
  } catch (error) {
    if (error instanceof ApiRefusal && error.problem['status'] === 404) return undefined;
    throw error;
  }
}

/** Makes the server have a definition: a new one, or a new version if it says something new. */
export async function applyDefinition(
  client: ApiClient,
  definition: WorkflowDefinition,
): Promise<{ before?: Definition; now: Definition }> {
  const id = idOf(definition);
  const before = await findDefinition(client, id);
  const body = { ...definition, id };
  const now = before
    ? await client.put<Definition>(definitionAddress(id), body, { 'if-match': `"${before.version}"` })
    : await client.post<Definition>(DEFINITIONS, body);
  return { before, now };
}
