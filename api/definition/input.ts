import type { DefinitionContent } from '../../schemas/definition/definition';
import type { Json } from '../../schemas/json';
import { inputErrors } from '../../src/definition/input';
import { HttpProblem } from '../problem';

/** Refuses `input_data` that does not fit the definition: 422 with a pointer for each fault. */
export function assertInput(content: Pick<DefinitionContent, 'input_schema'>, input: Json): void {
  const errors = inputErrors(content, input);
  if (errors.length > 0)
    throw new HttpProblem('invalid', 'The input does not fit the workflow; see errors.', { errors });
}
