import { canonical } from '../../core/canonical';
import type { Json } from '../../schemas/json';

/** A text that is the same for the same values alone; a value that is missing counts as null. */
export const keyOf = (values: readonly (Json | undefined)[]): string =>
  values.map((value) => (value === undefined ? 'null' : canonical(value))).join('\n');
