import { proxyActivities } from '@temporalio/workflow';
import { stories, type StepInput, type StepOutput, type StoryInput } from './stories';

const { benchStep } = proxyActivities<{ benchStep(input: StepInput): Promise<StepOutput> }>({
  startToCloseTimeout: '1 minute',
});

/** The steps as Temporal's samples teach: regular activities, without events. */
export async function regular({ story, size }: StoryInput): Promise<string> {
  return await stories[story]((_, input) => benchStep(input), size);
}
