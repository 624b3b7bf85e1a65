import { ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { OperationPage } from '../../schemas/operations/run';
import {
  isAway,
  RebuildBusy,
  type Rebuild,
  type RebuildTurn,
  type Sweep,
  type SweepResult,
  type SweepState,
} from '../../src/rebuild';
import { withHeartbeat } from '../engine/heartbeat';

export type { SweepResult, SweepState };

/** Time after which a rebuild that waits for another one looks again. */
const BUSY_DELAY = '5s';

export interface UpkeepActivityParts {
  rebuild: Rebuild;
  sweep: Sweep;
  /** starts the rebuild of lost streams, once however often it is called */
  rebuildLost: () => Promise<unknown>;
}

/** Activities that keep the streams complete. All may be repeated at will, and are retried while a server is away. */
export function createUpkeepActivities({ rebuild, sweep, rebuildLost }: UpkeepActivityParts) {
  return {
    /** A turn of the operation `events.rebuild`; `position` is the `next` of the turn before. */
    async rebuildPage(turn: RebuildTurn): Promise<OperationPage> {
      return await work(() => rebuild.page(turn, cancellationSignal()));
    },

    /** Looks after the runs that ended or were reset since the pass before, and notices streams that were lost. */
    async sweepRuns({ before }: { before: SweepState | null }): Promise<SweepResult> {
      return await work(async () => {
        const result = await sweep(before ?? undefined, cancellationSignal());
        if (result.lost) await rebuildLost();
        return result;
      });
    },
  };
}

export type UpkeepActivities = ReturnType<typeof createUpkeepActivities>;

async function work<T>(does: () => Promise<T>): Promise<T> {
  try {
    return await withHeartbeat(does);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (isAway(error)) throw ApplicationFailure.retryable(message, 'upkeep.unavailable');
    if (error instanceof RebuildBusy) {
      const type = 'rebuild.busy';
      throw ApplicationFailure.create({ message, type, nonRetryable: false, nextRetryDelay: BUSY_DELAY });
    }
    throw error;
  }
}
