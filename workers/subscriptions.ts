import { auditAgentKinds } from '../activities/audit/agents';
import type { Envelope } from '../schemas/envelope';
import type { EventPayload, EventType } from '../schemas/catalogue';
import type { Ref } from '../schemas/refs';
import { WorkContext } from '../schemas/audit/work-context';
import { parseForeignEvent } from '../src/contracts/foreign';
import { validatorFor, type Broken, type EventValidator } from '../src/contracts/validators';
import { DocumentError } from '../src/documents/errors';
import type { ValueStore } from '../src/documents/values';
import { RunError, type Runs } from '../src/runs';
import type { OwnEvents } from '../src/runs/own-events';
import type { DispatchRequest, DispatchStarted } from '../src/runs/audit/dispatch';
import { NotNow, Refused, type Entry, type EntryHandler } from '../src/streams/consumer';
import type { Handled } from '../src/streams/handled';

export interface SubscriptionParts {
  validator: EventValidator;
  /** told by its id, never by its `source` */
  isOwn: OwnEvents;
  startAudit: Runs['startAudit'];
  startDispatch: (request: DispatchRequest) => Promise<DispatchStarted>;
  documents: Pick<ValueStore, 'getValue' | 'putValue'>;
  handled: (group: string) => Handled;
}

/** Who reads the events' stream on behalf of the platform, and what is done with each entry. */
export interface Subscription {
  group: string;
  handle: EntryHandler;
}

/** The group of an agent. */
export const groupOf = (agent: string): string => `${agent}s`;

/** The groups that the platform has at every stream of events. */
export const groups: readonly string[] = ['orchestrators', 'validators', ...[...auditAgentKinds.keys()].map(groupOf)];

/**
 * The table of subscriptions. An entry that breaks its contract is the validators' business, and nobody else's: so it is
 * in the dead letters once. The platform's own events start nothing.
 */
export function createSubscriptions(parts: SubscriptionParts): Subscription[] {
  return [
    { group: 'validators', handle: validate(parts) },
    {
      group: 'orchestrators',
      handle: foreign(parts, 'orchestrators', 'PROJECT.INITIAL_REQUEST_RECEIVED', async (event, payload) => {
        const work_context = payload.work_context ?? (await stored(parts, payload.work_context_ref));
        await parts.startAudit({
          project_id: payload.project_id,
          request_text: payload.request_text,
          ...(work_context ? { work_context } : {}),
          requested_by: sender(event),
          correlation_id: event.correlation_id,
          causation_id: event.event_id,
        });
      }),
    },
    ...[...auditAgentKinds.keys()].map((agent) => ({ group: groupOf(agent), handle: work(parts, agent) })),
  ];
}

/** Any entry that breaks its contract, whoever wrote it. The platform's own are held to it before they are published. */
function validate({ validator }: SubscriptionParts): EntryHandler {
  return ({ raw, id }) => {
    if (!raw) throw new Refused('parse', 'entry.no_event', 'the entry has no field `event`');
    const checked = parseForeignEvent(raw, id, validator);
    if (!checked.ok) throw breach(checked);
  };
}

/** What one agent does for others, without a project. */
function work(parts: SubscriptionParts, agent: string): EntryHandler {
  const mine = (payload: EventPayload<'WORK.ITEM_DISPATCHED'>) => payload.agent_target === agent;
  const handle = async (event: Envelope, payload: EventPayload<'WORK.ITEM_DISPATCHED'>) => {
    const { project_id, backlog_item_id, agent_target } = payload;
    const content = payload.work_context ?? (await stored(parts, payload.work_context_ref));
    const ref = content && (payload.work_context_ref ?? (await parts.documents.putValue(content)));
    await parts.startDispatch({
      ...{ event_id: event.event_id, project_id, backlog_item_id, agent_target },
      ...(content && ref ? { work_context: { ref, content } } : {}),
      requested_by: sender(event),
      correlation_id: event.correlation_id,
    });
  };
  return foreign(parts, groupOf(agent), 'WORK.ITEM_DISPATCHED', handle, mine);
}

/** Handles the events of a type that others have written; what `mine` does not want, and what is broken, is passed over. */
function foreign<T extends EventType>(
  parts: SubscriptionParts,
  group: string,
  type: T,
  handle: (event: Envelope, payload: EventPayload<T>) => Promise<void>,
  mine: (payload: EventPayload<T>) => boolean = () => true,
): EntryHandler {
  const handled = parts.handled(group);
  const start = async (event: Envelope): Promise<void> => {
    if (await handled.has(event.event_id)) return;
    try {
      if (!(await parts.isOwn(event))) await handle(event, event.payload as EventPayload<T>);
    } catch (error) {
      throw translated(error);
    }
    handled.add(event.event_id);
  };
  return ({ raw, id }: Entry) => {
    if (!raw || !mentions(raw, type)) return;
    const checked = parseForeignEvent(raw, id, parts.validator);
    if (!checked.ok || checked.value.event_type !== type) return;
    if (mine(checked.value.payload as EventPayload<T>)) return start(checked.value);
  };
}

/** Most entries need not be parsed; a name may also be written with escapes. */
const mentions = (raw: Buffer, type: string): boolean => raw.includes(type) || raw.includes('\\u');

const sender = (event: Envelope): string => `stream:${event.source}`;

const workContext = validatorFor(WorkContext);

/** Rows that an event names by reference. */
async function stored({ documents }: SubscriptionParts, ref: Ref | undefined): Promise<WorkContext | undefined> {
  if (ref === undefined) return undefined;
  const checked = workContext(await documents.getValue(ref));
  if (checked.ok) return checked.value;
  throw new Refused(
    'schema',
    'contract.breach',
    'work_context_ref names something that is no work context',
    checked.errors,
  );
}

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
