/** Workflow definitions that do what the stories by hand do, as the plans that executions of them follow. */
import type { DefinitionContent, DefinitionStep } from '../../schemas/definition/definition';
import type { Plan } from '../../schemas/plan';
import { compileDefinition } from '../../src/definition/compile';
import { LANES } from '../workflows/stories';

const step = (step_id: string, before: string): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool: 'bench.step', parameters: { before } },
});

const contents = {
  chain: (size: number): DefinitionContent => ({
    name: `a chain of ${size}`,
    steps: Array.from({ length: size }, (_, i) => step(`s${i}`, i === 0 ? '' : `\${{ steps.s${i - 1}.output.text }}`)),
    result: { text: `\${{ steps.s${size - 1}.output.text }}` },
  }),
  each: (size: number): DefinitionContent => ({
    name: `a loop over ${size}`,
    steps: [
      {
        ...{ step_id: 'each', step_type: 'loop', items: 'input.list', max_parallel: LANES },
        steps: [step('one', '${{ item.text }}')],
      },
    ],
    result: { text: `\${{ steps.each.output.items[${size - 1}].text }}` },
  }),
};

export type DefinedStory = keyof typeof contents;

/** The plan of the definition of a story. */
export function definedPlan(story: DefinedStory, size: number): Plan {
  const content = contents[story](size);
  const placed = content.steps.map((one, index) => ({ step: one, at: `/steps/${index}` }));
  const { plan, faults } = compileDefinition(content, placed, new Map());
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return plan;
}

/** Input of a loop: a list of so many texts. */
export const listOf = (size: number) => ({ list: Array.from({ length: size }, (_, i) => ({ text: `element ${i}` })) });
