import type { Static, TSchema } from 'typebox';
import { trimmerFor } from '../../contracts/validators';
import { unavailable } from './classify';

/**
 * Makes the check of an upstream's answer, which takes away all that the schema does not name. Errors hold words of the
 * schema alone. @throws GatewayError `broken_answer`
 */
export function formOf<S extends TSchema>(schema: S): (answer: unknown) => Static<S> {
  const trim = trimmerFor(schema);
  return (answer) => {
    const checked = trim(answer);
    if (checked.ok) return checked.value;
    const { pointer, message } = checked.errors[0] ?? { pointer: '', message: 'is wrong' };
    const what = `The model’s answer does not have the form of the protocol: ${pointer || '/'} ${message}.`;
    throw unavailable('broken_answer', what, { charged: true });
  };
}
