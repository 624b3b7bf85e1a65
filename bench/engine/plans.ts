/** The workloads as plans: the same steps as in ../workflows/stories, the same text passed from one to the next. */
import type { Plan, Step } from '../../schemas/plan';
import type { Story } from '../workflows/stories';

/** Stories that are written as plans; the others are definitions. */
export type PlannedStory = Exclude<Story, 'each'>;

const step = (id: string, before?: string, depends_on: string[] = []): Step => ({
  id,
  kind: 'tool',
  uses: 'bench.step',
  with: { before: before === undefined ? '' : `\${{ steps.${before}.output.text }}` },
  ...(depends_on.length > 0 ? { depends_on } : {}),
});

const list = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));

const chain = (size: number, prefix = 's'): Step[] =>
  list(size, (i) => step(`${prefix}${i}`, i === 0 ? undefined : `${prefix}${i - 1}`));

const steps: Record<PlannedStory, (size: number) => Step[]> = {
  chain,
  fan: (size) => {
    const all = list(size, (i) => step(`s${i}`));
    return [
      ...all,
      step(
        'join',
        's0',
        all.map(({ id }) => id),
      ),
    ];
  },
  report: (size) => {
    const tasks = list(size, (i) => step(`task${i}`, 'plan'));
    const review = step(
      'review',
      'task0',
      tasks.map(({ id }) => id),
    );
    return [step('plan'), ...tasks, review, step('report', 'review')];
  },
};

/** A story as a plan; as parallel as the language allows, like the work by hand. */
export function planOf(story: PlannedStory, size: number, uses = 'bench.step'): Plan {
  const all = steps[story](size).map((one) => ({ ...one, uses }));
  const text = `\${{ steps.${all.at(-1)?.id}.output.text }}`;
  return { name: story, steps: all, max_parallel: 200, result: { text } };
}

/** Chains side by side: a plan of a given number of steps. */
export function lanesOf(total: number, lanes = 10): Plan {
  const all = list(lanes, (lane) => chain(total / lanes, `l${lane}_`)).flat();
  return { name: `${total} steps`, steps: all, max_parallel: 200 };
}
