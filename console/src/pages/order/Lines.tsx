import { ActionIcon, Button, Group, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useImperativeHandle, useMemo, useRef, type Ref, type RefObject } from 'react';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../i18n/format';
import { useKeys } from '../../keys/keys';
import { useActive, useDesk } from './desk';
import { useAdded, useIsRemoved } from './edit-store';
import { withNewLine, withRemoved } from './edits';
import { Field } from './Field';
import { columnsOf, isFigure, keyOf, lineOf, partsOf, type LineField } from './fields';
import { grouped, type Flag } from './flags';
import type { Line } from './queries';
import { words } from './words';

/** px; all lines are equally high, so that nothing moves while one goes from field to field */
const HEIGHT = 62;

const WIDTHS: Partial<Record<LineField, string>> = {
  description: 'minmax(10rem, 3fr)',
  reference: 'minmax(7rem, 2fr)',
  note: 'minmax(8rem, 2fr)',
  delivery_date: 'minmax(8rem, 1fr)',
};

export interface LinesHandle {
  /** Draws a line, so that its fields can take the focus. */
  reveal: (line: string) => void;
}

/** The lines of an order; only those that are seen are drawn, and the one that has the focus. */
export function Lines({ scroller, handle }: { scroller: RefObject<HTMLDivElement | null>; handle: Ref<LinesHandle> }) {
  const w = useWords(words);
  const format = useFormat();
  const { sight, store, isReadOnly, focus } = useDesk();
  const active = useActive();
  const { draft, byKey } = sight;
  const added = useAdded(store);
  const list = useRef<HTMLDivElement>(null);

  const rows = useMemo(() => [...draft.lines, ...added.map((line_id): Line => ({ line_id }))], [draft.lines, added]);
  const places = useMemo(() => new Map(rows.map(({ line_id }, i) => [line_id, i])), [rows]);
  const columns = useMemo(
    () => columnsOf(draft.lines, new Set([...byKey.keys()].map((key) => partsOf(key).name))),
    [draft.lines, byKey],
  );
  const flags = useMemo(() => {
    const lines = grouped(byKey, ([key]) => lineOf(key) ?? '');
    return new Map(
      [...lines].map(([line, found]) => [line, new Map(found.map(([key, of]) => [partsOf(key).name, of]))]),
    );
  }, [byKey]);

  const current = active === undefined ? undefined : places.get(lineOf(active) ?? '');
  // eslint-disable-next-line react-hooks/incompatible-library -- it tells by a state of its own what is to be drawn
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 6,
    getItemKey: (index) => rows[index]?.line_id ?? index,
    scrollMargin: list.current?.offsetTop ?? 0,
    // below the heading, and above the edge
    scrollPaddingStart: HEIGHT * 2,
    scrollPaddingEnd: HEIGHT * 2,
    rangeExtractor(range) {
      const seen = defaultRangeExtractor(range);
      return current === undefined || seen.includes(current) ? seen : [...seen, current].sort((a, b) => a - b);
    },
  });
  const top = virtual.options.scrollMargin;
  const addLine = () => {
    store.change(withNewLine);
    const line = store.get().added.at(-1);
    if (line !== undefined) window.requestAnimationFrame(() => focus(keyOf(line, 'reference')));
  };
  useKeys(w.lines, isReadOnly ? [] : [{ keys: 'l', words: w.addLine, run: addLine }]);

  useImperativeHandle(handle, () => ({
    reveal(line) {
      const index = places.get(line);
      if (index !== undefined) virtual.scrollToIndex(index, { align: 'auto' });
    },
  }));
  // what stands above the list may grow or shrink
  useEffect(() => {
    if (list.current && list.current.offsetTop !== top) virtual.measure();
  });

  const template = `4.5rem ${columns.map((field) => WIDTHS[field] ?? 'minmax(7rem, 1fr)').join(' ')}`;
  const width = `${7 + columns.length * 7.5}rem`;
  return (
    <section aria-labelledby="order-lines">
      <Group justify="space-between" mt="md" mb={4}>
        <Title order={2} size="h5" id="order-lines">
          {w.lines} · {format.number(draft.totals.lines)}
        </Title>
        {!isReadOnly && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            // which a key does
            tabIndex={-1}
            onClick={addLine}
          >
            {w.addLine}
          </Button>
        )}
      </Group>
      <div className="order-titles" style={{ gridTemplateColumns: template, minWidth: width }} aria-hidden>
        <span />
        {columns.map((field) => (
          <span key={field} style={{ textAlign: isFigure(`.${field}`) ? 'end' : undefined }}>
            {w.names[field]}
          </span>
        ))}
      </div>
      <div
        ref={list}
        className="order-lines"
        role="list"
        aria-label={w.lines}
        style={{ height: virtual.getTotalSize(), minWidth: width }}
      >
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const line = rows[index];
          return (
            line && (
              <LineRow
                key={key}
                line={line}
                place={index}
                top={start - top}
                columns={columns}
                template={template}
                flags={flags.get(line.line_id)}
              />
            )
          );
        })}
      </div>
    </section>
  );
}

interface LineRowProps {
  line: Line;
  place: number;
  top: number;
  columns: readonly LineField[];
  template: string;
  flags: ReadonlyMap<string, readonly Flag[]> | undefined;
}

const LineRow = memo(function LineRow({ line, place, top, columns, template, flags }: LineRowProps) {
  const w = useWords(words);
  const { store, isReadOnly } = useDesk();
  const isRemoved = useIsRemoved(store, line.line_id);
  const { line_id } = line;
  const isNew = line_id.startsWith('+');
  const label = isRemoved ? w.restoreLine(line_id) : w.removeLine(line_id);
  return (
    <div
      className="order-line"
      role="listitem"
      aria-setsize={-1}
      aria-posinset={place + 1}
      data-removed={isRemoved || undefined}
      style={{ top, height: HEIGHT, gridTemplateColumns: template }}
    >
      <Group gap={2} wrap="nowrap" pt={2}>
        <Text
          size="xs"
          fw={600}
          miw={34}
          c={isRemoved ? 'dimmed' : undefined}
          td={isRemoved ? 'line-through' : undefined}
        >
          {isNew ? w.newLine : line_id}
        </Text>
        {!isReadOnly && (
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            // which keys do from the fields
            tabIndex={-1}
            aria-label={isNew ? w.removeLine(w.newLine) : label}
            title={isRemoved ? w.removed : label}
            onClick={() => store.change((edits) => withRemoved(edits, line_id, !isRemoved))}
          >
            {isRemoved ? <IconArrowBackUp size={14} /> : <IconTrash size={14} />}
          </ActionIcon>
        )}
      </Group>
      {columns.map((field) => (
        <Field key={field} field={keyOf(line_id, field)} value={line[field]} flags={flags?.get(field)} />
      ))}
    </div>
  );
});
