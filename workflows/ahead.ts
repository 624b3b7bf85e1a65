import type { ActivateInput, WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** The words of a question that comes too early; whoever asks it may ask again. */
export const NOT_READY = 'the run is not ready: its last events wait for their workflow task';

/** The id that the SDK's core gives to a question that comes by itself, without a workflow task. */
const APART = 'legacy_query';

type Activation = ActivateInput['activation'];

/**
 * Keeps a run from going ahead of its history. A worker that does not know a run and is asked for its state works its
 * history off, and the SDK's core includes the last events even where no workflow task has been started for them, or
 * where one has that is not completed. It keeps the state that comes of it, and when a task is completed, it hands over
 * only what is new in it, such as a decision. A replay sees all of it at once, decisions first, and does otherwise: the
 * run would stand still for good, or tell other times than it has published.
 *
 * So an activation of that kind fails. The core then forgets the run, the question is answered with `NOT_READY`, and the
 * task finds the run as its history has left it. docs/decisions/030
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let last: Stand | undefined;
  let isReplayed = false;
  /** places up to which it has been worked off beyond what the history holds as completed */
  const fresh = new Set<string>();
  return {
    internals: [
      {
        activate(input, next) {
          const { activation } = input;
          const stand = standOf(activation);
          if (works(activation)) {
            if (last && isAhead(stand, last)) throw new Error(NOT_READY);
            if (activation.isReplaying) isReplayed = true;
            else if (fresh.size < 2) fresh.add(`${stand.length} ${stand.task}`);
          } else if (isReplayed && fresh.size === 1 && isApart(activation)) {
            // loaded by this question, or by a task before it: that does not show, and the next answer is sure
            throw new Error(NOT_READY);
          }
          last = stand;
          next(input);
        },
      },
    ],
  };
};

/** The place up to which a history has been worked off. */
interface Stand {
  length: number;
  /** start of the last workflow task, and the size that the history had then */
  task: string;
}

const standOf = ({ historyLength, timestamp, historySizeBytes }: Activation): Stand => ({
  length: historyLength ?? 0,
  task: [timestamp?.seconds, timestamp?.nanos, historySizeBytes].join(' '),
});

/** More events, and no task that was started for them. */
const isAhead = (now: Stand, last: Stand): boolean => now.length > last.length && now.task === last.task;

/** True where the run goes on by it; a question alone changes nothing. */
const works = ({ jobs }: Activation): boolean =>
  jobs?.some(({ queryWorkflow, removeFromCache }) => !queryWorkflow && !removeFromCache) ?? false;

const isApart = ({ jobs }: Activation): boolean =>
  jobs?.some(({ queryWorkflow }) => queryWorkflow?.queryId === APART) ?? false;
