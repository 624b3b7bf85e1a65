import type { FileReading, TableStructure } from '../../schemas/order/order';
import { Ref } from '../../schemas/refs';
import type { Language } from '../../schemas/language';
import type { JsonSchema } from '../../schemas/tool';
import type { Documents } from '../../src/documents/content';
import type { Prompts } from '../../src/llm/prompt';
import { acceptProposal, structureQuestion, usableStructures } from '../../src/order/structure';
import type { Tool } from '../tools/tool';

const ref = { ...Ref, $id: undefined } as JsonSchema;

/** What a model is asked, where one is: how the tables of a file are built whose columns are uncertain. */
export const orderStructureQuestion = (prompts: Prompts): Tool => ({
  spec: {
    name: 'order.structure_question',
    version: '1.0.0',
    description: 'Makes the question by which a model is asked how the tables of a file are built',
    input: {
      type: 'object',
      required: ['reading', 'language'],
      properties: { reading: ref, language: { enum: ['en', 'fr'] } },
    },
    output: {
      type: 'object',
      required: ['question'],
      properties: { question: { anyOf: [ref, { type: 'null' }] } },
    },
    effect: 'idempotent',
    risk: 'low',
    approval: false,
    timeout: 60_000,
    retry: { attempts: 5, initialMs: 500, backoff: 2, maxMs: 10_000 },
  },
  async run(input, { documents }) {
    const { reading, language } = input as unknown as { reading: Ref; language: Language };
    const read = (await documents.getValue(reading)) as unknown as FileReading;
    const question = structureQuestion(read, prompts('order.structure', language));
    return { question: question ? await documents.putValue(question) : null };
  },
});

/**
 * Reads a file again as a model has proposed; undefined where the reading before it stays.
 * @param answer what the model has said, which is checked here once more
 */
export async function readAgain(
  documents: Documents,
  before: Ref,
  answer: Ref,
  read: (structures: TableStructure[]) => Promise<FileReading>,
): Promise<FileReading | undefined> {
  const looked = (await documents.getValue(before)) as unknown as FileReading;
  const structures = usableStructures(await documents.getValue(answer), looked);
  return structures && acceptProposal(looked, await read(structures), structures);
}
