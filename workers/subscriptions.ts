import type { Envelope } from '../schemas/envelope';
import type { EventPayload, EventType } from '../schemas/catalogue';
import { parseForeignEvent } from '../src/contracts/foreign';
import type { Broken } from '../src/contracts/validators';
import { DocumentError } from '../src/documents/errors';
import { RunError } from '../src/runs';
import { NotNow, Refused, type Entry, type EntryHandler } from '../src/streams/consumer';
import { TOO_LARGE } from '../src/streams/dead-letter';
import type { Handled } from '../src/streams/handled';
import * as processes from './processes';
import { tellWebhooks, type TellParts } from './webhooks/tell';
import type { StartParts, Subscription, SubscriptionOf } from './subscription';

export interface ReaderParts extends StartParts, TellParts {
  handled: (group: string) => Handled;
}

/** A group that reads the events' stream on behalf of the platform, and what is done with each entry. */
export interface Reader {
  group: string;
  handle: EntryHandler;
}

/**
 * Every group of the platform. An entry that breaks its contract is the validators' business, and nobody else's: so it
 * is in the dead letters once. The platform's own events start nothing.
 */
export function createReaders(parts: ReaderParts): Reader[] {
  const tell = tellWebhooks(parts);
  const subscriptions = Object.values(processes).flatMap((subscriptionsOf) => subscriptionsOf(parts));
  const groups = new Set(subscriptions.map(({ group }) => group));
  return [
    { group: 'validators', handle: validate(parts) },
    { group: 'webhooks', handle: (entry) => whole(tell, entry) },
    ...[...groups].map((name) => ({
      group: name,
      handle: startFrom(
        parts,
        name,
        subscriptions.filter(({ group }) => group === name),
      ),
    })),
  ];
}

/** Any entry that breaks its contract, whoever wrote it. The platform's own are held to it before they are published. */
function validate({ validator }: ReaderParts): EntryHandler {
  return ({ raw, id, tooLarge }) => {
    if (tooLarge !== undefined)
      throw new Refused(
        'parse',
        TOO_LARGE,
        `the entry holds ${tooLarge} bytes, so it was not read; an event holds 1 MiB`,
      );
    if (!raw) throw new Refused('parse', 'entry.no_event', 'the entry has no field `event`');
    const checked = parseForeignEvent(raw, id, validator);
    if (!checked.ok) throw breach(checked);
  };
}

/** Handles the events that others have written; what no subscription wants, and what is broken, is passed over. */
function startFrom(parts: ReaderParts, group: string, subscriptions: readonly Subscription[]): EntryHandler {
  const handled = parts.handled(group);
  const start = async (subscription: Subscription, event: Envelope): Promise<void> => {
    if (await handled.has(event.event_id)) return;
    try {
      if (!(await parts.isOwn(event))) await begin(subscription, event);
    } catch (error) {
      throw translated(error);
    }
    handled.add(event.event_id);
  };
  return ({ raw, id }) => {
    if (!raw || !subscriptions.some(({ type }) => mentions(raw, type))) return;
    const checked = parseForeignEvent(raw, id, parts.validator);
    const mine = checked.ok ? subscriptions.find((one) => wants(one, checked.value)) : undefined;
    if (checked.ok && mine) return start(mine, checked.value);
  };
}

/** Most entries need not be parsed; a name may also be written with escapes. */
const mentions = (raw: Buffer, type: string): boolean => raw.includes(type) || raw.includes('\\u');

const wants = ({ type, isMine }: SubscriptionOf<EventType>, { event_type, payload }: Envelope): boolean =>
  event_type === type && (isMine?.(payload as EventPayload<EventType>) ?? true);

/** Handles an entry, with failures in the terms of the consumer. */
async function whole(handle: EntryHandler, entry: Entry): Promise<void> {
  try {
    await handle(entry);
  } catch (error) {
    throw translated(error);
  }
}

const begin = ({ start }: SubscriptionOf<EventType>, event: Envelope): Promise<void> =>
  start(event, event.payload as EventPayload<EventType>);

function breach({ stage, errors }: Broken): Refused {
  const words = errors.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join('; ');
  return new Refused(stage, 'contract.breach', words, errors);
}

/** A failure in the terms of the consumer: what may pass is waited for, what cannot be is refused. */
function translated(error: unknown): unknown {
  if (error instanceof RunError) {
    const passing = error.fault === 'unavailable' || error.fault === 'no_worker';
    return passing ? new NotNow(error.message) : new Refused('handler', `run.${error.fault}`, error.message);
  }
  if (!(error instanceof DocumentError)) return error;
  return error.passing ? new NotNow(error.message) : new Refused('handler', `document.${error.code}`, error.message);
}
