import type { AuditActivities } from './audit-activities';
import type { EndingActivities } from './ending';
import type { EventActivities } from './events';
import type { OperationActivities } from './operations';
import type { OrderActivities } from './order-activities';
import type { PlanActivities } from './plan';
import type { StepActivities } from './steps';
import type { UpkeepActivities } from './upkeep';
import type { ValueActivities } from './values';

/** Everything that the interpreter asks for. Each takes one JSON value and gives one. */
export type EngineActivities = ValueActivities &
  EventActivities &
  EndingActivities &
  PlanActivities &
  StepActivities &
  AuditActivities &
  OperationActivities &
  OrderActivities &
  UpkeepActivities;
