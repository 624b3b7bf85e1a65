import type { Config } from '../config';
import type { RunSettings } from './ports';

/** Settings that runs keep from their start. */
export const runSettings = ({ namespace, clarification, engine, approvals, orders }: Config): RunSettings => ({
  namespace,
  clarification,
  reworkRounds: engine.reworkRounds,
  approvalSignals: approvals.signals,
  orders,
});
