import type { OrderInput } from '../../schemas/order/run';
import type { Step } from '../../schemas/plan';
import type { Letter } from '../../src/order/letter';
import { escapeTemplate } from '../../core/plan/expressions';
import { wordingStep } from '../../src/llm/steps';

/** Reading of one file: its steps, and the expression by which later steps find the result. */
export interface FileSteps {
  steps: Step[];
  reading: string;
}

type File = OrderInput['files'][number];
type Reader = Pick<Letter, 'order_id' | 'language'>;

/** One step reads the file. */
export function readingSteps(file: File, n: number, letter: Reader): FileSteps {
  return { steps: [agent('read', file, n, letter)], reading: `\${{ steps.read_${n}.output }}` };
}

/**
 * The agent looks at the file; where its columns are uncertain a model is asked how its tables are built, and the agent
 * reads it again. A failure after the first look leaves the first reading.
 */
export function structuredSteps(file: File, n: number, letter: Reader): FileSteps {
  const [look, sketch, map, read] = [`look_${n}`, `sketch_${n}`, `map_${n}`, `read_${n}`];
  const question: Step = {
    id: sketch,
    name: `what to ask a model about ${file.name}`.slice(0, 200),
    kind: 'tool',
    uses: 'order.structure_question',
    with: { reading: `\${{ steps.${look}.output.reading }}`, language: letter.language },
    depends_on: [look],
    when: `steps.${look}.status == "completed" && steps.${look}.output.uncertain`,
    on_error: 'continue',
    timeout: '5m',
  };
  const again = agent('read', file, n, letter);
  return {
    steps: [
      agent('look', file, n, letter),
      question,
      wordingStep(map, sketch, `propose how the tables of ${file.name} are built`),
      {
        ...again,
        with: {
          ...again.with,
          reading: `\${{ steps.${look}.output }}`,
          structures: `\${{ steps.${map}.status == "completed" ? steps.${map}.output.value : null }}`,
        },
        depends_on: [look, map],
      },
    ],
    reading: `\${{ steps.${read}.status == "completed" ? steps.${read}.output : steps.${look}.output }}`,
  };
}

const agent = (verb: 'look' | 'read', { name, artifact }: File, n: number, letter: Reader): Step => ({
  id: `${verb}_${n}`,
  name: `${verb === 'look' ? 'look at' : 'read'} ${name}`.slice(0, 200),
  kind: 'agent',
  uses: 'order_intake_agent',
  with: {
    order_id: letter.order_id,
    file: escapeTemplate(name),
    artifact_id: artifact.artifact_id,
    language: letter.language,
  },
  on_error: 'continue',
  timeout: '10m',
});
