import { isAscii, isUtf8 } from 'node:buffer';
import type { TSchema } from 'typebox';
import { Envelope, type PlatformEvent } from '../../schemas/envelope';
import { eventCatalogue } from '../../schemas/catalogue';
import { shallowValidatorFor, trimmerFor, validatorFor, type Checked } from './ajv';
import type { ContractError } from './errors';
import { checkDepth, MAX_EVENT_BYTES } from './limits';

export { trimmerFor, validatorFor, type Checked, type ContractError };

/** An event that keeps its contract, or how it breaks it. */
export type CheckedEvent<T = Envelope> = { ok: true; value: T } | Broken;

/** A breach of contract; `parse` means that the bytes are not an event at all. */
export interface Broken {
  ok: false;
  stage: 'parse' | 'schema';
  errors: ContractError[];
}

/** Checks events by a catalogue. */
export interface EventValidator {
  /** Checks the bytes of an entry: size, JSON, envelope, then payload. */
  parseEvent(raw: string | Uint8Array): CheckedEvent;
  /** Checks the envelope alone. */
  validateEnvelope(value: unknown): CheckedEvent;
  /** Checks the payload of an event, by its type and version; its envelope was checked before. */
  validateEvent(envelope: Envelope): CheckedEvent;
  /** Checks one of the platform's own events and its JSON: envelope with subject and seq, payload, size. */
  validateOwn(event: PlatformEvent, raw: string): CheckedEvent<PlatformEvent>;
}

/** The checks of an event type's payloads, by version. */
type Versions = Map<number, (value: unknown) => Checked<unknown>>;

interface Definition {
  type: string;
  version: number;
  payload: TSchema;
}

export interface EventValidatorOptions {
  /** default true; false lets events of unknown types and versions pass with any payload */
  strict?: boolean;
  /** may hold several versions of a type, as long as old events may be in a stream */
  catalogue?: readonly Definition[];
}

const envelope = validatorFor(Envelope);

export function createEventValidator({
  strict = true,
  catalogue = eventCatalogue,
}: EventValidatorOptions = {}): EventValidator {
  const versions = new Map<string, Versions>();
  for (const { type, version, payload } of catalogue) {
    const known = versions.get(type) ?? (new Map() as Versions);
    versions.set(type, known.set(version, shallowValidatorFor(payload)));
  }

  const validateEnvelope = (value: unknown): CheckedEvent => {
    const checked = envelope(value);
    return checked.ok ? checked : broken('schema', checked.errors);
  };

  const validateEvent = (event: Envelope): CheckedEvent => {
    const known = versions.get(event.event_type);
    const check = known?.get(event.schema_version);
    if (!check) {
      if (!strict) return { ok: true, value: event };
      return known
        ? wrong(
            '/schema_version',
            `must be ${[...known.keys()].join(' or ')} for ${event.event_type}`,
            'schema_version',
          )
        : wrong('/event_type', `${JSON.stringify(event.event_type)} is not a known event type`, 'event_type');
    }
    const checked = check(event.payload);
    if (checked.ok) return { ok: true, value: event };
    const errors = checked.errors.map((error) => ({ ...error, pointer: `/payload${error.pointer}` }));
    return broken('schema', errors);
  };

  return {
    validateEnvelope,
    validateEvent,
    parseEvent(raw) {
      const parsed = parseJson(raw);
      if (!parsed.ok) return parsed;
      const checked = validateEnvelope(parsed.value);
      return checked.ok ? validateEvent(checked.value) : checked;
    },
    validateOwn(event, raw) {
      const tooLarge = checkSize(raw);
      if (tooLarge) return broken('schema', [tooLarge]);
      const checked = validateEnvelope(event);
      const whole = checked.ok ? validateEvent(checked.value) : checked;
      if (!whole.ok) return whole;
      if (event.subject === undefined) return wrong('/subject', 'is missing', 'required');
      if (event.seq === undefined) return wrong('/seq', 'is missing', 'required');
      return { ok: true, value: event };
    },
  };
}

/** Parses the bytes of an entry, within the limits of an event. */
export function parseJson(raw: string | Uint8Array): { ok: true; value: unknown } | Broken {
  const tooLarge = checkSize(raw);
  if (tooLarge) return broken('parse', [tooLarge]);
  let value: unknown;
  try {
    const text = typeof raw === 'string' ? raw : textOf(raw);
    if (text === undefined)
      return broken('parse', [{ pointer: '', message: 'is not JSON: the bytes are not UTF-8', keyword: 'json' }]);
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return broken('parse', [{ pointer: '', message: `is not JSON: ${why}`, keyword: 'json' }]);
  }
  const tooDeep = checkDepth(value);
  return tooDeep ? broken('parse', [tooDeep]) : { ok: true, value };
}

/**
 * The text of bytes, without a byte order mark; undefined if they are not UTF-8. Most events are ASCII, whose bytes
 * need no decoding; for the others this takes a third of the time of TextDecoder.
 */
function textOf(raw: Uint8Array): string | undefined {
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return undefined;
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return bytes.toString('utf8', start);
}

function checkSize(raw: string | Uint8Array): ContractError | undefined {
  // A UTF-16 unit has at most three bytes, so most strings need no counting.
  if (raw.length * 3 <= MAX_EVENT_BYTES) return undefined;
  const bytes = typeof raw === 'string' ? Buffer.byteLength(raw) : raw.byteLength;
  if (bytes <= MAX_EVENT_BYTES) return undefined;
  return { pointer: '', message: `has ${bytes} bytes, more than ${MAX_EVENT_BYTES}`, keyword: 'size' };
}

function broken(stage: Broken['stage'], errors: ContractError[]): Broken {
  return { ok: false, stage, errors };
}

const wrong = (pointer: string, message: string, keyword: string) => broken('schema', [{ pointer, message, keyword }]);
