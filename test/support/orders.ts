/** Orders for tests, made by code. */
import type { Order, OrderLine, SourcedText } from '../../schemas/order/order';
import { totalsOf } from '../../src/order/totals';

export const read = (value: string): SourcedText => ({
  ...{ value, source: 'file', confidence: 1 },
  from: { file: 'order.xlsx', sheet: 'Sheet1', cell: 'A2' },
});

/** A line with the given values, as if read from a file. */
export function line(line_id: string, values: Record<string, string>): OrderLine {
  const entries = Object.entries(values).map(([name, value]) => [name, read(value)]);
  return { line_id, ...(Object.fromEntries(entries) as Partial<OrderLine>) };
}

/** A complete order. */
export function orderOf(more: Partial<Order> = {}): Order {
  const lines = more.lines ?? [
    line('L1', { reference: 'A-1', description: 'Screw', quantity: '2', unit_price: '1.50' }),
    line('L2', { reference: '007', description: 'Nut', quantity: '10', unit_price: '0.05', amount: '0.5' }),
  ];
  return {
    ...{ order_id: 'O-1', version: 1, from_email: 'user@example.com', subject: 'New order', language: 'en' },
    received_at: '2026-01-02T03:04:05.000Z',
    delivery: { address: read('1 Main St'), date: read('2026-02-01') },
    facts: {},
    files: [{ file: 'order.xlsx', outcome: 'order', sheets: [], structures: [] }],
    lines,
    totals: totalsOf(lines, [], undefined),
    anomalies: [],
    dismissed: [],
    ...more,
  };
}

/** A CSV read back as a spreadsheet program would: rows of cells. */
export function parseCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let [cell, quoted] = ['', false];
  const end = () => (rows.at(-1)!.push(cell), (cell = ''));
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === separator) end();
    else if (c === '\n') {
      end();
      rows.push([]);
    } else if (c !== '\r' || text[i + 1] !== '\n') cell += c;
  }
  return rows.slice(0, -1);
}
