import { Type } from 'typebox';
import { join } from '../../../../src/transform/join';
import { Items, Join } from '../../../../src/transform/schema';
import { definePure } from '../../pure/define';
import { Count, listErrors, strict, transformation } from './common';

/** Joins two lists by equal fields. */
export const transformJoin = definePure({
  ...transformation,
  name: 'transform.join',
  description: 'Joins two lists by equal fields: inner, left, right or outer. Counts the items without a partner.',
  input: Join,
  output: Type.Object(
    { items: Items, count: Count, unmatched: Type.Object({ left: Count, right: Count }, strict) },
    strict,
  ),
  errors: listErrors,
  work: (input) => ({ output: join(input) }),
});
