import type { Cell, CellValue, Range, Sheet, Workbook } from '../../../../src/spreadsheets/workbook';
import { columnNumber } from '../../../../src/order/understanding/text';
import { understand, type UnderstandOptions } from '../../../../src/order/understanding';
import type { FileReading } from '../../../../schemas/order/order';

/** A cell in a test: a text, a number, nothing, or a complete cell. */
export type Written = string | number | boolean | null | Partial<Cell>;

export const bold = (text: string): Partial<Cell> => ({ value: { is: 'text', text }, bold: true });
export const shown = (number: number, text: string): Partial<Cell> => ({
  value: { is: 'number', number, digits: String(number), shown: text },
});
export const digits = (text: string): Partial<Cell> => ({
  value: { is: 'number', number: Number(text), digits: text },
});
export const day = (iso: string): Partial<Cell> => ({ value: { is: 'date', iso, serial: 45_000 } });
export const error = (text: string): Partial<Cell> => ({ value: { is: 'error', error: text } });
export const formula = (text: string, cached?: number): Partial<Cell> => ({
  formula: text,
  value: cached === undefined ? { is: 'none' } : { is: 'number', number: cached, digits: String(cached) },
});

function valueOf(written: Written): CellValue {
  if (written === null) return { is: 'none' };
  if (typeof written === 'string') return { is: 'text', text: written };
  if (typeof written === 'number') return { is: 'number', number: written, digits: String(written) };
  if (typeof written === 'boolean') return { is: 'boolean', boolean: written };
  return written.value ?? { is: 'none' };
}

export interface SheetOptions {
  name?: string;
  state?: Sheet['state'];
  hiddenRows?: number[];
  hiddenColumns?: number[];
  /** in the form `B2:D2` */
  merges?: string[];
}

export function sheet(rows: Written[][], options: SheetOptions = {}): Sheet {
  const { name = 'Sheet1', state = 'visible', hiddenRows = [], hiddenColumns = [], merges = [] } = options;
  return {
    name,
    state,
    hiddenColumns,
    merges: merges.map(range),
    rows: rows.map((cells, index) => ({
      number: index + 1,
      hidden: hiddenRows.includes(index + 1),
      cells: cells.flatMap((written, at): Cell[] => {
        if (written === null || written === '') return [];
        const more = typeof written === 'object' ? written : {};
        return [{ ...more, column: at + 1, value: valueOf(written) }];
      }),
    })),
  };
}

function range(text: string): Range {
  const [, left = '', top = '', right = '', bottom = ''] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(text) ?? [];
  return { top: Number(top), left: columnNumber(left), bottom: Number(bottom), right: columnNumber(right) };
}

export const workbook = (...sheets: Sheet[]): Workbook => ({ sheets, reader: 'stream' });

/** Reads one sheet given as rows. */
export const read = (rows: Written[][], options: SheetOptions & Partial<UnderstandOptions> = {}): FileReading =>
  understand(workbook(sheet(rows, options)), { file: 'order.xlsx', ...pick(options) });

const pick = ({ language, structures, file }: Partial<UnderstandOptions>): Partial<UnderstandOptions> => ({
  ...(language ? { language } : {}),
  ...(structures ? { structures } : {}),
  ...(file ? { file } : {}),
});

export const readAll = (sheets: Sheet[], options: Partial<UnderstandOptions> = {}): FileReading =>
  understand(workbook(...sheets), { file: 'order.xlsx', ...options });

type Field =
  | 'reference'
  | 'ean'
  | 'description'
  | 'variant'
  | 'destination'
  | 'quantity'
  | 'unit'
  | 'unit_price'
  | 'discount_percent'
  | 'amount'
  | 'delivery_date'
  | 'note'
  | 'order_number'
  | 'customer';

/** Lines as plain values: `{ reference: 'A1', quantity: '2' }`. */
export const linesOf = ({ lines }: FileReading): Partial<Record<Field, string>>[] =>
  lines.map((line) =>
    Object.fromEntries(
      Object.entries(line).flatMap(([name, value]) =>
        typeof value === 'object' && 'value' in value ? [[name, value.value]] : [],
      ),
    ),
  );

/** Values of one field in all lines. */
export const column = (reading: FileReading, field: Field): (string | undefined)[] =>
  linesOf(reading).map((line) => line[field]);

/** Codes of anomalies, each once, sorted. */
export const codes = ({ anomalies }: FileReading): string[] => [...new Set(anomalies.map(({ code }) => code))].sort();
