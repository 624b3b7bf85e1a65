import type { DeadLettersSearch } from './route';
import type { Filter } from './queries';

/** Points at which handling ended. */
export const STAGES = ['parse', 'schema', 'handler', 'publish', 'task'] as const;
export type Stage = (typeof STAGES)[number];

/** Ages by which letters are filtered: younger than, or older than. */
export const AGES = ['hour', 'day', 'older_day', 'older_week'] as const;
export type Age = (typeof AGES)[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The filter of the API that an address means; an age counts from now. */
export function filterOf({ age, letter: _letter, ...filter }: DeadLettersSearch, now = Date.now()): Filter {
  const ago = (milliseconds: number) => new Date(now - milliseconds).toISOString();
  return {
    ...filter,
    after: age === 'hour' ? ago(HOUR) : age === 'day' ? ago(DAY) : undefined,
    before: age === 'older_day' ? ago(DAY) : age === 'older_week' ? ago(7 * DAY) : undefined,
  };
}

export const isFiltered = ({ letter: _letter, ...filter }: DeadLettersSearch): boolean =>
  Object.values(filter).some((value) => value !== undefined);
