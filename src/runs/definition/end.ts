import type { ExecutionView } from '../../../schemas/definition/run';
import { failedRun, type OutsideEnd } from '../end';

/** An execution that was ended from outside. */
export const executionEnd: OutsideEnd = {
  lastEvent({ subject, view }, error) {
    const { definition } = view as unknown as { definition: ExecutionView['definition'] | null };
    if (!definition) return undefined;
    const { id: definition_id, version } = definition;
    return { event_type: 'WORKFLOW.FAILED', payload: { execution_id: subject.id, definition_id, version, error } };
  },
  subjectId: ({ execution_id }) => execution_id,
  view: ({
    execution_id = '',
    definition = null,
    plan = null,
    input = null,
    requested_by = '',
    request_digest = '',
  }) => ({
    ...{ execution_id, definition, plan, input, requested_by, request_digest },
  }),
};

/** A change of a definition that was ended from outside: whether its version was written shows in the store. */
export const revisionEnd: OutsideEnd = { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) };
