import { useQueries, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../../i18n/words';
import { Failure } from '../../parts/states';
import {
  areaOf,
  fillOf,
  GUTTER,
  isWithin,
  joined,
  lettersOf,
  nameOf,
  ROW,
  tilesOf,
  widthsOf,
  type Area,
  type Cells,
  type Place,
  type SheetCell,
} from './cells';
import { CellAbout } from './CellAbout';
import { useDesk } from './desk';
import type { FieldKey } from './fields';
import { tileQuery, type OrderFile, type SheetWindow } from './queries';
import { words } from './words';

/** Rows and columns beyond the last filled ones, as in a spreadsheet. */
const BEYOND = { rows: 4, columns: 2 };

interface GridProps {
  order: string;
  file: number;
  sheet: OrderFile['sheets'][number];
  /** a cell or range to be scrolled to and marked; another object each time that somebody asks for it */
  target: { cell: string } | undefined;
  onField: (key: FieldKey) => void;
}

/** Parts of a sheet that are there, and the first fault of those that are not. */
const combine = (results: UseQueryResult<SheetWindow>[]) => ({
  windows: results.flatMap(({ data }) => data ?? []),
  failed: results.find(({ error }) => error !== null),
});

/** A sheet as it was sent, of any size: only the cells that are seen are asked for and drawn. */
export function Grid({ order, file, sheet, target, onField }: GridProps) {
  const w = useWords(words);
  const client = useQueryClient();
  const { version } = useDesk().sight.draft;
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Place>({ row: 1, column: 1 });
  const [first, setFirst] = useState<readonly SheetWindow[]>([]);
  const counts = { rows: sheet.rows + BEYOND.rows, columns: sheet.columns + BEYOND.columns };
  const widths = useMemo(() => widthsOf(counts.columns, first), [counts.columns, first]);

  // eslint-disable-next-line react-hooks/incompatible-library -- it tells by a state of its own what is to be drawn
  const rows = useVirtualizer({
    count: counts.rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: ROW * 3,
    scrollPaddingEnd: ROW * 2,
  });
  const columns = useVirtualizer({
    horizontal: true,
    count: counts.columns,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 88,
    overscan: 3,
    scrollPaddingStart: GUTTER + 8,
    scrollPaddingEnd: 24,
  });
  useEffect(() => columns.measure(), [columns, widths]);

  const seenRows = rows.getVirtualItems();
  const seenColumns = columns.getVirtualItems();
  const tiles = tilesOf(
    { from: seenRows[0]?.index ?? 0, to: Math.min(seenRows.at(-1)?.index ?? 0, Math.max(sheet.rows - 1, 0)) },
    { from: seenColumns[0]?.index ?? 0, to: Math.min(seenColumns.at(-1)?.index ?? 0, Math.max(sheet.columns - 1, 0)) },
  );
  const { windows, failed } = useQueries({
    queries: tiles.map((at) => tileQuery(order, file, sheet.sheet, at)),
    combine,
  });
  const cells = useMemo(() => joined(windows), [windows]);
  if (first.length === 0 && windows.length > 0) setFirst(windows);

  // another version of the draft names other cells
  const shownVersion = useRef(version);
  useEffect(() => {
    if (shownVersion.current !== version) void client.invalidateQueries({ queryKey: ['order-sheet', order] });
    shownVersion.current = version;
  }, [client, order, version]);

  const area = target && areaOf(target.cell);
  const [followed, setFollowed] = useState<GridProps['target']>();
  if (area && target !== followed) {
    setFollowed(target);
    setCursor({ row: area.row, column: area.column });
  }
  useEffect(() => {
    rows.scrollToIndex(Math.min(cursor.row, counts.rows) - 1, { align: 'auto' });
    columns.scrollToIndex(Math.min(cursor.column, counts.columns) - 1, { align: 'auto' });
    // only when another cell is gone to
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor, followed]);

  const fieldAt = (place: Place) => cells.marks.get(nameOf(place))?.keys[0];
  const open = (place: Place) => {
    const key = fieldAt(place);
    if (key !== undefined) onField(key);
  };
  const current = cells.rows.get(cursor.row)?.find(({ column }) => column === cursor.column);
  const idOf = ({ row, column }: Place) => `cell-${row}-${column}`;
  return (
    <>
      {failed?.error && <Failure error={failed.error} again={() => void failed.refetch()} />}
      <div
        ref={scroller}
        className="order-cells"
        role="grid"
        tabIndex={0}
        id="order-grid"
        aria-label={w.grid(sheet.name)}
        aria-rowcount={counts.rows + 1}
        aria-colcount={counts.columns + 1}
        aria-activedescendant={current && idOf(cursor)}
        onKeyDown={(event) => {
          const next = moved(cursor, event.key, counts);
          if (next) setCursor(next);
          else if (event.key === 'Enter') open(cursor);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <div className="order-columns" role="row" aria-rowindex={1} style={{ width: GUTTER + columns.getTotalSize() }}>
          <div className="order-heading order-corner" role="columnheader" aria-colindex={1} aria-label={sheet.name} />
          {seenColumns.map(({ index, start, size }) => (
            <div
              key={index}
              className="order-heading"
              role="columnheader"
              aria-colindex={index + 2}
              style={{ insetInlineStart: GUTTER + start, width: size }}
            >
              {lettersOf(index + 1)}
            </div>
          ))}
        </div>
        <div
          className="order-canvas"
          role="presentation"
          style={{ height: rows.getTotalSize(), width: GUTTER + columns.getTotalSize() }}
        >
          {seenRows.map(({ index, start }) => (
            <div
              key={index}
              className="order-row"
              role="row"
              aria-rowindex={index + 2}
              style={{ top: start, width: GUTTER + columns.getTotalSize(), height: ROW }}
            >
              <div className="order-heading" role="rowheader" aria-colindex={1}>
                {index + 1}
              </div>
              {shownIn(index + 1, cells, area, cursor).map((cell) => {
                const { row, column, text, kind, bold, struck, fill, note } = cell;
                const merge = cells.merges.get(nameOf(cell));
                const mark = cells.marks.get(nameOf(cell));
                const [from, to] = [column - 1, column - 1 + (merge?.columns ?? 1)];
                return (
                  <div
                    key={column}
                    id={idOf(cell)}
                    className="order-cell"
                    role="gridcell"
                    aria-colindex={column + 1}
                    aria-selected={(area && isWithin(cell, area)) ?? false}
                    data-number={kind === 'number' || kind === 'date' || undefined}
                    data-source={(mark && mark.keys.length > 0) || undefined}
                    data-odd={mark?.isOdd || undefined}
                    data-note={note === undefined ? undefined : true}
                    data-shown={(area && isWithin(cell, area)) || undefined}
                    data-cursor={(row === cursor.row && column === cursor.column) || undefined}
                    title={note ?? text}
                    onClick={() => {
                      setCursor({ row, column });
                      open(cell);
                    }}
                    style={{
                      insetInlineStart: GUTTER + offset(widths, from),
                      width: offset(widths, to) - offset(widths, from),
                      height: ROW * (merge?.rows ?? 1),
                      fontWeight: bold ? 700 : undefined,
                      textDecoration: struck ? 'line-through' : undefined,
                      ...fillOf(fill),
                    }}
                  >
                    {text}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
      <CellAbout place={cursor} cell={current} mark={cells.marks.get(nameOf(cursor))} />
    </>
  );
}

/** Empty cells of a range that are drawn in a row. */
const MOST_EMPTY = 60;

/** Filled cells of a row, and those that are marked although they are empty. */
function shownIn(row: number, { rows, marked }: Cells, area: Area | undefined, cursor: Place): SheetCell[] {
  const filled = rows.get(row) ?? [];
  const there = new Set(filled.map(({ column }) => column));
  const extra = new Set(marked.get(row));
  if (area && row >= area.row && row < area.row + area.rows)
    for (let i = 0; i < Math.min(area.columns, MOST_EMPTY); i++) extra.add(area.column + i);
  if (row === cursor.row) extra.add(cursor.column);
  const empty = [...extra].filter((column) => !there.has(column));
  return [
    ...filled,
    ...empty.map((column): SheetCell => ({ row, column, ref: `${lettersOf(column)}${row}`, text: '', kind: 'text' })),
  ];
}

const offset = (widths: readonly number[], column: number): number => {
  let sum = 0;
  for (let i = 0; i < column; i++) sum += widths[i] ?? 88;
  return sum;
};

/** Cells that a page key goes. */
const PAGE = 20;

function moved({ row, column }: Place, key: string, most: { rows: number; columns: number }): Place | undefined {
  const step = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    PageDown: [PAGE, 0],
    PageUp: [-PAGE, 0],
  }[key];
  if (key === 'Home') return { row, column: 1 };
  if (key === 'End') return { row, column: most.columns };
  if (!step) return undefined;
  const [down = 0, right = 0] = step;
  const between = (value: number, last: number) => Math.min(last, Math.max(1, value));
  return { row: between(row + down, most.rows), column: between(column + right, most.columns) };
}
