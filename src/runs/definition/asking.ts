import type { ExecutionView } from '../../../schemas/definition/run';
import type { Asking } from '../asked/asking';
import { weighReview } from '../plan/asking';

/** Questions of executions: their approvals and reviews. */
export const executionAsking: Asking = {
  titleOf(view) {
    const { definition, execution_id } = view as unknown as ExecutionView;
    return `${definition.name || definition.id}, ${execution_id}`;
  },
  weigh: weighReview,
};
