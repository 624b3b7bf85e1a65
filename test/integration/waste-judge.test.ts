/** The judge of the eight wastes asks a model, here a scripted server, as audits do. */
import { LLMock } from '@copilotkit/aimock';
import { findProjectRoot } from '../../src/config';
import { createLlmClient } from '../../src/llm/client';
import { loadPrompts } from '../../src/llm/prompts';
import type { LeftRow } from '../../src/audit/sorting';
import { sortByModel } from '../eval/wastes/model';
import type { Label, Labelled } from '../eval/wastes/rows';
import { below, scoreWastes } from '../eval/wastes/score';

/** Rows of ours, as two readers would label them; the server says so, with these words. */
const labelled: [text: string, label: Label, words: string][] = [
  ['Carry the forms to the third floor every morning', 'handover', 'Carry the forms to the third floor'],
  ['The colleague in Lyon has not answered since Monday', 'waiting', 'has not answered since Monday'],
  ['Call customers about the catalogue', 'unclassified', ''],
  ['Two engineers fold letters', 'unused_skill', 'engineers fold letters'],
  ['Prepare the stand of the fair', 'unclassified', ''],
];
const rows = labelled.map(([title, label], i): Labelled => {
  const readers: Label[] = [label, label];
  return { id: `r${i}`, source: 'own', language: 'en', title, category: null, readers, half: 'judge' };
});

const model = new LLMock({ port: 0, logLevel: 'silent' });
beforeAll(() => model.start());
afterAll(() => model.stop());

async function scoreOf(quote: (words: string) => string) {
  model.clearFixtures();
  model.on({ predicate: () => true }, ({ messages }) => {
    const user = messages.find(({ role }) => role === 'user')?.content;
    const { rows: shown } = JSON.parse(typeof user === 'string' ? user : '') as { rows: LeftRow[] };
    const sorted = shown.flatMap(({ row, text }) => {
      const [, waste, words] = labelled.find(([title]) => title === text)!;
      return waste === 'unclassified' ? [] : [{ row, waste, words: quote(words) }];
    });
    return { content: JSON.stringify({ sorted }) };
  });
  const client = createLlmClient({ url: `${model.url}/v1`, key: undefined });
  return await sortByModel(rows, client, loadPrompts(findProjectRoot(), ['audit.sorting']));
}

it('rows that the rules leave are sorted by a model, and judged by the labels', async () => {
  const given = await scoreOf((words) => words);
  expect([...given.values()]).toEqual(['handover', 'waiting', 'unused_skill']);
  const scores = scoreWastes(rows, given);
  expect(scores.reduce((sum, { found }) => sum + found, 0)).toBe(3);
  expect(below(scores)).toEqual([]);
});

it('a quotation that does not stand in its row leaves its batch unclassified', async () => {
  expect([...(await scoreOf((words) => `${words} indeed`)).values()]).toEqual([]);
});
