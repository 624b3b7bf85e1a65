import { Alert, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useWords } from '../../i18n/words';
import { useKeys } from '../../keys/keys';
import { ActiveContext, DeskContext, idOfField, INSPECTOR, type Desk } from './desk';
import type { EditStore } from './edit-store';
import { withFix, withRemoved, withValue } from './edits';
import { Fields } from './Fields';
import { headFields, keyOf, lineOf, columnsOf, partsOf, valueOf, type FieldKey } from './fields';
import { isTakenAsIs, stopOf, type Flag, type Sight } from './flags';
import { Inspector } from './Inspector';
import type { LinesHandle } from './Lines';
import { filesQuery, type Provenance } from './queries';
import type { OrderSearch } from './route';
import { SheetPane } from './SheetPane';
import { words } from './words';

interface OrderDeskProps {
  sight: Sight;
  store: EditStore;
  isReadOnly: boolean;
  search: OrderSearch;
  /** faults that an approval has left, to jump to */
  blocked: boolean;
  onUnblock: () => void;
}

/** Frames in which a line that is scrolled to is drawn. */
const FRAMES = 30;

/** The sheet as it was sent beside the fields that were read from it. */
export const OrderDesk = memo(function OrderDesk({
  sight,
  store,
  isReadOnly,
  search,
  blocked,
  onUnblock,
}: OrderDeskProps) {
  const w = useWords(words);
  const navigate = useNavigate({ from: '/orders/$orderId' });
  const isNarrow = useMediaQuery('(max-width: 62em)') ?? false;
  const [active, setActiveKey] = useState<FieldKey>();
  const [target, setTarget] = useState<{ cell: string; file: string; sheet?: string }>();
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useRef<LinesHandle>(null);
  const { data: sent } = useQuery(filesQuery(sight.order.order_id));

  const current = useRef(search);
  useEffect(() => void (current.current = search));
  const go = useCallback(
    (change: Partial<OrderSearch>) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  const showCell = useCallback(
    ({ file, sheet, cell }: Provenance, isWanted = false) => {
      const found = sent?.files.find(({ name }) => name === file);
      const place = found?.sheets.find(({ name }) => name === sheet) ?? found?.sheets[0];
      if (cell !== undefined) setTarget({ cell, file, sheet });
      const pane = isWanted && isNarrow ? ('sheet' as const) : current.current.pane;
      const shown = current.current;
      const isShown = shown.file === found?.file && shown.sheet === place?.sheet && shown.pane === pane;
      // the address changes with the sheet alone: to go from cell to cell of one costs nothing
      if (found && place && !isShown) go({ file: found.file, sheet: place.sheet, pane });
      if (isWanted && isNarrow) window.requestAnimationFrame(() => document.getElementById('order-grid')?.focus());
    },
    [sent, go, isNarrow],
  );
  const setActive = useCallback(
    (key: FieldKey) => {
      setActiveKey(key);
      const flags = sight.byKey.get(key);
      const from =
        valueOf(sight.draft, sight.lines, key)?.from ??
        flags?.flatMap(({ anomaly }) => anomaly.evidence).find(({ cell }) => cell);
      if (from) showCell(from);
      else setTarget(undefined);
    },
    [sight, showCell],
  );
  const focus = useCallback((key: FieldKey) => {
    const line = lineOf(key);
    if (line !== undefined) lines.current?.reveal(line);
    let frames = 0;
    const attempt = () => {
      const element = document.getElementById(idOfField(key));
      if (element instanceof HTMLElement && element.offsetParent !== null) {
        element.focus();
        if (element instanceof HTMLInputElement) element.select();
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      } else if (++frames < FRAMES) window.requestAnimationFrame(attempt);
    };
    attempt();
  }, []);
  const desk = useMemo(
    (): Desk => ({ sight, store, isReadOnly, setActive, focus, showCell }),
    [sight, store, isReadOnly, setActive, focus, showCell],
  );
  useWalk(desk, active);

  return (
    <DeskContext value={desk}>
      <ActiveContext value={active}>
        {blocked && <Blocked sight={sight} onJump={focus} onClose={onUnblock} />}
        <SegmentedControl
          hiddenFrom="md"
          fullWidth
          aria-label={`${w.fields} / ${w.sheet}`}
          value={search.pane ?? 'fields'}
          data={[
            { value: 'fields', label: w.fields },
            { value: 'sheet', label: w.sheet },
          ]}
          onChange={(pane) => go({ pane: pane === 'sheet' ? 'sheet' : undefined })}
        />
        <div className="order-desk" data-pane={search.pane ?? 'fields'}>
          <section className="order-sheet" aria-label={w.sheet}>
            <SheetPane
              order={sight.order.order_id}
              search={search}
              target={target}
              onSheet={(file, sheet) => {
                setTarget(undefined);
                go({ file, sheet });
              }}
              onField={(key) => {
                if (isNarrow) go({ pane: undefined });
                focus(key);
              }}
            />
          </section>
          <section className="order-fields" aria-label={w.fields}>
            <Fields scroller={scroller} handle={lines} />
            <Inspector />
          </section>
        </div>
      </ActiveContext>
    </DeskContext>
  );
});

/** Keys that go from field to field. */
function useWalk({ sight, store, isReadOnly, focus }: Desk, active: FieldKey | undefined) {
  const w = useWords(words);
  const walk = (step: 1 | -1) => {
    const flagged = new Set([...sight.byKey.keys()].map((key) => partsOf(key).name));
    const columns = columnsOf(sight.draft.lines, flagged);
    const found = sight.stops.filter((key) => partsOf(key).owner === 'found');
    const ids = [...sight.draft.lines.map(({ line_id }) => line_id), ...store.get().added];
    const all = [...headFields, ...found, ...ids.flatMap((line) => columns.map((field) => keyOf(line, field)))];
    const at = active === undefined ? -1 : all.indexOf(active);
    const next = all[at < 0 && step < 0 ? all.length - 1 : at + step];
    if (next !== undefined) focus(next);
  };
  const fix = () => {
    if (isReadOnly || active === undefined) return;
    for (const flag of sight.byKey.get(active) ?? []) {
      const [first] = flag.fixes;
      const value = valueOf(sight.draft, sight.lines, active)?.value;
      if (first) store.change((edits) => withFix(edits, flag, first.corrections));
      else if (isTakenAsIs(flag, value)) store.change((edits) => withValue(edits, sight, active, value, true));
    }
  };
  const remove = () => {
    const line = active === undefined ? undefined : lineOf(active);
    if (!isReadOnly && line !== undefined) store.change((edits) => withRemoved(edits, line, !edits.removed.has(line)));
  };
  const first = sight.stops[0] ?? headFields[0];
  // out of a field the keys that are single letters work, and Tab goes everywhere
  const leave = () => {
    const isInside = document.activeElement?.closest('.order-fields, .order-sheet') != null;
    if (isInside) document.getElementById(INSPECTOR)?.focus();
  };
  useKeys(w.fields, [
    { keys: 'e', words: w.keys.edit, run: () => focus(first) },
    { keys: 'F8', words: w.keys.all, run: () => walk(1) },
    { keys: 'shift+F8', words: w.keys.allBack, run: () => walk(-1) },
    { keys: 'mod+.', words: w.keys.fix, run: fix },
    { keys: 'mod+Delete', words: w.keys.remove, run: remove },
    { keys: 'Escape', words: w.keys.leave, run: leave },
  ]);
}

/** Faults that an approval has left, each with a jump to its field. */
function Blocked({ sight, onJump, onClose }: { sight: Sight; onJump: (key: FieldKey) => void; onClose: () => void }) {
  const w = useWords(words);
  const { language } = useLanguage();
  const faults = sight.flags.filter(({ anomaly }) => anomaly.severity === 'blocking');
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  if (faults.length === 0) return null;
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconBan />}
      title={w.blocked(faults.length)}
      withCloseButton
      closeButtonLabel={w.decide.back}
      onClose={onClose}
    >
      <Text size="sm">{w.kept}</Text>
      <Group gap="xs" mt={4}>
        {faults.slice(0, 20).map((flag: Flag, i) => (
          <Button
            key={flag.id}
            ref={i === 0 ? first : undefined}
            size="compact-sm"
            variant="default"
            leftSection={<IconAlertTriangle size={14} aria-hidden />}
            onClick={() => onJump(stopOf(flag))}
            styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
            h="auto"
          >
            {flag.anomaly.line_id !== undefined && `${flag.anomaly.line_id}: `}
            {flag.anomaly.message[language]}
          </Button>
        ))}
      </Group>
    </Alert>
  );
}
