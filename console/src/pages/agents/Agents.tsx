import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Go, pathOf } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { Status } from '../../parts/Status';
import { Empty } from '../../parts/states';
import { agentsQuery, type Agent } from './queries';
import { words } from './words';

export const page = createLazyRoute('/agents')({ component: Agents });

/** The registry of agents. */
function Agents() {
  const w = useWords(words);
  const format = useFormat();
  const query = useQuery(agentsQuery);
  const columns: Column<Agent>[] = [
    {
      ...{ id: 'name', title: w.name },
      cell: ({ name, description }) => (
        <>
          <Go to={pathOf('agents', name)}>{name}</Go>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {description}
          </Text>
        </>
      ),
    },
    { ...{ id: 'state', title: w.state, width: '9rem' }, cell: ({ status }) => <Status state={status} /> },
    {
      ...{ id: 'workers', title: w.workers, width: '6rem', align: 'right', isMinor: true },
      cell: ({ worker_count }) => format.number(worker_count),
    },
    {
      ...{ id: 'calls', title: w.calls, width: '6rem', align: 'right' },
      cell: ({ totals }) => format.number(totals.calls),
    },
    {
      ...{ id: 'failures', title: w.failures, width: '6rem', align: 'right', isMinor: true },
      cell: ({ totals }) => format.number(totals.failures),
    },
    {
      ...{ id: 'average', title: w.average, width: '7rem', align: 'right', isMinor: true },
      cell: ({ totals: { average_ms } }) => (average_ms === undefined ? '–' : format.duration(average_ms)),
    },
    { ...{ id: 'version', title: w.version, width: '7rem', isMinor: true }, cell: ({ version }) => version },
  ];
  return (
    <Page title={w.title} about={w.about}>
      <Asked query={query}>
        {(agents) =>
          agents.length === 0 ? (
            <Empty>{w.none}</Empty>
          ) : (
            <DataTable label={w.list} columns={columns} rows={agents} rowKey={({ name }) => name} />
          )
        }
      </Asked>
    </Page>
  );
}
