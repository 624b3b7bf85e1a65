import type { Config } from '../config';
import type { RunSettings } from './ports';

/** Settings that runs keep from their start. */
export const runSettings = ({ namespace, clarification, engine, approvals, orders, tasks }: Config): RunSettings => ({
  namespace,
  clarification,
  reworkRounds: engine.reworkRounds,
  record: tasks.record,
  approvalSignals: approvals.signals,
  orders,
});
