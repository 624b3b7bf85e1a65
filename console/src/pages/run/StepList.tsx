import { ActionIcon, Anchor, Badge, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { DataTable, type Column } from '../../parts/DataTable';
import { Status } from '../../parts/Status';
import { costOf, tookOf, type Row } from './model';
import { words } from './step.words';
import { useNow } from './useNow';

export interface StepsProps {
  /** those that no closed group hides */
  rows: readonly Row[];
  closed: ReadonlySet<string>;
  onToggle: (group: string) => void;
  current?: string;
  onStep: (step: string) => void;
}

/** Steps as a list, those within groups further in. */
export function StepList({ rows, closed, onToggle, current, onStep }: StepsProps) {
  const w = useWords(words);
  const format = useFormat();
  const now = useNow(rows.some(({ status }) => status === 'running'));
  const kinds: Readonly<Record<string, string>> = w.kinds;
  const columns: Column<Row>[] = [
    {
      id: 'step',
      title: w.step,
      cell: ({ id, name, depth, isGroup, findings }) => (
        <Group gap={4} wrap="nowrap" align="flex-start" pl={depth * 20}>
          {isGroup && (
            <ActionIcon
              size="xs"
              variant="subtle"
              aria-expanded={!closed.has(id)}
              aria-label={closed.has(id) ? w.open(name) : w.close(name)}
              onClick={() => onToggle(id)}
            >
              {closed.has(id) ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
            </ActionIcon>
          )}
          <div>
            <Anchor component="button" type="button" size="sm" ta="left" className="foreign" onClick={() => onStep(id)}>
              {name}
            </Anchor>
            {name !== id && (
              <Text size="xs" c="dimmed">
                {id}
              </Text>
            )}
            {findings.map(({ code, message, severity }) => (
              <Text key={code + message} size="xs" className="foreign">
                <IconAlertTriangle size={12} aria-hidden /> {severity}: {message}
              </Text>
            ))}
          </div>
        </Group>
      ),
    },
    { id: 'tool', title: w.tool, isMinor: true, cell: ({ uses, kind }) => uses ?? kinds[kind] ?? kind },
    {
      id: 'state',
      title: w.state,
      cell: ({ status, state }) => (
        <Group gap={4}>
          <Status state={status} />
          {state?.elements && (
            <Text size="xs">{w.elements(state.elements.ended, state.elements.count, state.elements.failed)}</Text>
          )}
          {(state?.rounds ?? 0) > 1 && <Text size="xs">{w.rounds(state?.rounds ?? 0)}</Text>}
        </Group>
      ),
    },
    {
      id: 'effect',
      title: w.effect,
      isMinor: true,
      cell: ({ effect }) => effect && <EffectBadge effect={effect} />,
    },
    {
      id: 'took',
      title: w.took,
      align: 'right',
      cell: (row) => {
        const took = tookOf(row, now);
        return took === undefined ? '' : format.duration(took);
      },
    },
    {
      id: 'cost',
      title: w.cost,
      align: 'right',
      isMinor: true,
      cell: (row) => {
        const cost = costOf(row);
        return cost && [w.tokens(format.number(cost.tokens)), ...cost.money].join(' · ');
      },
    },
  ];
  return (
    <DataTable label={w.table} columns={columns} rows={rows} rowKey={({ id }) => id} current={current} rowHeight={40} />
  );
}

/** What a call does to the world, in words. */
export function EffectBadge({ effect }: { effect: NonNullable<Row['effect']> }) {
  const w = useWords(words);
  return (
    <Badge
      size="sm"
      tt="none"
      variant={effect === 'once' ? 'outline' : 'light'}
      color={effect === 'none' ? 'gray' : effect === 'once' ? 'orange' : 'awe'}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {w.effects[effect]}
    </Badge>
  );
}
