import type { Provenance, SourcedDecimal, SourcedText } from '../../../schemas/order/order';
import { decimalText } from './decimal';
import { isBlank, type GridCell } from './grid';
import type { UnnumberedLine } from './line';
import type { ColumnRole, Table } from './types';
import type { Figure } from './values';

export interface Place {
  cell: GridCell | undefined;
  from: Provenance;
}

/** Cell of a role in a row; a cell merged over several rows counts in each of them. */
export function place(table: Table, row: number, role: ColumnRole): Place | undefined {
  const column = columnAt(table, row, role);
  if (column === undefined) return undefined;
  return placeAt(table, row, column, role !== 'quantity' && role !== 'amount');
}

/** Column of a role in a row: that of the original value where the revised one is empty. */
export function columnAt({ roles, originals, grid }: Table, row: number, role: ColumnRole): number | undefined {
  const column = roles.get(role);
  const original = originals?.get(role);
  return column !== undefined && original !== undefined && isBlank(grid.cell(row, column)) ? original : column;
}

export function placeAt({ grid }: Table, row: number, column: number, fill: boolean): Place {
  const cell = grid.cell(row, column);
  const merge = fill && isBlank(cell) ? grid.tallMerge(row, column) : undefined;
  if (!merge || merge.top === row) return { cell, from: grid.from(row, column) };
  return { cell: grid.cell(merge.top, merge.left), from: grid.from(merge.top, merge.left) };
}

export const certaintyOf = (table: Table, role: ColumnRole): number =>
  Math.round((table.certainty.get(role) ?? 0.7) * 100) / 100;

const LIMIT = 5_000;

export const sourced = (value: string, from: Provenance, confidence: number, computed?: boolean): SourcedText => ({
  value: value.slice(0, LIMIT),
  source: computed ? 'computed' : 'file',
  from,
  confidence: Math.round(confidence * 100) / 100,
});

export function reportFigure({ issues }: UnnumberedLine, figure: Figure, from: Provenance, quantity: boolean): void {
  if (figure.computed) issues.push({ code: 'line.formula_computed', evidence: [from], words: { text: figure.text } });
  if (figure.other && figure.value) {
    const words = {
      text: figure.text,
      first: decimalText(figure.value) ?? '',
      second: decimalText(figure.other) ?? '',
    };
    issues.push({
      code: 'line.number_ambiguous',
      evidence: [from],
      words,
      ...(quantity ? { severity: 'blocking' } : {}),
    });
  }
}

export function decimalOf(figure: Figure, from: Provenance, confidence: number): SourcedDecimal | undefined {
  const value = figure.value && decimalText(figure.value);
  if (value === undefined) return undefined;
  return sourced(value, from, confidence - (figure.other ? 0.5 : 0) - (figure.computed ? 0.1 : 0), figure.computed);
}
