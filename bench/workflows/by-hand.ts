import { scheduleLocalActivity, workflowInfo } from '@temporalio/workflow';
import { Publisher } from './publisher';
import { stories, type Step, type StepOutput, type StoryInput } from './stories';

/** The same options as in the interpreter's class `local`. */
const LOCAL = { scheduleToCloseTimeout: '2s', retry: { maximumAttempts: 1 } } as const;

/** The steps by hand, as local activities, with the events that the interpreter speaks. */
export async function byHand({ story, size, steps }: StoryInput): Promise<string> {
  const run = workflowInfo().workflowId;
  const events = new Publisher(LOCAL);
  const step: Step = async (id, input) => {
    const started = Date.now();
    events.append({ type: 'TASK.STARTED', payload: { run, step: id, uses: 'bench.step', round: 1 } });
    const summary = `${id}: bench.step`;
    const output = await scheduleLocalActivity<StepOutput>('benchStep', [input], { ...LOCAL, summary });
    const milliseconds = Date.now() - started;
    events.append({ type: 'TASK.COMPLETED', payload: { run, step: id, round: 1, milliseconds } });
    return output;
  };
  events.append({ type: 'RUN.STARTED', payload: { run, plan: story, steps } });
  const result = await stories[story](step, size);
  await events.end({ type: 'RUN.COMPLETED', payload: { run } });
  return result;
}
