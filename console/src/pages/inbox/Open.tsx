import { Badge, Button, Checkbox, Group, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { useKeys } from '../../keys/keys';
import { DataTable, type Column } from '../../parts/DataTable';
import { sendLater, takeBack, useWaiting } from '../../parts/later';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { Time } from '../../parts/Time';
import { ItemLink, placeOf } from './ItemLink';
import { decide, INBOX, isPlain, type Item, type Kind } from './queries';
import { Together } from './Together';
import { words } from './words';

const route = getRouteApi('/inbox');

/** What waits: a list that is worked through by keys. */
export function Open({ items, onEnd }: { items: readonly Item[]; onEnd?: () => void }) {
  const w = useWords(words);
  const client = useQueryClient();
  const format = useFormat();
  const go = useNavigate();
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [rejected, setRejected] = useState<Item>();
  const waiting = useWaiting();
  const index = Math.max(
    0,
    items.findIndex(({ id }) => id === at),
  );
  const current = items[index];

  const moveTo = (item: Item | undefined) =>
    item && void navigate({ search: (before) => ({ ...before, at: item.id }), replace: true });
  const open = (item = current) => item && void go({ to: placeOf(item) });
  const toggle = ({ id }: Item) =>
    setSelected((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const send = (item: Item, choice: 'approve' | 'reject', reason: string) => {
    const word = choice === 'approve' ? w.approve : w.reject;
    moveTo(items[index + 1]);
    sendLater({
      id: item.id,
      words: w.sending(word, item.title),
      undo: w.undo,
      send: () =>
        void decide(item, choice, reason)
          .then(
            () => notifications.show({ message: w.sent(word, item.title), color: 'green' }),
            (error: Error) =>
              notifications.show({ title: item.title, message: error.message, color: 'red', autoClose: false }),
          )
          .finally(() => void client.invalidateQueries({ queryKey: INBOX })),
    });
  };
  /** One key decides what is the reader's, and asks nothing besides yes or no; all else is opened. */
  const wish = (choice: 'approve' | 'reject') => {
    if (!current) return;
    if (!current.mine || !isPlain(current) || (choice === 'approve' && current.blocking)) return open();
    if (choice === 'reject') setRejected(current);
    else send(current, 'approve', '');
  };
  const flagged = () =>
    moveTo(items.slice(index + 1).find(({ flags }) => flags > 0) ?? items.find(({ flags }) => flags > 0));

  useKeys(w.title, [
    { keys: 'j', words: w.keys.next, run: () => moveTo(items[index + 1]) },
    { keys: 'k', words: w.keys.previous, run: () => moveTo(items[index - 1]) },
    { keys: 'x', words: w.keys.select, run: () => current && toggle(current) },
    { keys: 'Enter', words: w.keys.open, run: () => open() },
    { keys: 'a', words: w.keys.approve, run: () => wish('approve') },
    { keys: 'e', words: w.keys.edit, run: () => open() },
    { keys: 'r', words: w.keys.reject, run: () => wish('reject') },
    { keys: 'u', words: w.keys.undo, run: () => void (takeBack() && notifications.show({ message: w.takenBack })) },
    { keys: 'n', words: w.keys.flagged, run: flagged },
  ]);

  const columns: Column<Item>[] = [
    {
      id: 'select',
      title: '',
      isMark: true,
      width: '2.5rem',
      cell: (item) => (
        <Checkbox
          size="xs"
          aria-label={w.select(item.title)}
          checked={selected.has(item.id)}
          onChange={() => toggle(item)}
        />
      ),
    },
    { id: 'what', title: w.what, cell: (item) => <ItemLink item={item} /> },
    {
      id: 'kind',
      title: w.kind,
      width: '9rem',
      isMinor: true,
      cell: ({ kind, assignee, mine, reason }) => (
        <Group gap={4}>
          {w.kinds[kind as Kind] ?? kind}
          {!mine && (
            <Tooltip label={reason} multiline maw={280}>
              <IconLock size={14} role="img" aria-label={reason} tabIndex={0} />
            </Tooltip>
          )}
          {assignee && (
            <Text size="xs" c="dimmed" className="foreign">
              {assignee}
            </Text>
          )}
        </Group>
      ),
    },
    {
      id: 'flags',
      title: w.flags,
      width: '6rem',
      cell: ({ flags, blocking }) =>
        flags > 0 && (
          <Badge
            color={blocking ? 'red' : 'yellow'}
            variant="light"
            leftSection={<IconAlertTriangle size={12} aria-hidden />}
            title={blocking ? w.blocking : undefined}
            styles={{ label: { color: 'var(--mantine-color-text)' } }}
          >
            {format.number(flags)}
          </Badge>
        ),
    },
    { id: 'due', title: w.due, width: '8rem', isMinor: true, cell: ({ due_at }) => due_at && <Time at={due_at} /> },
    { id: 'since', title: w.since, width: '8rem', isMinor: true, cell: ({ since }) => <Time at={since} /> },
  ];
  const chosen = items.filter(({ id }) => selected.has(id));
  const rows = items.filter(({ id }) => !waiting.some((one) => one.id === id));
  return (
    <>
      {chosen.length > 0 && (
        <Together items={chosen} onDone={() => setSelected(new Set())}>
          <Button size="compact-sm" variant="subtle" onClick={() => setSelected(new Set())}>
            {w.unselect}
          </Button>
        </Together>
      )}
      <DataTable
        label={w.title}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        current={current?.id}
        onOpen={moveTo}
        onEnd={onEnd}
        rowHeight={58}
      />
      {rejected && (
        <ReasonDialog
          title={`${w.reject}: ${rejected.title}`}
          action={w.reject}
          color="red"
          isNeeded
          onClose={() => setRejected(undefined)}
          onDone={(reason) => {
            setRejected(undefined);
            send(rejected, 'reject', reason);
          }}
        />
      )}
    </>
  );
}
