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

/** Milliseconds of processor time, without other work on the machine. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

describe('size', () => {
  test.each([50, 10_000])('%i rows are delivered and checked in good time', async (count) => {
    const context = many(count);
    for (const kind of kinds) {
      const started = processorTime();
      const { document, files } = await deliveryOf(kind, context);
      const made = processorTime();
      expect(checkDeliverable(kind, document, context, {}, files[1]!.bytes.toString())).toEqual({
        accepted: true,
        findings: [],
      });
      if (kind !== 'summary') expect(made - started).toBeLessThan(5000);
      expect(processorTime() - made).toBeLessThan(5000);
    }
  });

  test('texts of 5,000 characters in every row do not take disproportionately long', () => {
    const context = many(1000);
    for (const row of context.rows!) row.text = `${row.text} `.repeat(70).slice(0, 5000);
    const started = processorTime();
    documentsOf(context);
    expect(processorTime() - started).toBeLessThan(5000);
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
