/** A simple reader of orders for tests of later steps: a reference, a semicolon and a quantity on each line. */
import { readFileSync } from 'node:fs';
import type { Tool } from '../../activities/tools/tool';
import { createOrderAgents } from '../../activities/order/agents';
import { keepReading } from '../../src/reading/keep';
import * as thread from '../../src/threads/order';
import { inProcess } from './threads';
import type { FileReading, OrderLine } from '../../schemas/order/order';

/** The agent with a reader of its own. */
export const orderAgentsThat = (read: (text: string, file: string) => FileReading): Tool[] =>
  createOrderAgents(
    { read: (path, { file }, documents) => keepReading(documents, read(readFileSync(path, 'utf8'), file)) },
    inProcess(thread),
  );

export const plainReader = orderAgentsThat(linesIn);

/** The lines of a text, below its first. */
export function linesIn(text: string, file: string): FileReading {
  const rows = text.trim().split('\n').slice(1);
  const lines = rows.map((row, i): OrderLine => {
    const [reference = '', quantity = ''] = row.split(';');
    const from = { file, cell: `A${i + 2}` };
    return {
      line_id: `L${i + 1}`,
      reference: { value: reference, source: 'file', from, confidence: 1 },
      ...(quantity === '' ? {} : { quantity: { value: quantity, source: 'file', from, confidence: 1 } }),
    };
  });
  return {
    ...{ file, outcome: 'order', sheets: [], structures: [], lines, facts: {}, totals: [], sketch: [] },
    anomalies: lines.flatMap(({ line_id, quantity }) =>
      quantity
        ? []
        : [
            {
              ...{ code: 'line.quantity_missing', severity: 'blocking', line_id, evidence: [] },
              message: { en: 'The quantity is missing.', fr: 'La quantité manque.' },
            },
          ],
    ),
  };
}
