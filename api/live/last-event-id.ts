import type { Request } from 'express';
import { header } from '../http';

/** The `id` that a reader had last, if it says so. */
export function lastEventId(req: Request): string | undefined {
  // browsers send an empty one where they have none
  if (req.get('last-event-id') === '') return undefined;
  return header(req, 'Last-Event-ID', WORDS);
}

/** Why one is refused. */
export const WORDS = 'Last-Event-ID is the `id` of an event of this stream.';
