import type { Request } from 'express';
import { header } from '../http';

/** The `id` that a reader had last, if it says so, in the form that ids of its stream have. */
export function lastEventId(req: Request, form?: string): string | undefined {
  // browsers send an empty one where they have none
  if (req.get('last-event-id') === '') return undefined;
  return header(req, 'Last-Event-ID', WORDS, form);
}

/** Why one is refused. */
export const WORDS = 'Last-Event-ID is the `id` of an event of this stream.';
