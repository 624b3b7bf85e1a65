import { createHash } from 'node:crypto';
import type { Envelope } from '../../schemas/envelope';
import { entryTime } from './entry-time';
import { parseJson, type CheckedEvent, type EventValidator } from './validators';

/**
 * Parses an event that somebody else has written, and fills in defaults:
 * - `event_id`: UUID 5 of the content (whatever the order of its members). So an entry that is delivered again or
 *   redriven is the same event, and so is the same content published twice: the work is never done twice. Senders who
 *   want it twice give the second an `event_id` or an `occurred_at` of its own.
 * - `schema_version`: 1. `source`: `unknown`; it is never trusted anyway.
 * - `occurred_at`: the time in the entry's id, which stays the same however often it is read.
 * - `correlation_id`: the payload's `project_id`, or `run`, or else the event's id.
 *
 * `event_type` and `payload` have no default: guessing what the sender wants is not safe.
 */
export function parseForeignEvent(
  raw: string | Uint8Array,
  entryId: string,
  validator: Pick<EventValidator, 'validateEnvelope' | 'validateEvent'>,
): CheckedEvent {
  const parsed = parseJson(raw);
  if (!parsed.ok) return parsed;
  const checked = validator.validateEnvelope(withDefaults(parsed.value, entryId));
  return checked.ok ? validator.validateEvent(checked.value) : checked;
}

function withDefaults(value: unknown, entryId: string): unknown {
  if (!isObject(value) || isComplete(value)) return value;
  const payload = isObject(value.payload) ? value.payload : {};
  const id = value.event_id ?? contentId(value);
  const defaults: Partial<Envelope> = {
    event_id: id as string,
    schema_version: 1,
    source: 'unknown',
    occurred_at: entryTime(entryId).toISOString(),
    correlation_id: [payload.project_id, payload.run, id].find(
      (name) => typeof name === 'string' && name !== '',
    ) as string,
  };
  const given = Object.entries(value).filter(
    ([name, member]) => !(name in defaults) || (member !== undefined && member !== null),
  );
  return { ...defaults, ...Object.fromEntries(given) };
}

/** True if an event leaves nothing out, as most do. */
const isComplete = (value: Record<string, unknown>): boolean =>
  value.event_id != null &&
  value.schema_version != null &&
  value.source != null &&
  value.occurred_at != null &&
  value.correlation_id != null;

/** The UUID namespace of events without an id of their own. */
const NAMESPACE = 'awe:foreign-event:v5';

function contentId(value: unknown): string {
  const hash = createHash('sha1').update(NAMESPACE).update(canonical(value)).digest().subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
