import { createHash } from 'node:crypto';
import { processOf } from '../../schemas/process';
import { validatorFor } from '../contracts/ajv';
import { entryTime } from '../contracts/entry-time';
import { DeadLetter } from '../streams/dead-letter';
import { deadTaskOf } from '../streams/dead-task';

/** A dead letter and its entry. `at` is the time when it became one. */
export interface StoredLetter {
  /** of the entry in the dead letter stream */
  id: string;
  at: string;
  letter: DeadLetter;
  /** the entry is not a dead letter of ours: it can be shown and discarded, and nothing else */
  foreign?: true;
}

const check = validatorFor(DeadLetter);

/** Reads an entry of the dead letter stream. Anything else that was written there becomes a letter that says so. */
export function readLetter(id: string, fields: string[], dlq: string): StoredLetter {
  const at = entryTime(id).toISOString();
  const read = fields[0] === 'event' && fields.length === 2 ? parse(fields[1] ?? '') : undefined;
  if (read !== undefined) return { id, at, letter: read };
  const letter: DeadLetter = {
    raw: fields[0] === 'event' ? (fields[1] ?? '') : JSON.stringify(fields),
    encoding: 'utf8',
    event_id: null,
    event_type: null,
    stream: dlq,
    entry_id: id,
    group: null,
    stage: 'parse',
    error: { class: 'dlq.unreadable', message: 'this entry is not the record of a dead letter' },
    errors: [],
    deliveries: 0,
    first_at: at,
    last_at: at,
    redrives: 0,
    redriven_by: null,
  };
  return { id, at, letter, foreign: true };
}

function parse(text: string): DeadLetter | undefined {
  try {
    const checked = check(JSON.parse(text));
    return checked.ok ? checked.value : undefined;
  } catch {
    return undefined;
  }
}

/** Characters of an event that is looked into for its process. */
const LOOKED_INTO = 64 * 1024;

/** The process that an event names as its source, which proves nothing; undefined where it names none, or is large. */
export function processOfLetter({ raw, encoding }: Pick<DeadLetter, 'raw' | 'encoding'>): string | undefined {
  if (encoding !== 'utf8' || raw.length > LOOKED_INTO) return undefined;
  try {
    const { source } = Object(JSON.parse(raw)) as { source?: unknown };
    return typeof source === 'string' && source.startsWith('awe.') ? processOf({ source }) : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes as they were in the stream. */
export const rawBytes = ({ raw, encoding }: Pick<DeadLetter, 'raw' | 'encoding'>): Buffer => Buffer.from(raw, encoding);

/**
 * The name under which the redrives of an event are counted, however often it dies again: its `event_id`, or the hash
 * of its bytes if those hold none. A task that dies again does so by another event: its name is that of its run and step.
 */
export function identityOf(letter: Pick<DeadLetter, 'event_id' | 'raw' | 'encoding' | 'stage'>): string {
  const task = deadTaskOf(letter);
  if (task) return `task:${task.run}/${task.step}`;
  return letter.event_id ?? `raw:${createHash('sha1').update(rawBytes(letter)).digest('hex')}`;
}
