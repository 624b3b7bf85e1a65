import { mayGoTo, type Secret } from '../secrets/declaration';
import type { Secrets } from '../secrets/secrets';
import { McpError } from './errors';
import type { McpPlace } from './servers';
import type { Template } from './template';

/** Values of an environment or of headers, and what must not be repeated of them. */
export interface OpenedTemplates {
  values: Record<string, string>;
  secrets: Pick<Secret, 'name' | 'value'>[];
}

/** Values shorter than this stand in ordinary words, and cannot be blotted out. */
const SHORTEST = 8;

/**
 * Reads the secrets that a place names, now, so that a new value needs no new worker. @throws McpError for one that is
 * not there, or may not go there
 */
export async function openTemplates(place: McpPlace, secrets: Secrets): Promise<OpenedTemplates> {
  const templates = place.kind === 'stdio' ? place.env : place.headers;
  const known: OpenedTemplates['secrets'] = [];
  const values: Record<string, string> = {};
  for (const [name, template] of Object.entries(templates)) {
    values[name] = (await Promise.all(template.map((part) => read(part, place, secrets, known)))).join('');
    // what the operator writes there himself is as private
    const value = values[name].replace(/^(bearer|basic|token) +/i, '');
    if (isPrivate(place, name) && value.length >= SHORTEST) known.push({ name, value });
  }
  return { values, secrets: known };
}

async function read(part: Template[number], place: McpPlace, secrets: Secrets, known: OpenedTemplates['secrets']) {
  if ('text' in part) return part.text;
  const { secret: name } = part;
  const refuse = (message: string) => new McpError('unauthorized', 'before', message);
  const secret = await secrets.find(name).catch((error: Error) => {
    throw refuse(`the secret ${name} ${error.message}`);
  });
  if (!secret) throw refuse(`there is no secret ${name}: set AWE_SECRET_${name}, or a file of that name`);
  if (place.kind !== 'stdio' && !mayGoTo(secret, place.url))
    throw refuse(`the secret ${name} may not go to ${place.url.host}: name it in AWE_SECRET_${name}_HOSTS`);
  known.push(secret);
  return secret.value;
}

/** Headers of a server are credentials; in an environment those are that are called so. */
const isPrivate = (place: McpPlace, name: string): boolean =>
  place.kind !== 'stdio' || /key|token|secret|password|credential|auth/i.test(name);
