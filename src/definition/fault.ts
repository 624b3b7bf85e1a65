import type { DefinitionFault } from '../../schemas/definition/definition';

export const fault = (pointer: string, code: string, message: string, hint?: string): DefinitionFault => ({
  pointer,
  code: `definition.${code}`,
  message,
  ...(hint === undefined ? {} : { hint }),
});
