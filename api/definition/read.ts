import { readYaml } from '../../src/definition/yaml';
import { checkDefinition, type CheckedDefinition } from '../../src/definition/check';
import type { PublishedCatalogue } from '../../src/catalogue/published';
import { ownedByServer } from '../../schemas/definition/api';
import type { DefinitionFault } from '../../schemas/definition/definition';
import type { Call } from '../part';
import { HttpProblem } from '../problem';

/** A definition in a body, as JSON or as YAML: what it is, or all its faults. */
export async function readDefinition(
  { body, text }: Pick<Call, 'body' | 'text'>,
  catalogue: Pick<PublishedCatalogue, 'read'>,
): Promise<CheckedDefinition | { faults: DefinitionFault[] }> {
  const offered = await catalogue.read();
  if (!offered)
    throw new HttpProblem('no-worker', 'No worker has told yet which tools and agents there are.', {
      headers: { 'Retry-After': '5' },
    });
  const read = text === undefined ? undefined : readYaml(text);
  if (read && read.faults.length > 0) return { faults: read.faults };
  const result = checkDefinition(written(read ? read.value : body), offered);
  return 'faults' in result && read ? { faults: read.locate(result.faults) } : result;
}

/** The same, refused with 422 where it has faults. */
export async function readSound(
  call: Pick<Call, 'body' | 'text'>,
  catalogue: Pick<PublishedCatalogue, 'read'>,
): Promise<CheckedDefinition> {
  const result = await readDefinition(call, catalogue);
  if (!('faults' in result)) return result;
  const errors = result.faults.map(({ pointer, message, hint, line, column }) => ({
    pointer,
    detail: hint === undefined ? message : `${message}; ${hint}`,
    ...(line === undefined ? {} : { line, column }),
  }));
  throw new HttpProblem('invalid', 'The workflow cannot run; see errors.', { errors });
}

/** A body without what the server has added to it. */
function written(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const own: readonly string[] = ownedByServer;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !own.includes(name)));
}
