import { effectStatuses, type Effect, type EffectList } from '../../schemas/effects';
import { openStatuses } from '../../schemas/run';
import type { Effects } from '../../src/effects/effects';
import type { Runs } from '../../src/runs';
import { noSuchRun } from '../../src/runs/errors';
import { pageOf } from '../http';
import type { Handlers } from '../part';
import type { effectContracts } from './contract';

export interface EffectDependencies {
  effects: Effects;
  runs: Pick<Runs, 'readRun'>;
  /** true if a workflow id belongs to this namespace */
  isOurs: (workflowId: string) => boolean;
}

export function effectRoutes({ effects, runs, isOurs }: EffectDependencies): Handlers<typeof effectContracts> {
  return {
    async listEffects(call) {
      const id = call.params.workflow_id ?? '';
      if (!isOurs(id)) throw noSuchRun(id);
      const { status } = await runs.readRun(id);
      const isUnderWay = openStatuses.some((open) => open === status);
      const all = (await effects.of(id).list()).map((effect) => (isUnderWay ? effect : afterTheEnd(effect)));
      const { page, next_cursor } = pageOf(call, all, 200);
      const list: EffectList = { effects: page, counts: countsOf(all), next_cursor };
      return { body: list };
    },
  };
}

/** Nobody settles any more what was about to be made. */
const afterTheEnd = (effect: Effect): Effect =>
  effect.status === 'intended' ? { ...effect, status: 'unknown' } : effect;

function countsOf(effects: readonly Effect[]): EffectList['counts'] {
  const count = (wanted: Effect['status']) => effects.filter(({ status }) => status === wanted).length;
  return Object.fromEntries(effectStatuses.map((status) => [status, count(status)])) as EffectList['counts'];
}
