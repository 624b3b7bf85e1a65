/** The processes that events of others start, a row each. */
export { auditSubscriptions } from './audit/subscriptions';
export { jobSubscriptions } from './job/subscriptions';
