import type { JsonObject } from '../../schemas/json';
import type { Finding } from '../../schemas/tool';

/**
 * A sentence that code has written, figures and all. The most that a model decides about words is which sentences are
 * said, and in which order: it names their ids, so nothing that it writes ever reaches a person.
 */
export interface Sentence extends JsonObject {
  id: string;
  text: string;
}

/** JSON Schema of an answer that names one sentence. */
export const oneOf = (sentences: readonly Pick<Sentence, 'id'>[]): JsonObject => ({
  type: 'string',
  enum: sentences.map(({ id }) => id),
});

/** JSON Schema of an answer that names sentences in an order. */
export const someOf = (sentences: readonly Pick<Sentence, 'id'>[]): JsonObject => ({
  type: 'array',
  items: sentences.length === 0 ? { type: 'string' } : oneOf(sentences),
});

/** JSON Schema of an answer with these members and no others. */
export const answerOf = (properties: { [name: string]: JsonObject }): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

/** Faults of one id. Findings never quote the model. */
export function checkOne(chosen: unknown, sentences: readonly Sentence[], pointer: string): Finding[] {
  return sentences.some(({ id }) => id === chosen)
    ? []
    : [{ code: 'unknown', message: 'it has to be the id of one of the sentences', pointer }];
}

/** Faults of a list of ids: each is known and named once; `least` and `most` bound their number. */
export function checkSome(
  chosen: unknown,
  sentences: readonly Sentence[],
  { least, most, pointer }: { least: number; most: number; pointer: string },
): Finding[] {
  const ids: unknown[] = Array.isArray(chosen) ? chosen : [];
  const known = new Set<unknown>(sentences.map(({ id }) => id));
  const once = new Set(ids).size === ids.length;
  if (Array.isArray(chosen) && once && ids.every((id) => known.has(id)) && ids.length >= least && ids.length <= most)
    return [];
  const bounds = least === most ? `all ${most}` : `${least} to ${most}`;
  return [{ code: 'choice', message: `it has to name ${bounds} of the sentences by their ids, each once`, pointer }];
}

/** Texts of the sentences with these ids, in the order of the ids. */
export function textsOf(ids: readonly string[], sentences: readonly Sentence[]): string[] {
  return ids.flatMap((wanted) => sentences.find(({ id }) => id === wanted)?.text ?? []);
}
