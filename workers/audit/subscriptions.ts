import { auditAgentKinds } from '../../activities/audit/agents';
import type { Ref } from '../../schemas/refs';
import { WorkContext } from '../../schemas/audit/work-context';
import { validatorFor } from '../../src/contracts/validators';
import { createDispatchStarter, DISPATCH_TTL_MS } from '../../src/runs/audit/dispatch';
import type { RunStore } from '../../src/runs';
import { Refused } from '../../src/streams/consumer';
import { senderOf, type StartParts, type Subscription } from '../subscription';

/** Requests for projects, and work that others dispatch to an agent without a project: each agent has its own group. */
export function auditSubscriptions(parts: StartParts): Subscription[] {
  const { runs, store } = parts;
  const startDispatch = createDispatchStarter(parts, parts.idempotency(DISPATCH_TTL_MS));
  return [
    {
      group: 'orchestrators',
      type: 'PROJECT.INITIAL_REQUEST_RECEIVED',
      async start(event, { project_id, request_text, work_context, work_context_ref }) {
        await runs.startAudit({
          project_id,
          request_text,
          work_context: work_context ?? (await stored(store, work_context_ref)),
          requested_by: senderOf(event),
          correlation_id: event.correlation_id,
          causation_id: event.event_id,
        });
      },
    },
    ...[...auditAgentKinds.keys()].map((agent): Subscription => ({
      group: `${agent}s`,
      type: 'WORK.ITEM_DISPATCHED',
      isMine: ({ agent_target }) => agent_target === agent,
      async start(event, { project_id, backlog_item_id, agent_target, work_context, work_context_ref }) {
        const content = work_context ?? (await stored(store, work_context_ref));
        await startDispatch({
          event_id: event.event_id,
          project_id,
          backlog_item_id,
          agent_target,
          work_context: content && { ref: work_context_ref ?? (await store.putValue(content)), content },
          requested_by: senderOf(event),
          correlation_id: event.correlation_id,
        });
      },
    })),
  ];
}

const workContext = validatorFor(WorkContext);

/** Rows that an event names by reference. */
async function stored(store: Pick<RunStore, 'getValue'>, ref: Ref | undefined): Promise<WorkContext | undefined> {
  if (ref === undefined) return undefined;
  const checked = workContext(await store.getValue(ref));
  if (checked.ok) return checked.value;
  throw new Refused(
    'schema',
    'contract.breach',
    'work_context_ref names something that is no work context',
    checked.errors,
  );
}
