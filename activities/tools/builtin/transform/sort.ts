import { Type } from 'typebox';
import { distinct } from '../../../../src/transform/distinct';
import { Distinct, Items, Sort } from '../../../../src/transform/schema';
import { sort } from '../../../../src/transform/sort';
import { definePure } from '../../pure/define';
import { Count, listErrors, ListOutput, strict, transformation } from './common';

/** Puts the items of a list in order. */
export const transformSort = definePure({
  ...transformation,
  name: 'transform.sort',
  description: 'Sorts the items of a list by fields: numbers, dates, texts. With a limit, gives the first of them.',
  input: Sort,
  output: ListOutput,
  errors: listErrors,
  work: (input) => ({ output: sort(input) }),
});

/** Drops the items of a list that come again. */
export const transformDistinct = definePure({
  ...transformation,
  name: 'transform.distinct',
  description: 'Keeps the first of equal items, or of items with equal fields.',
  input: Distinct,
  output: Type.Object({ items: Items, count: Count, dropped: Count }, strict),
  errors: listErrors,
  work: (input) => ({ output: distinct(input) }),
});
