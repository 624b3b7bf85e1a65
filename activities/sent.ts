import type { Json } from '../schemas/json';
import { Ref } from '../schemas/refs';
import { validatorFor } from '../src/contracts/validators';
import { DocumentError } from '../src/documents/errors';
import type { ValueStore } from '../src/documents/values';

const reference = validatorFor(Ref);

/** What a person has sent, inline or, by the API, by reference; or in words why the reference cannot be read. */
export async function readSent(
  documents: Pick<ValueStore, 'getValue'>,
  sent: Json,
): Promise<{ value: Json } | { fault: string }> {
  const ref = reference(sent);
  if (!ref.ok) return { value: sent };
  try {
    return { value: await documents.getValue<Json>(ref.value) };
  } catch (error) {
    if (!(error instanceof DocumentError) || error.passing) throw error;
    return { fault: `cannot be read: ${error.message}` };
  }
}
