import { Context } from '@temporalio/activity';
import type { StepCall, StepResult } from '../../schemas/step-call';
import { withHeartbeat } from './heartbeat';
import type { ToolRuntime } from '../tools/runtime';

/** What is kept back of an attempt's time, so that our own words end it and its output can still be stored. */
const MARGIN = { share: 0.1, most: 500 };

/** Steps of plans, as activities: the same tools as local and as regular ones. */
export function createStepActivities({ runtime }: { runtime: ToolRuntime }) {
  const execute = async (call: StepCall, kind: 'tool' | 'agent'): Promise<StepResult> => {
    const { info, cancellationSignal: signal } = Context.current();
    const timeLimit = timeLimitOf(info);
    return await withHeartbeat((heartbeat) =>
      runtime.execute(call, kind, {
        signal,
        heartbeat,
        attempt: info.attempt,
        ...(timeLimit === undefined ? {} : { timeLimit }),
      }),
    );
  };

  return {
    async runTool(call: StepCall): Promise<StepResult> {
      return await execute(call, 'tool');
    },
    async runAgent(call: StepCall): Promise<StepResult> {
      return await execute(call, 'agent');
    },

    /** Does nothing: when it has begun, the workflow task that asked for it is complete. */
    barrier(): Promise<null> {
      return Promise.resolve(null);
    },
  };
}

export type StepActivities = ReturnType<typeof createStepActivities>;

type Times = Pick<Context['info'], 'isLocal' | 'startToCloseTimeoutMs' | 'scheduleToCloseTimeoutMs'>;

/** Milliseconds that this attempt may take; for regular activities `scheduleToClose` spans all attempts. */
function timeLimitOf({ isLocal, startToCloseTimeoutMs, scheduleToCloseTimeoutMs }: Times): number | undefined {
  const known = [startToCloseTimeoutMs, isLocal ? scheduleToCloseTimeoutMs : 0].filter((limit) => limit > 0);
  if (known.length === 0) return undefined;
  const limit = Math.min(...known);
  return limit - Math.min(limit * MARGIN.share, MARGIN.most);
}
