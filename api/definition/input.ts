import type { DefinitionContent } from '../../schemas/definition/definition';
import type { Json } from '../../schemas/json';
import { foreignFaults } from '../../src/contracts/foreign-schema';
import { HttpProblem } from '../problem';

/** Refuses `input_data` that does not fit the definition: 422 with a pointer for each fault. */
export function assertInput({ input_schema }: Pick<DefinitionContent, 'input_schema'>, input: Json): void {
  const errors = foreignFaults(input_schema, input).map(({ pointer, detail }) => ({
    pointer: `/input_data${pointer}`,
    detail,
  }));
  if (errors.length > 0)
    throw new HttpProblem('invalid', 'The input does not fit the workflow; see errors.', { errors });
}
