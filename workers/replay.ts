import type { temporal } from '@temporalio/proto';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { essence } from '../src/temporal/stuck';

export type History = temporal.api.history.v1.IHistory;

/** A history by the name that its faults are told under. */
export interface NamedHistory {
  name: string;
  history: History;
}

/**
 * Replays histories on the workflows of a bundle, one after the other, and says of each what went wrong, in words;
 * undefined where it replays.
 */
export async function* replayHistories(
  workflowBundle: WorkflowBundleOption,
  histories: AsyncIterable<NamedHistory> | Iterable<NamedHistory>,
): AsyncIterable<{ name: string; fault: string | undefined }> {
  const names: string[] = [];
  async function* queue() {
    for await (const { name, history } of histories) {
      names.push(name);
      yield { workflowId: workflowIdOf(history), history };
    }
  }
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, queue())) {
    const name = names.shift();
    if (name === undefined) throw new Error('more replays than histories');
    yield { name, fault: error && essence(error.message) };
  }
  for (const name of names) yield { name, fault: 'was not replayed' };
}

/** The id of the history's workflow. */
function workflowIdOf({ events }: History): string {
  const id = events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  if (!id) throw new Error('the history does not begin with the start of a workflow');
  return id;
}
