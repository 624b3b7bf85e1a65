import type { WorkContext } from '../../../schemas/audit/work-context';
import english from '../../../examples/audit/sales-back-office.json';
import french from '../../../examples/audit/comptabilite.json';
import { checkDeliverable } from '../../../src/audit/definition-of-done';
import { exampleContexts } from '../../../examples/audit/generate';
import { deliveryOf, documentsOf, kinds, monthly } from './support';

function many(count: number): WorkContext {
  const sales = (english as WorkContext).rows!;
  return {
    rows: Array.from({ length: count }, (_, index) => ({
      category: `Team ${index % 11}`,
      estimated_minutes: (index % 97) / 4,
      text: `${sales[index % sales.length]!.text} (case ${index}, ${'abcdefghijklm'[index % 13]}${'nopqrstuvwxyz'[index % 11]})`,
    })),
    ...monthly,
  };
}

describe('size', () => {
  test.each([50, 3_000])('%i rows are delivered, and accepted', async (count) => {
    const context = many(count);
    for (const kind of kinds) {
      const { document, files } = await deliveryOf(kind, context);
      expect(checkDeliverable(kind, document, context, {}, files[1]!.bytes.toString())).toEqual({
        accepted: true,
        findings: [],
      });
    }
  });

  // work that grew with the square of a text's length would take hours, far beyond the time limit of a test
  test('texts of 5,000 characters in every row are read', () => {
    const context = many(1000);
    for (const row of context.rows!) row.text = `${row.text} `.repeat(70).slice(0, 5000);
    expect(Object.keys(documentsOf(context)).sort()).toEqual([...kinds].sort());
  });
});

describe('the examples', () => {
  test('equal the output of their generator', () => {
    expect(exampleContexts()).toEqual({ 'sales-back-office.json': english, 'comptabilite.json': french });
  });

  test('are as large and as mixed as stated', () => {
    const rows = (english as WorkContext).rows!;
    expect(rows.length).toBeGreaterThanOrEqual(220);
    expect(new Set(rows.map(({ category }) => category)).size).toBeGreaterThanOrEqual(9);
    const { friction, time_waste } = documentsOf(english as WorkContext);
    expect(friction.signals.map(({ id }) => id).sort()).toEqual([
      'bouncing',
      'handover',
      'interruption',
      'repetition',
      'rework',
      'waiting',
    ]);
    expect(time_waste.wastes).toHaveLength(9);
    expect((french as WorkContext).rows!.length).toBe(60);
  });
});
