import { auditSubscriptions } from './audit/subscriptions';

/** The processes that events of others start, a line each. */
export const processes = [auditSubscriptions];
