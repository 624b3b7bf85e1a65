import { Type } from 'typebox';
import { filter } from '../../../../src/transform/filter';
import { Filter, Items } from '../../../../src/transform/schema';
import { definePure } from '../../pure/define';
import { Count, listErrors, strict, transformation } from './common';

/** Keeps the items of a list that fit conditions. */
export const transformFilter = definePure({
  ...transformation,
  name: 'transform.filter',
  description: 'Keeps the items of a list whose fields fit conditions, all of them or any.',
  input: Filter,
  output: Type.Object({ items: Items, count: Count, dropped: Count }, strict),
  errors: listErrors,
  work: (input) => ({ output: filter(input) }),
});
