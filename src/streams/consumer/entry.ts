import { isUtf8 } from 'node:buffer';
import type { ContractError } from '../../contracts/errors';
import type { DeadLetter } from '../dead-letter';
import { eventIn, type Content } from '../read';

/** An entry of a stream, as a handler receives it. */
export interface Entry {
  id: string;
  /** the bytes of the field `event`; undefined if the entry has no such field */
  raw: Buffer | undefined;
  /** bytes of an entry that is so large that it was not read */
  tooLarge: number | undefined;
  /** counts from 1 */
  attempt: number;
  /** aborted if the handler takes too long, another consumer has taken the entry over, or the consumer stops */
  signal: () => AbortSignal;
}

/**
 * Handles an entry. It is called at least once for each, so it must be harmless when repeated. `Refused` sends the
 * entry to the dead letters at once, `NotNow` brings it again, however often; after any other failure it is tried
 * again a few times and then goes to the dead letters.
 */
export type EntryHandler = (entry: Entry) => void | Promise<void>;

/** The entry will never be handled: it breaks its contract, or asks for what is impossible. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly stage: DeadLetter['stage'],
    /** stable and dotted, such as `contract.breach` */
    readonly code: string,
    message: string,
    readonly errors: ContractError[] = [],
  ) {
    super(message);
  }
}

/** The entry is sound, but something that its handler needs is away. Such attempts are not counted. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** The reason why an entry is given up, and its attempts so far. Times are UTC milliseconds. */
export interface GivenUp {
  stage: DeadLetter['stage'];
  code: string;
  message: string;
  errors: ContractError[];
  deliveries: number;
  firstAt: number;
}

/** Characters of an error message that a dead letter keeps. */
const LONGEST_MESSAGE = 4_000;

/** The dead letter of an entry. An entry without a field `event` is kept whole, its fields as a JSON object. */
export function deadLetterOf(
  { stream, group, id, content }: { stream: string; group: string; id: string; content: Content<Buffer> },
  { stage, code, message, errors, deliveries, firstAt }: GivenUp,
): DeadLetter {
  const fields = Array.isArray(content) ? content : [];
  const bytes = eventIn(content) ?? Buffer.from(JSON.stringify(asObject(fields)));
  const text = isUtf8(bytes);
  const raw = bytes.toString(text ? 'utf8' : 'base64');
  return {
    raw,
    encoding: text ? 'utf8' : 'base64',
    ...(text ? namesOf(raw) : { event_id: null, event_type: null }),
    stream,
    entry_id: id,
    group,
    stage,
    error: { class: code, message: message.slice(0, LONGEST_MESSAGE) },
    errors,
    deliveries,
    first_at: new Date(firstAt).toISOString(),
    last_at: new Date().toISOString(),
    redrives: 0,
    redriven_by: null,
  };
}

/** The id and type that an event gives itself, if it can be read at all. */
function namesOf(raw: string): Pick<DeadLetter, 'event_id' | 'event_type'> {
  const name = (value: unknown) => (typeof value === 'string' && value.length <= 200 ? value : null);
  try {
    const value = JSON.parse(raw) as { event_id?: unknown; event_type?: unknown } | null;
    return { event_id: name(value?.event_id), event_type: name(value?.event_type) };
  } catch {
    return { event_id: null, event_type: null };
  }
}

function asObject(fields: Buffer[]): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) pairs.push([String(fields[i]), String(fields[i + 1])]);
  return Object.fromEntries(pairs);
}
