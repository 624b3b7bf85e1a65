/** The last moment that a date can hold, in UTC milliseconds. */
const LAST = 8.64e15;

/** The time in a stream entry's id. Whoever writes an entry may choose its id, and so a time beyond every date. */
export const entryTime = (id: string): Date => new Date(Math.min(Number(id.split('-')[0]), LAST));
