import { ActionIcon, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Status } from '../../parts/Status';
import { costOf, tookOf, type Row } from './model';
import { EffectBadge } from './StepList';
import { words } from './step.words';
import { useNow } from './useNow';

export type StepNodeType = Node<
  {
    row: Row;
    isClosed: boolean;
    onToggle: (group: string) => void;
    onStep: (step: string) => void;
  },
  'step'
>;

/** A step in the graph: state, effect, time, cost; a group with the steps within it, or closed. */
export const StepNode = memo(function StepNode({ data: { row, isClosed, onToggle } }: NodeProps<StepNodeType>) {
  const w = useWords(words);
  const format = useFormat();
  const now = useNow(row.status === 'running');
  const { id, name, kind, uses, status, effect, findings, isGroup, state } = row;
  const took = tookOf(row, now);
  const cost = costOf(row);
  const kinds: Readonly<Record<string, string>> = w.kinds;
  return (
    <div className="run-step" data-group={isGroup || undefined} data-status={status}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Group gap={4} wrap="nowrap" justify="space-between">
        <Text size="sm" fw={600} truncate title={name}>
          {name}
        </Text>
        <Group gap={4} wrap="nowrap">
          {findings.length > 0 && (
            <IconAlertTriangle size={14} aria-label={`${findings.length} ${w.finding}`} role="img" />
          )}
          {isGroup && (
            <ActionIcon
              size="xs"
              variant="subtle"
              className="nodrag nopan"
              aria-expanded={!isClosed}
              aria-label={isClosed ? w.open(name) : w.close(name)}
              onClick={(event) => {
                event.stopPropagation();
                onToggle(id);
              }}
            >
              {isClosed ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
            </ActionIcon>
          )}
        </Group>
      </Group>
      {!(isGroup && !isClosed) && (
        <Group gap={4} wrap="nowrap" justify="space-between">
          <Text size="xs" c="dimmed" truncate>
            {uses ?? kinds[kind] ?? kind}
          </Text>
          {effect && effect !== 'none' && <EffectBadge effect={effect} />}
        </Group>
      )}
      <Group gap={4} wrap="nowrap">
        <Status state={status} size="sm" />
        <Text size="xs" truncate>
          {[
            state?.elements && w.elements(state.elements.ended, state.elements.count, state.elements.failed),
            took !== undefined && format.duration(took),
            cost && cost.money.join(' · '),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Group>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
});
