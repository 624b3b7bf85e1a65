import { eventCatalogue } from '../../schemas/catalogue';
import type { Envelope } from '../../schemas/envelope';
import type { Change } from '../../schemas/live';
import { processOf } from '../../schemas/process';
import { parseWorkflowId, workflowIdOfEvent } from '../../src/temporal/ids';

const types: ReadonlySet<string> = new Set(eventCatalogue.map(({ type }) => type));

/** A subject's id as addresses take it. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/;

/** A time as events write it. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/**
 * The hint that an entry gives; undefined for what no run of this namespace says. Anybody may write to the stream, so
 * nothing is passed on but names of closed sets, ids, numbers and times.
 */
export function changeOf(namespace: string, event: Envelope): Change | undefined {
  const { subject, event_type, seq, occurred_at: at } = event;
  if (!subject || !ID.test(subject.id) || !types.has(event_type)) return undefined;
  if (seq === undefined || !Number.isSafeInteger(seq) || seq < 1 || !INSTANT.test(at)) return undefined;
  const workflow_id = workflowIdOfEvent(namespace, event);
  if (workflow_id === undefined || !parseWorkflowId(namespace, workflow_id)) return undefined;
  return { workflow_id, subject: subject.id, process: processOf(event), event_type, seq, at };
}
