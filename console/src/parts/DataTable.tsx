import { ScrollArea, Table } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';

export interface Column<T> {
  id: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** CSS width; the others share what is left */
  width?: string;
  align?: 'left' | 'right';
  /** left out where the table is narrow */
  isMinor?: boolean;
  /** says what a row is about: stands above all else of it where the table is narrow; default the first without a mark */
  isLead?: boolean;
  /** holds a box to tick: stands before what a row is about */
  isMark?: boolean;
}

interface DataTableProps<T> {
  /** says what the table holds, for those who cannot see it */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** the row that keys act on */
  current?: string;
  onOpen?: (row: T) => void;
  /** asked for more rows when the last ones are near */
  onEnd?: () => void;
  /** px; a guess for rows that are not drawn yet */
  rowHeight?: number;
  maxHeight?: string;
}

/** A table of any length: only the rows that are seen are drawn. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, rowKey, current, onOpen, onEnd, rowHeight = 44, maxHeight = '70vh' } = props;
  const viewport = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- it tells by a state of its own what is to be drawn
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => (rows[index] === undefined ? index : rowKey(rows[index])),
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd?.();
  }, [last, rows.length, onEnd]);
  useEffect(() => {
    const index = rows.findIndex((row) => rowKey(row) === current);
    if (index >= 0) virtual.scrollToIndex(index);
    // only when another row is chosen
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current]);

  const lead = columns.find(({ isLead }) => isLead) ?? columns.find(({ isMark }) => !isMark);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <ScrollArea.Autosize
      mah={maxHeight}
      viewportRef={viewport}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
      type="auto"
    >
      <Table
        className="cards"
        stickyHeader
        highlightOnHover={onOpen !== undefined}
        verticalSpacing="xs"
        aria-label={label}
        aria-rowcount={rows.length + 1}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ id, title, width, align, isMinor }) => (
              <Table.Th key={id} w={width} ta={align} visibleFrom={isMinor ? 'sm' : undefined}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {before > 0 && <Spacer height={before} />}
          {items.map(({ key, index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const isCurrent = current !== undefined && rowKey(row) === current;
            return (
              <Table.Tr
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
                aria-selected={current === undefined ? undefined : isCurrent}
                bg={isCurrent ? 'var(--mantine-primary-color-light)' : undefined}
                onClick={onOpen && ((event) => void (isWorked(event.target) || onOpen(row)))}
                style={{ cursor: onOpen ? 'pointer' : undefined }}
              >
                {columns.map(({ id, title, cell, align, isMinor, isMark }) => (
                  <Table.Td
                    key={id}
                    ta={align}
                    className={`${align === 'right' ? 'figure' : 'foreign'} ${isMark ? 'mark' : id === lead?.id ? 'lead' : ''}`}
                    data-title={title}
                    visibleFrom={isMinor ? 'sm' : undefined}
                  >
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
          {after > 0 && <Spacer height={after} />}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td />
    </tr>
  );
}

/** What is in a row and does something of its own, such as a link: the row does not open besides. */
const isWorked = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, label') !== null;
