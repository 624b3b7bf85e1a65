import {
  scheduleActivity,
  scheduleLocalActivity,
  workflowInfo,
  type ActivityOptions,
  type LocalActivityOptions,
} from '@temporalio/workflow';
import { Publisher } from './publisher';
import { stories, type Step, type StepOutput, type StoryInput } from './stories';

/** Short work as one would do it by hand: one attempt. */
const LOCAL: LocalActivityOptions = { scheduleToCloseTimeout: '2s', retry: { maximumAttempts: 1 } };

/** Longer work, whose start the history holds. */
const REGULAR: ActivityOptions = { startToCloseTimeout: '1m', retry: { maximumAttempts: 1 } };

/** The steps by hand, as local or as regular activities, with the events that the interpreter speaks. */
export async function byHand({ story, size, steps, regular }: StoryInput): Promise<string> {
  const run = workflowInfo().workflowId;
  const call = <T>(name: string, input: unknown, summary: string): Promise<T> =>
    regular
      ? scheduleActivity<T>(name, [input], { ...REGULAR, summary })
      : scheduleLocalActivity<T>(name, [input], { ...LOCAL, summary });
  const uses = regular ? 'bench.regular' : 'bench.step';
  const events = new Publisher(call);
  const step: Step = async (id, input, work) => {
    const started = Date.now();
    events.append({ type: 'TASK.STARTED', payload: { run, step: id, uses, round: 1 } });
    const output = await (work?.() ?? call<StepOutput>('benchStep', input, `${id}: ${uses}`));
    const milliseconds = Date.now() - started;
    events.append({ type: 'TASK.COMPLETED', payload: { run, step: id, round: 1, milliseconds } });
    return output;
  };
  events.append({ type: 'RUN.STARTED', payload: { run, plan: story, steps } });
  const result = await stories[story](step, size, (input) => call<StepOutput>('benchStep', input, uses));
  await events.end({ type: 'RUN.COMPLETED', payload: { run } });
  return result;
}
