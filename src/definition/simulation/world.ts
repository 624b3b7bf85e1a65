import type { ToolCatalogue } from '../../../core/plan/catalogue';
import type { DefinitionContent } from '../../../schemas/definition/definition';
import type { Plan } from '../../../schemas/plan';
import type { Agenda } from './agenda';
import { BOUNDS, Cut } from './bounds';
import type { Report } from './report';
import type { Stage } from './stage';

/** A version of a definition, and the plan that it has become; one that is not kept has neither id nor version. */
export interface PlannedWorkflow {
  id?: string;
  version?: number;
  content: DefinitionContent;
  plan: Plan;
}

/** Settings of the workers, as far as they show. */
export interface SimulationSettings {
  /** steps at a time, for definitions that do not say */
  maxParallel: number;
  /** milliseconds until a question expires that does not say */
  expireAfter: number;
}

/** Everything that the definitions of one simulation share. */
export class World {
  private jobs = 0;

  constructor(
    readonly agenda: Agenda,
    readonly report: Report,
    readonly stage: Stage,
    readonly catalogue: ToolCatalogue,
    readonly settings: SimulationSettings,
    /** sub-workflows, by `id@version` */
    readonly workflows: ReadonlyMap<string, PlannedWorkflow>,
  ) {}

  /** Counts something that is done. @throws Cut where it was too much */
  count(): void {
    this.jobs += 1;
    if (this.jobs <= BOUNDS.jobs) return;
    throw new Cut(
      'too_many_steps',
      `over ${BOUNDS.jobs} rounds, attempts and waits: give a loop its output, or less input`,
    );
  }
}
