import { CostDeliverable } from './cost';
import { FrictionDeliverable } from './friction';
import { ScenarioDeliverable } from './scenario';
import { SummaryDeliverable } from './summary';
import { TimeWasteDeliverable } from './time-waste';

export * from './common';
export { CostDeliverable, FrictionDeliverable, ScenarioDeliverable, SummaryDeliverable, TimeWasteDeliverable };
export type { Effort, Lever, Payback } from './scenario';

/** The schema of each kind of deliverable. */
export const deliverableSchemas = {
  time_waste: TimeWasteDeliverable,
  cost: CostDeliverable,
  friction: FrictionDeliverable,
  scenario: ScenarioDeliverable,
  summary: SummaryDeliverable,
};

/** The document of each kind. */
export interface DeliverableDocuments {
  time_waste: TimeWasteDeliverable;
  cost: CostDeliverable;
  friction: FrictionDeliverable;
  scenario: ScenarioDeliverable;
  summary: SummaryDeliverable;
}
export type DeliverableDocument = DeliverableDocuments[keyof DeliverableDocuments];
