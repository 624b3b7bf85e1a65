/** The workloads as one would write them by hand. The step, and its events, come as a parameter. */

/** The input of a step: the text of the step before, if there is one. */
export interface StepInput {
  before: string;
}

/** The output of a step: 200 bytes. */
export interface StepOutput {
  text: string;
}

/** Does a step: one call, unless `work` says otherwise. */
export type Step = (id: string, input: StepInput, work?: () => Promise<StepOutput>) => Promise<StepOutput>;

/** A call of which nothing is told. */
export type Call = (input: StepInput) => Promise<StepOutput>;

/** Elements of a list at a time. */
export const LANES = 8;

/** Workloads; each returns the last step's text. */
export const stories = {
  /** One step after the other. */
  async chain(step: Step, size: number): Promise<string> {
    let before = '';
    for (let i = 0; i < size; i++) before = (await step(`s${i}`, { before })).text;
    return before;
  },

  /** All at once, and a step that joins them. */
  async fan(step: Step, size: number): Promise<string> {
    const all = await Promise.all(Array.from({ length: size }, (_, i) => step(`s${i}`, { before: '' })));
    return (await step('join', { before: all[0]?.text ?? '' })).text;
  },

  /** A plan, tasks in parallel, a review, a report. */
  async report(step: Step, size: number): Promise<string> {
    const { text: before } = await step('plan', { before: '' });
    const tasks = await Promise.all(Array.from({ length: size }, (_, i) => step(`task${i}`, { before })));
    const review = await step('review', { before: tasks[0]?.text ?? '' });
    return (await step('report', { before: review.text })).text;
  },

  /** One step for each element of a list, some at a time. */
  async each(step: Step, size: number, call: Call): Promise<string> {
    const work = async (): Promise<StepOutput> => {
      const outputs: StepOutput[] = [];
      let next = 0;
      const lane = async (): Promise<void> => {
        for (let i = next++; i < size; i = next++) outputs[i] = await call({ before: `element ${i}` });
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      return outputs[size - 1] ?? { text: '' };
    };
    return (await step('each', { before: '' }, work)).text;
  },
};

export type Story = keyof typeof stories;

/** The input of a run by hand. */
export interface StoryInput {
  story: Story;
  size: number;
  /** steps in all */
  steps: number;
  /** steps are activities of their own */
  regular: boolean;
}
