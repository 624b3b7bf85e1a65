import type { ToolCatalogue } from '../../core/plan/catalogue';
import { readYaml } from '../../src/definition/yaml';
import { checkDefinition, type CheckedDefinition } from '../../src/definition/check';
import type { PublishedCatalogue } from '../../src/catalogue/published';
import { readNamed } from '../../src/definition/workflows';
import type { DefinitionStore } from '../../src/documents/definitions';
import { ownedByServer } from '../../schemas/definition/api';
import type { DefinitionFault } from '../../schemas/definition/definition';
import type { Call } from '../part';
import { HttpProblem } from '../problem';

export interface ReadingParts {
  catalogue: Pick<PublishedCatalogue, 'read'>;
  definitions: Pick<DefinitionStore, 'readLatest' | 'readVersion'>;
}

/** The tools and agents that workers run. 503 where none has told yet. */
export async function readOffered({ catalogue }: Pick<ReadingParts, 'catalogue'>): Promise<ToolCatalogue> {
  const offered = await catalogue.read();
  if (offered) return offered;
  throw new HttpProblem('no-worker', 'No worker has told yet which tools and agents there are.', {
    headers: { 'Retry-After': '5' },
  });
}

/** A definition in a body, as JSON or as YAML: what it is, or all its faults. */
export async function readDefinition(
  { body, text }: Pick<Call, 'body' | 'text'>,
  { catalogue, definitions }: ReadingParts,
): Promise<CheckedDefinition | { faults: DefinitionFault[] }> {
  const offered = await readOffered({ catalogue });
  const read = text === undefined ? undefined : readYaml(text);
  if (read && read.faults.length > 0) return { faults: read.faults };
  const given = written(read ? read.value : body);
  const workflows = await readNamed(given, (id, version) =>
    version === undefined ? definitions.readLatest(id) : definitions.readVersion(id, version),
  );
  const result = checkDefinition(given, offered, workflows);
  return 'faults' in result && read ? { faults: read.locate(result.faults) } : result;
}

/** The same, refused with 422 where it has faults. `at`: JSON Pointer of the definition in the body. */
export async function readSound(
  call: Pick<Call, 'body' | 'text'>,
  parts: ReadingParts,
  at = '',
): Promise<CheckedDefinition> {
  const result = await readDefinition(call, parts);
  if (!('faults' in result)) return result;
  const errors = result.faults.map(({ pointer, message, hint, line, column }) => ({
    pointer: `${at}${pointer}`,
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
