import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface PlainTableProps {
  label: string;
  heads: readonly string[];
  /** columns that hold figures, by their places */
  figures?: readonly number[];
  rows: readonly (readonly ReactNode[])[];
}

/** A small table; a long one is a `DataTable`. */
export function PlainTable({ label, heads, figures = [], rows }: PlainTableProps) {
  const align = (column: number) => (figures.includes(column) ? 'right' : undefined);
  return (
    <Table.ScrollContainer
      className="cards-around"
      minWidth={heads.length * 110}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': label } }}
    >
      <Table className="cards" aria-label={label} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, column) =>
              head === '' ? (
                <Table.Td key={column} />
              ) : (
                <Table.Th key={column} ta={align(column)}>
                  {head}
                </Table.Th>
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={index}>
              {row.map((cell, column) => (
                <Table.Td
                  key={column}
                  ta={align(column)}
                  className={`${figures.includes(column) ? 'figure' : 'foreign'} ${column === 0 ? 'lead' : ''}`}
                  data-title={heads[column]}
                >
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
