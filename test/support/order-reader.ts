/** A simple reader of orders for tests of later steps: a reference, a semicolon and a quantity on each line. */
import type { FileReading, OrderLine } from '../../schemas/order/order';
import { createOrderAgents } from '../../activities/order/agents';
import { readFileSync } from 'node:fs';

export const plainReader = createOrderAgents({
  async read(path, { file }): Promise<FileReading> {
    const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
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
  },
});
