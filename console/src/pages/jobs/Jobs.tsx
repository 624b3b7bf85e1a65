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
import { Filters } from '../runs/Filters';
import { STATES, useStates } from '../runs/states';
import { jobsQuery, type ListedJob } from './queries';
import { jobsRoute, type JobsSearch } from './route';
import { words } from './words';

export const page = createLazyRoute('/jobs')({ component: Jobs });

/** Jobs, and agent runs among them. */
function Jobs() {
  const w = useWords(words);
  const format = useFormat();
  const search = jobsRoute.useSearch();
  const navigate = useNavigate();
  const { queryKey, ...options } = jobsQuery(search);
  const jobs = useInfiniteQuery({ queryKey, ...options, refetchInterval: usePolling() });
  const news = useNews(({ process }) => process === 'job', queryKey);
  const states = useStates(STATES, jobs.data?.counts);
  const change = (part: JobsSearch) => void navigate({ to: '/jobs', search: { ...search, ...part } });
  const start = <Button renderRoot={(props) => <Link to="/start" {...props} />}>{w.start}</Button>;
  const { status, only } = search;

  /** what is odd about it, in words */
  const kindOf = ({ asset_id, replay_of, mode }: ListedJob) =>
    [
      asset_id === undefined ? '' : `${w.agentRun} · ${w.asset} ${asset_id}`,
      replay_of === undefined ? '' : w.replay,
      mode === 'plan' ? w.plan : mode === 'simulate' ? w.simulate : '',
    ].filter(Boolean);

  const columns: Column<ListedJob>[] = [
    {
      id: 'goal',
      title: w.goal,
      cell: (job) => (
        <>
          <Anchor component={Link} to="/jobs/$jobId" params={{ jobId: job.job_id } as never} size="sm" lineClamp={2}>
            {job.goal || job.job_id}
          </Anchor>
          <Text size="xs" c="dimmed">
            {[job.job_id, ...kindOf(job)].join(' · ')}
          </Text>
        </>
      ),
    },
    { id: 'status', title: w.status, width: '13rem', cell: (job) => <Status state={job.status} /> },
    { id: 'priority', title: w.priority, width: '6rem', align: 'right', isMinor: true, cell: (job) => job.priority },
    { id: 'began', title: w.began, width: '8rem', isMinor: true, cell: (job) => <Time at={job.started_at} /> },
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
    <Page title={w.title} actions={start}>
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
            label: w.kind,
            value: only,
            all: w.both,
            options: [{ value: 'agent-runs', label: w.agentRuns }],
            onChange: (value) => change({ only: value === undefined ? undefined : 'agent-runs' }),
          },
        ]}
      />
      <News news={news} />
      <Asked query={jobs}>
        {({ rows }) =>
          rows.length > 0 ? (
            <DataTable
              label={w.table}
              columns={columns}
              rows={rows}
              rowKey={({ job_id }) => job_id}
              rowHeight={56}
              onEnd={jobs.hasNextPage && !jobs.isFetching ? () => void jobs.fetchNextPage() : undefined}
            />
          ) : status || only ? (
            <Empty action={<Button onClick={() => change({ status: undefined, only: undefined })}>{w.clear}</Button>}>
              {w.noneSo}
            </Empty>
          ) : (
            <Empty action={start}>{w.none}</Empty>
          )
        }
      </Asked>
    </Page>
  );
}
