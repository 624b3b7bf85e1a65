import type { TemporalPort } from '../src/temporal/client';
import { classifyTemporalError } from '../src/temporal/errors';
import { openRuns } from '../src/temporal/stuck';
import { replayHistories, type NamedHistory } from './replay';

/** An open run that would stand still with the code. */
export interface UnfitRun {
  workflow_id: string;
  process: string;
  /** ISO 8601 */
  started_at: string;
  reason: string;
}

export interface Diagnosis {
  /** open runs, of which `examined` were replayed: the newest */
  open: number;
  examined: number;
  unfit: UnfitRun[];
}

/** Runs asked for at once, and the time for one history (milliseconds). */
const PAGE = 200;
const HISTORY_LIMIT = 30_000;

/**
 * Replays the histories of open runs on the workflows of a bundle, as a worker with this code would do before it goes
 * on with them. Rejects while Temporal is away.
 *
 * @param most open runs to look at
 */
export async function examineOpenRuns(
  temporal: TemporalPort,
  namespace: string,
  { bundlePath, most }: { bundlePath: string; most: number },
): Promise<Diagnosis> {
  const about = new Map<string, Omit<UnfitRun, 'reason'>>();
  const diagnosis: Diagnosis = { open: 0, examined: 0, unfit: [] };

  async function* histories(): AsyncIterable<NamedHistory> {
    let token: Uint8Array = new Uint8Array();
    do {
      const page = await openRuns(temporal, namespace, token, PAGE);
      token = page.token;
      diagnosis.open += page.runs.length;
      for (const { workflow_id, run_id, process, started_at } of page.runs) {
        if (about.size >= most) break;
        const history = await temporal
          .call((client) => client.workflow.getHandle(workflow_id, run_id).fetchHistory(), HISTORY_LIMIT)
          .catch((error: unknown) => {
            if (classifyTemporalError(error).fault !== 'not_found') throw error;
          });
        if (!history) continue; // it has ended meanwhile
        about.set(run_id, { workflow_id, process, started_at });
        yield { name: run_id, history };
      }
    } while (token.length > 0);
  }

  for await (const { name, fault } of replayHistories({ codePath: bundlePath }, histories())) {
    diagnosis.examined += 1;
    const run = about.get(name);
    if (run && fault !== undefined) diagnosis.unfit.push({ ...run, reason: fault });
  }
  return diagnosis;
}
