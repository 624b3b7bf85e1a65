import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { TimeWasteDeliverable } from '../../../../schemas/audit/deliverables';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { DataTable, type Column } from '../../parts/DataTable';
import { words } from './words';

type Row = TimeWasteDeliverable['rows'][number];

interface RowTableProps {
  label: string;
  /** numbers of the rows that are shown; all without them */
  numbers?: readonly number[];
  rows?: readonly Row[];
}

/** Rows of the audit, with the words in them that speak for a waste. */
export function RowTable({ label, numbers, rows = [] }: RowTableProps) {
  const w = useWords(words);
  const format = useFormat();
  const shown = useMemo(() => {
    if (numbers === undefined) return rows;
    const wanted = new Set(numbers);
    return rows.filter(({ row }) => wanted.has(row));
  }, [rows, numbers]);
  if (shown.length === 0 && numbers) return <Text size="sm">{`${w.row} ${numbers.slice(0, 100).join(', ')}`}</Text>;
  const columns: Column<Row>[] = [
    { id: 'row', title: w.row, width: '4.5rem', align: 'right', cell: ({ row }) => row },
    { id: 'category', title: w.category, cell: ({ category }) => category },
    { id: 'minutes', title: w.minutes, width: '6rem', align: 'right', cell: ({ minutes }) => format.number(minutes) },
    { id: 'waste', title: w.waste, isMinor: true, cell: ({ waste }) => waste.replaceAll('_', ' ') },
    { id: 'evidence', title: w.evidence, cell: ({ evidence }) => evidence.join(', ') },
    { id: 'class', title: w.class, width: '5rem', isMinor: true, cell: ({ pareto_class }) => pareto_class },
  ];
  return <DataTable label={label} columns={columns} rows={shown} rowKey={({ row }) => String(row)} maxHeight="40vh" />;
}
