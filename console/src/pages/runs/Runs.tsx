import { Anchor, Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { useNews, usePolling } from '../../live/live';
import { News } from '../../live/News';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Page } from '../../parts/Page';
import { Empty } from '../../parts/states';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { Filters } from './Filters';
import { runsQuery, type ListedRun } from './queries';
import { runsRoute, type RunsSearch } from './route';
import { STATES, useStates } from './states';
import { words } from './words';

export const page = createLazyRoute('/runs')({ component: Runs });

/** Runs of all processes. */
function Runs() {
  const w = useWords(words);
  const format = useFormat();
  const search = runsRoute.useSearch();
  const navigate = useNavigate();
  const { queryKey, ...options } = runsQuery(search);
  const runs = useInfiniteQuery({ queryKey, ...options, refetchInterval: usePolling() });
  const news = useNews(() => true, queryKey);
  const states = useStates(STATES, runs.data?.counts);
  const names: Readonly<Record<string, string>> = w.processes;
  const change = (part: RunsSearch) => void navigate({ to: '/runs', search: { ...search, ...part } });
  const { status, process } = search;

  const columns: Column<ListedRun>[] = [
    {
      id: 'what',
      title: w.what,
      cell: ({ workflow_id, title, subject }) => (
        <>
          <Anchor component={Link} to="/runs/$workflowId" params={{ workflowId: workflow_id } as never} size="sm">
            {title || subject}
          </Anchor>
          <Text size="xs" c="dimmed">
            {workflow_id}
          </Text>
        </>
      ),
    },
    {
      id: 'process',
      title: w.process,
      width: '10rem',
      isMinor: true,
      cell: (run) => names[run.process] ?? run.process,
    },
    { id: 'status', title: w.status, width: '13rem', cell: (run) => <Status state={run.status} /> },
    { id: 'began', title: w.began, width: '8rem', isMinor: true, cell: (run) => <Time at={run.started_at} /> },
    {
      id: 'took',
      title: w.took,
      width: '7rem',
      align: 'right',
      isMinor: true,
      cell: ({ started_at, ended_at }) =>
        ended_at === undefined ? '' : format.duration(Date.parse(ended_at) - Date.parse(started_at)),
    },
  ];
  return (
    <Page title={w.title}>
      <Filters
        filters={[
          {
            label: w.status,
            value: status,
            all: w.all,
            options: states,
            onChange: (value) => change({ status: value }),
          },
          {
            label: w.process,
            value: process,
            all: w.all,
            options: Object.entries(names).map(([value, label]) => ({ value, label })),
            onChange: (value) => change({ process: value }),
          },
        ]}
      />
      <News news={news} />
      <Asked query={runs}>
        {({ rows }) =>
          rows.length > 0 ? (
            <DataTable
              label={w.table}
              columns={columns}
              rows={rows}
              rowKey={({ workflow_id }) => workflow_id}
              rowHeight={56}
              onEnd={runs.hasNextPage && !runs.isFetching ? () => void runs.fetchNextPage() : undefined}
            />
          ) : status || process ? (
            <Empty
              action={<Button onClick={() => change({ status: undefined, process: undefined })}>{w.clear}</Button>}
            >
              {w.noneSo}
            </Empty>
          ) : (
            <Empty action={<Button renderRoot={(props) => <Link to="/start" {...props} />}>{w.start}</Button>}>
              {w.none}
            </Empty>
          )
        }
      </Asked>
    </Page>
  );
}
