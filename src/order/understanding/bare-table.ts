import type { Table } from './types';

/** A table whose articles stand in no columns of their own: nothing is known of any column but those that were read. */
export function bareTable(
  { columns, ...known }: Pick<Table, 'grid' | 'first' | 'last' | 'roles'> & { columns: readonly number[] },
  to?: number,
): Table {
  const [left, right] = [Math.min(...columns), Math.max(...columns)];
  return {
    ...known,
    ...{ headerRows: new Set(), left, right, layout: 'rows', labels: [], variants: [] },
    ...{ known: new Set(), used: new Set(columns), from: left, to: to ?? right, shifted: new Set() },
    ...{
      codeRows: new Set(),
      dayRows: new Set(),
      profiles: new Map(),
      certainty: new Map(),
      witnessed: false,
      usual: new Map(),
    },
    doubts: [],
  };
}
