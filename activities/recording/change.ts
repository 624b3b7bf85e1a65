import type { JsonObject } from '../../schemas/json';
import type { TriedChange } from '../../schemas/terms';
import type { Documents } from '../../src/documents/content';

/** A question for a model as a tape has it. */
interface Asked extends JsonObject {
  task: string;
  messages: JsonObject[];
}

/** The request with the change that a replay tries: another model, other instructions for a task. */
export async function varied<Q>(
  kind: string,
  request: Q,
  { model, prompts = {} }: TriedChange,
  documents: Pick<Documents, 'getValue'>,
): Promise<Q> {
  if (kind !== 'model') return request;
  const asked = request as unknown as Asked;
  const prompt = Object.hasOwn(prompts, asked.task) ? prompts[asked.task] : undefined;
  const instructions = prompt && (await documents.getValue(prompt));
  const varied: JsonObject = {
    ...asked,
    messages: instructions === undefined ? asked.messages : instructed(asked.messages, instructions),
    ...(model === undefined ? {} : { model }),
  };
  return varied as unknown as Q;
}

/** The messages under other instructions: those of the system, which stand first. */
function instructed(messages: Asked['messages'], content: string): Asked['messages'] {
  return [{ role: 'system', content }, ...messages.filter(({ role }) => role !== 'system')];
}
