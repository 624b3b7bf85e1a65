import type { Grid } from './grid';
import type { Table } from './types';
import type { TableReading } from './line';
import type { TableStructure } from '../../../schemas/order/order';
import type { Context } from './context';

export interface SheetReading {
  grid: Grid;
  hidden: boolean;
  tables: Table[];
  readings: TableReading[];
  /** structures that were given and do not fit */
  refused: TableStructure[];
}

export interface BookReading {
  sheets: SheetReading[];
  context: Context;
}
