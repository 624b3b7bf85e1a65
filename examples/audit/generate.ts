import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkContext } from '../../schemas/audit/work-context';
import { comptabilite, nomsComptabilite } from './comptabilite';
import { drawRows, type Row } from './draw';
import { salesBackOffice, salesNames } from './sales-back-office';

/** Puts oddities where real lists have them, so that the example shows the treatment of each. */
function withOddities(rows: Row[], oddities: Record<number, Partial<Row>>): Row[] {
  return rows.map((row, index) => ({ ...row, ...oddities[index + 1] }));
}

/** Example contexts by file name, the same at every call. */
export function exampleContexts(): Record<string, WorkContext> {
  return {
    'sales-back-office.json': {
      rows: withOddities(drawRows(salesBackOffice, salesNames, 20260105), {
        31: { estimated_minutes: null },
        163: { estimated_minutes: '0h45' },
        97: { estimated_minutes: 0 },
        118: { category: '' },
        142: { estimated_minutes: -10 },
        190: { estimated_minutes: 4800 },
        205: { estimated_minutes: 'about ten' },
      }),
      rows_cover: 'day',
      hourly_rate: 38.5,
      period: { type: 'monthly', working_days: 21 },
      currency: 'EUR',
      language: 'en',
    },
    'comptabilite.json': {
      rows: withOddities(drawRows(comptabilite, nomsComptabilite, 20260106), {
        10: { estimated_minutes: '1h10' },
        40: { estimated_minutes: null },
      }),
      rows_cover: 'day',
      hourly_rate: 41.2,
      period: { type: 'monthly', working_days: 20 },
      currency: 'EUR',
      language: 'fr',
    },
  };
}

if (require.main === module)
  for (const [name, context] of Object.entries(exampleContexts()))
    writeFileSync(join(process.argv[2] ?? __dirname, name), `${JSON.stringify(context, null, 1)}\n`);
