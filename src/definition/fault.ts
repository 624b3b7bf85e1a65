import type { DefinitionFault } from '../../schemas/definition/definition';

export const fault = (pointer: string, code: string, message: string, hint?: string): DefinitionFault => ({
  pointer,
  code: `definition.${code}`,
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** What a later release may take, and this one refuses before anything runs. */
export const notYet = (pointer: string, what: string, hint?: string): DefinitionFault =>
  fault(pointer, 'not_available', `${what} is not available yet`, hint);
