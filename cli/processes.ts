/** Commands of the processes, a row each. */
export { registerAudit } from './commands/audit';
export { registerOrders } from './commands/orders';
export { registerRun } from './commands/run';
