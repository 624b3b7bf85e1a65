import type { ProjectView } from '../../../schemas/audit/run';
import type { Asking } from '../asked/asking';

/** Questions of audits: for rows that are missing. */
export const auditAsking: Asking = { titleOf: (view) => (view as unknown as ProjectView).request_text };
