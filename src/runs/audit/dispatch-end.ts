import type { DispatchView } from '../../../schemas/audit/run';
import type { OutsideEnd } from '../end';

/** A dispatch that was ended from outside. */
export const dispatchEnd: OutsideEnd = {
  lastEvent({ view }, error) {
    const { project_id, backlog_item_id, agent_target } = (view ?? {}) as Partial<DispatchView>;
    if (!project_id || !backlog_item_id || !agent_target) return undefined;
    const payload = { project_id, backlog_item_id, agent_target, error };
    return { event_type: 'WORK.ITEM_FAILED', payload };
  },
  causeId: ({ event_id }) => event_id,
  view: ({ project_id = '', backlog_item_id = '', agent_target = '', requested_by = '', rows = 0 }) => ({
    project_id,
    backlog_item_id,
    agent_target,
    requested_by,
    rows,
  }),
};
