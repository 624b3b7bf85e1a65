/** Code of a thread of orders: what takes seconds for tens of thousands of lines, off the event loop. */
import type { Order } from '../../schemas/order/order';
import type { CsvDialect, OrderCorrections } from '../../schemas/order/run';
import * as corrector from '../../src/order/correct';
import { toCsv } from '../../src/order/csv';
import { toXlsx } from '../../src/order/xlsx';

export function correct({ order, corrections, by }: { order: Order; corrections: OrderCorrections; by: string }) {
  return corrector.correct(order, corrections, by);
}

/** The files of an export. */
export async function write({
  order,
  csv,
}: {
  order: Order;
  csv: CsvDialect;
}): Promise<{ csv: Uint8Array; xlsx: Uint8Array }> {
  return { csv: toCsv(order, csv), xlsx: await toXlsx(order) };
}
