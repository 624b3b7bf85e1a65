import { Text } from '@mantine/core';
import { useWords } from '../../i18n/words';
import { DataTable, type Column } from '../../parts/DataTable';
import { Status, stateOfChoice } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { ItemLink } from './ItemLink';
import type { Item, Kind } from './queries';
import { words } from './words';

/** What was decided lately, by whom. */
export function Decided({ items, onEnd }: { items: readonly Item[]; onEnd?: () => void }) {
  const w = useWords(words);
  const columns: Column<Item>[] = [
    { id: 'what', title: w.what, cell: (item) => <ItemLink item={item} /> },
    { id: 'kind', title: w.kind, width: '8rem', isMinor: true, cell: ({ kind }) => w.kinds[kind as Kind] ?? kind },
    {
      id: 'choice',
      title: w.choice,
      width: '12rem',
      cell: ({ decision }) => (
        <>
          {decision && <Status state={stateOfChoice(decision.choice)} />}
          {decision?.comment && (
            <Text size="xs" c="dimmed" className="foreign">
              {decision.comment}
            </Text>
          )}
        </>
      ),
    },
    { id: 'by', title: w.by, width: '9rem', cell: ({ decision }) => decision?.by },
    { id: 'when', title: w.when, width: '8rem', cell: ({ decision }) => decision && <Time at={decision.decided_at} /> },
  ];
  return <DataTable label={w.decided} columns={columns} rows={items} rowKey={({ id }) => id} onEnd={onEnd} />;
}
