import { Anchor, Button, NativeSelect, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useWords } from '../../i18n/words';
import { useNews } from '../../live/live';
import { News } from '../../live/News';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Page } from '../../parts/Page';
import { Empty } from '../../parts/states';
import { Status } from '../../parts/Status';
import { words as states } from '../../parts/status.words';
import { Time } from '../../parts/Time';
import { projectsQuery, type ProjectListed } from './queries';
import { projectsRoute } from './route';
import { words } from './words';

export const page = createLazyRoute('/projects')({ component: Projects });

/** States that a list may be narrowed to. */
const STATES = ['running', 'completed', 'failed', 'cancelled'] as const;

function Projects() {
  const w = useWords(words);
  const state = useWords(states);
  const navigate = useNavigate();
  const { status } = projectsRoute.useSearch();
  const options = projectsQuery(status);
  const query = useInfiniteQuery(options);
  const news = useNews(({ process }) => process === 'audit', options.queryKey);
  const start = () => void navigate({ to: '/start', search: { what: 'audit' } });
  const columns: Column<ProjectListed>[] = [
    {
      id: 'request',
      title: w.request,
      cell: ({ project_id, request_text }) => (
        <Anchor component={Link} to={`/projects/${encodeURIComponent(project_id)}`} lineClamp={2}>
          {request_text || project_id}
        </Anchor>
      ),
    },
    { id: 'status', title: w.status, width: '11rem', cell: ({ status }) => <Status state={status} /> },
    { id: 'id', title: w.id, width: '22%', isMinor: true, cell: ({ project_id }) => project_id },
    {
      id: 'started',
      title: w.started,
      width: '9rem',
      isMinor: true,
      cell: ({ started_at }) => <Time at={started_at} />,
    },
  ];
  return (
    <Page
      title={w.title}
      about={<Text c="dimmed">{w.about}</Text>}
      actions={<Button onClick={start}>{w.start}</Button>}
    >
      <NativeSelect
        label={w.status}
        maw={240}
        value={status ?? ''}
        data={[{ value: '', label: w.all }, ...STATES.map((value) => ({ value, label: state[value] }))]}
        onChange={({ currentTarget }) =>
          void navigate({ to: '/projects', replace: true, search: { status: currentTarget.value || undefined } })
        }
      />
      <News news={news} />
      <Asked query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ projects }) => projects);
          if (rows.length === 0) return <Empty action={<Button onClick={start}>{w.start}</Button>}>{w.none}</Empty>;
          return (
            <DataTable
              label={w.title}
              columns={columns}
              rows={rows}
              rowKey={({ project_id }) => project_id}
              onEnd={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
            />
          );
        }}
      </Asked>
    </Page>
  );
}
