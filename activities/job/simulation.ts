import type { SimulationReport } from '../../schemas/job/run';
import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { Documents } from '../../src/documents/content';
import type { Effects } from '../../src/effects/effects';
import { isOutsideEffect } from '../../src/job/targets';
import { merged } from '../../src/job/touches';
import { withStore } from '../engine/values';

export interface SimulationParts {
  documents: Documents;
  effects: Effects;
}

/** Activities of jobs that are simulated. */
export function createSimulationActivities({ documents, effects }: SimulationParts) {
  return {
    /** The report of a simulation, by what its steps have written down. `run`: its workflow id. */
    async reportSimulation({ run, result }: { run: string; result: Value }): Promise<Value> {
      return await withStore(async () => {
        const all = await effects.of(run).list();
        const simulated = all.filter(({ status }) => status === 'simulated');
        const report: SimulationReport = {
          simulated: true,
          egress_attempts: simulated.reduce((sum, { refused = 0 }) => sum + refused, 0),
          effects: all.length - simulated.length,
          would: merged(
            simulated.map(({ step, targets }) => ({ step: { id: step }, targets: targets.filter(isOutsideEffect) })),
          ),
          result: await documents.fromValue(result),
        };
        return await documents.toValue(report as unknown as Json);
      });
    },
  };
}
