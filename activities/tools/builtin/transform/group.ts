import { Type } from 'typebox';
import { JsonObjectValue } from '../../../../schemas/json';
import { aggregate } from '../../../../src/transform/aggregates';
import { group } from '../../../../src/transform/group';
import { AggregateAll, Group, Items } from '../../../../src/transform/schema';
import { definePure } from '../../pure/define';
import { aggregateErrors, Count, MissingCounts, strict, transformation } from './common';

/** Makes one item of each group of items. */
export const transformGroup = definePure({
  ...transformation,
  name: 'transform.group',
  description: 'Groups the items of a list by fields, with counts, sums, averages, extremes and lists of each group.',
  input: Group,
  output: Type.Object({ items: Items, count: Count, missing: MissingCounts }, strict),
  errors: aggregateErrors,
  work: (input) => ({ output: group(input) }),
});

/** Computes figures of a whole list. */
export const transformAggregate = definePure({
  ...transformation,
  name: 'transform.aggregate',
  description: 'Computes counts, sums, averages, extremes and lists of a whole list.',
  input: AggregateAll,
  output: Type.Object({ values: JsonObjectValue, count: Count, missing: MissingCounts }, strict),
  errors: aggregateErrors,
  work: (input) => ({ output: aggregate(input) }),
});
