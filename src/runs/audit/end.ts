import type { ProjectView } from '../../../schemas/audit/run';
import type { OutsideEnd } from '../end';

/** An audit project that was ended from outside. */
export const auditEnd: OutsideEnd = {
  lastEvent({ subject, view }, error) {
    const items = (view as Partial<ProjectView> | null)?.items ?? [];
    const failed_items = items.filter(({ status }) => status !== 'completed').map((item) => item.backlog_item_id);
    return { event_type: 'PROJECT.FAILED', payload: { project_id: subject.id, error, failed_items } };
  },
  subjectId: ({ project_id }) => project_id,
  causeId: ({ causation_id }) => causation_id,
  view: ({ project_id = '', request_text = '', requested_by = '', rows = 0 }) => ({
    project_id,
    request_text,
    requested_by,
    rows,
    items: [],
    deliverables: [],
    clarifications: [],
  }),
};
