import { Anchor, Badge, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { DataTable, type Column } from '../../parts/DataTable';
import { Time } from '../../parts/Time';
import type { Letter } from './queries';
import { words } from './words';

interface LettersTableProps {
  letters: readonly Letter[];
  chosen: ReadonlySet<string>;
  onChoose: (ids: readonly string[], isChosen: boolean) => void;
  current?: string;
  onOpen: (id: string) => void;
  onEnd: () => void;
}

export function LettersTable({ letters, chosen, onChoose, current, onOpen, onEnd }: LettersTableProps) {
  const w = useWords(words);
  const format = useFormat();
  const columns: Column<Letter>[] = [
    {
      ...{ id: 'chosen', title: '✓', width: '44px', isMark: true },
      cell: ({ id }) => (
        <Checkbox
          size="sm"
          aria-label={w.choose(id)}
          checked={chosen.has(id)}
          onChange={({ currentTarget }) => onChoose([id], currentTarget.checked)}
        />
      ),
    },
    {
      ...{ id: 'reason', title: w.reason },
      cell: ({ id, event_type, stage, error }) => (
        <Stack gap={2}>
          <Group gap={6}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              fw={600}
              ta="start"
              className="foreign"
              aria-current={id === current}
              onClick={() => onOpen(id)}
            >
              {event_type ?? error.class}
            </Anchor>
            <Badge variant="default" size="sm" tt="none" className="foreign">
              {error.class}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {w.stages[stage]}
            {format.colon}
            {error.message}
          </Text>
        </Stack>
      ),
    },
    { ...{ id: 'died', title: w.died, width: '92px' }, cell: ({ at }) => <Time at={at} /> },
    {
      ...{ id: 'attempts', title: w.attempts, width: '100px', isMinor: true },
      cell: ({ deliveries, task, redrives }) => (
        <>
          {format.number(task?.attempts ?? deliveries)}
          {redrives > 0 && (
            <Text size="xs" c="dimmed">
              {w.redrives}
              {format.colon}
              {format.number(redrives)}
            </Text>
          )}
        </>
      ),
    },
  ];
  const ids = letters.map(({ id }) => id);
  const count = ids.filter((id) => chosen.has(id)).length;
  return (
    <Stack gap="xs">
      <Checkbox
        size="sm"
        ml={10}
        label={count > 0 ? w.chosen(format.number(count)) : w.chooseAll}
        checked={ids.length > 0 && count === ids.length}
        indeterminate={count > 0 && count < ids.length}
        onChange={({ currentTarget }) => onChoose(ids, currentTarget.checked)}
      />
      <DataTable
        label={w.list}
        columns={columns}
        rows={letters}
        rowKey={({ id }) => id}
        current={current}
        onOpen={({ id }) => onOpen(id)}
        onEnd={onEnd}
        rowHeight={64}
        maxHeight="60vh"
      />
    </Stack>
  );
}

/** Reasons of what is shown, the commonest first; each leaves the others out. */
export function Reasons({
  letters,
  onChoose,
}: {
  letters: readonly Letter[];
  onChoose: (error_class: string) => void;
}) {
  const w = useWords(words);
  const format = useFormat();
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { error } of letters) found.set(error.class, (found.get(error.class) ?? 0) + 1);
    return [...found].sort(([, a], [, b]) => b - a).slice(0, 8);
  }, [letters]);
  if (counts.length < 2) return null;
  return (
    <Group gap={6} role="group" aria-label={w.byReason}>
      <Text size="xs" c="dimmed">
        {w.byReason}:
      </Text>
      {counts.map(([reason, count]) => (
        <Button key={reason} size="compact-xs" variant="default" onClick={() => onChoose(reason)}>
          {reason} · {format.number(count)}
        </Button>
      ))}
    </Group>
  );
}
