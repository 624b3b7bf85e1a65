import { BATCH, type LeftRow, sortedRows, sortQuestion } from '../../../src/audit/sorting';
import type { Json } from '../../../schemas/json';
import type { LlmClient } from '../../../src/llm/client';
import type { Prompts } from '../../../src/llm/prompt';
import type { Label, Labelled } from './rows';

const TIMEOUT = 120_000;

/**
 * Labels that a model gives to rows which the rules leave, as an audit asks it: in batches, each with a quotation that
 * code checks. A batch whose answer does not pass is left unclassified.
 */
export async function sortByModel(
  rows: readonly Labelled[],
  client: LlmClient,
  prompts: Prompts<'audit.sorting'>,
): Promise<Map<string, Label>> {
  const given = new Map<string, Label>();
  for (const language of ['en', 'fr'] as const) {
    const left = rows.filter((row) => row.language === language);
    for (let at = 0; at < left.length; at += BATCH) {
      const batch = left.slice(at, at + BATCH);
      const shown = batch.map((row, i): LeftRow => ({ row: i + 1, category: row.category ?? '', text: row.title }));
      const question = sortQuestion(shown, prompts('audit.sorting', language));
      const options = { run: 'eval-wastes', signal: AbortSignal.timeout(TIMEOUT), timeout: TIMEOUT };
      const { text } = await client.ask(question, options);
      for (const { row, waste } of sortedRows(parsed(text), question.facts)) given.set(batch[row - 1]!.id, waste);
    }
  }
  return given;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
