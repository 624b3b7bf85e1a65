import { Context } from '@temporalio/activity';
import type { StepCall, StepResult } from '../../schemas/step-call';
import { withHeartbeat } from './heartbeat';
import type { ToolRuntime } from '../tools/runtime';

/** Share of an attempt's time kept back, so that our own error ends it and its output can still be stored. */
const MARGIN = { share: 0.1, most: 500 };

/** Steps of plans, each an activity of its own. */
export function createStepActivities({ runtime }: { runtime: ToolRuntime }) {
  const execute = async (call: StepCall, kind: 'tool' | 'agent'): Promise<StepResult> => {
    const { info, cancellationSignal: signal } = Context.current();
    const timeLimit = timeLimitOf(info);
    const { attempt } = info;
    const result = await withHeartbeat((heartbeat) =>
      runtime.execute(call, kind, { signal, heartbeat, attempt, timeLimit }),
    );
    return attempt > 1 ? { ...result, attempt } : result;
  };

  return {
    async runTool(call: StepCall): Promise<StepResult> {
      return await execute(call, 'tool');
    },
    async runAgent(call: StepCall): Promise<StepResult> {
      return await execute(call, 'agent');
    },
  };
}

export type StepActivities = ReturnType<typeof createStepActivities>;

/** Milliseconds that this attempt may take, as its start-to-close limit says. */
function timeLimitOf({
  startToCloseTimeoutMs: limit,
}: Pick<Context['info'], 'startToCloseTimeoutMs'>): number | undefined {
  return limit > 0 ? limit - Math.min(limit * MARGIN.share, MARGIN.most) : undefined;
}
