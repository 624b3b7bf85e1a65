import { randomBytes } from 'node:crypto';

/** A new id: a letter for its kind, the day, and enough randomness that no two collide. */
export const newId = (letter: string, now: Date = new Date()): string =>
  `${letter}-${now.toISOString().slice(0, 10).replaceAll('-', '')}-${randomBytes(5).toString('hex')}`;
