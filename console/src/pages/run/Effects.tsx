import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Empty } from '../../parts/states';
import { Time } from '../../parts/Time';
import type { Answer } from '../../api/client';
import { words } from './parts.words';
import { effectsQuery } from './queries';

type Effect = Answer<'listEffects'>['effects'][number];

interface EffectsProps {
  workflowId: string;
  onStep: (step: string) => void;
}

/** What a run has changed outside, what has failed, and what nobody knows. */
export default function Effects({ workflowId, onStep }: EffectsProps) {
  const w = useWords(words);
  const effects = useQuery(effectsQuery(workflowId));
  const columns: Column<Effect>[] = [
    {
      id: 'effect',
      title: w.effect,
      cell: ({ tool, targets }) => (
        <>
          <Text size="sm">{targets.map(({ access, kind, target }) => `${access} ${kind} ${target}`).join(', ')}</Text>
          <Text size="xs" c="dimmed">
            {tool}
          </Text>
        </>
      ),
    },
    {
      id: 'step',
      title: w.step,
      cell: ({ step }) => (
        <Anchor component="button" type="button" size="sm" ta="left" onClick={() => onStep(step)}>
          {step}
        </Anchor>
      ),
    },
    {
      id: 'state',
      title: w.state,
      cell: ({ status, error }) => (
        <>
          {w.states[status]}
          {error && (
            <Text size="xs" c="dimmed">
              {error}
            </Text>
          )}
        </>
      ),
    },
    { id: 'attempts', title: w.attempts, align: 'right', isMinor: true, cell: ({ attempts }) => attempts },
    { id: 'when', title: w.when, isMinor: true, cell: ({ at, settled_at }) => <Time at={settled_at ?? at} /> },
  ];
  return (
    <Asked query={effects}>
      {({ effects: rows }) =>
        rows.length === 0 ? (
          <Empty>{w.noEffects}</Empty>
        ) : (
          <DataTable label={w.effects} columns={columns} rows={rows} rowKey={({ key }) => key} />
        )
      }
    </Asked>
  );
}
