import type { AuditActivities } from './audit/activities';
import type { EndingActivities } from './engine/ending';
import type { EventActivities } from './engine/events';
import type { OperationActivities } from './operations/activities';
import type { OrderActivities } from './order/activities';
import type { PlanActivities } from './engine/plan';
import type { SegmentActivities } from './engine/segment';
import type { StepActivities } from './engine/steps';
import type { UpkeepActivities } from './operations/upkeep';
import type { ValueActivities } from './engine/values';

/** Everything that the interpreter asks for. Each takes one JSON value and gives one. */
export type EngineActivities = ValueActivities &
  EventActivities &
  EndingActivities &
  PlanActivities &
  SegmentActivities &
  StepActivities &
  AuditActivities &
  OperationActivities &
  OrderActivities &
  UpkeepActivities;
