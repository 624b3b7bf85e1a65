import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { operators } from '../../api/session';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Go, pathOf } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { Empty } from '../../parts/states';
import { NewSchedule } from './NewSchedule';
import { schedulesQuery, type Schedule } from './queries';
import { words } from './words';

export const page = createLazyRoute('/schedules')({ component: Schedules });

/** Schedules, with their next times. */
function Schedules() {
  const w = useWords(words);
  const { create } = page.useSearch();
  const navigate = page.useNavigate();
  const query = useQuery(schedulesQuery);
  const columns: Column<Schedule>[] = [
    {
      ...{ id: 'name', title: w.name },
      cell: ({ schedule_id, title }) => (
        <>
          <Go to={pathOf('schedules', schedule_id)}>{schedule_id}</Go>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {title}
          </Text>
        </>
      ),
    },
    { ...{ id: 'what', title: w.what, width: '8rem', isMinor: true }, cell: ({ starts }) => w.kinds[starts] },
    { ...{ id: 'times', title: w.times, isMinor: true }, cell: (schedule) => <Times schedule={schedule} /> },
    {
      ...{ id: 'next', title: w.next, width: '9rem' },
      cell: ({ next: [first], paused }) =>
        first === undefined ? (
          <Text size="sm" c="dimmed">
            {paused ? w.never : w.none_next}
          </Text>
        ) : (
          <Time at={first} />
        ),
    },
    {
      ...{ id: 'state', title: w.state, width: '8rem' },
      cell: ({ paused }) => <Status state={paused ? 'paused' : 'active'} />,
    },
  ];
  const open = (isOpen: boolean) => void navigate({ search: { create: isOpen || undefined } });
  const button = (
    <Allowed roles={operators} onClick={() => open(true)}>
      {w.create}
    </Allowed>
  );
  return (
    <Page title={w.title} about={w.about} actions={button}>
      <Asked query={query}>
        {(schedules) =>
          schedules.length === 0 ? (
            <Empty action={button}>{w.none}</Empty>
          ) : (
            <DataTable label={w.list} columns={columns} rows={schedules} rowKey={({ schedule_id }) => schedule_id} />
          )
        }
      </Asked>
      {create && <NewSchedule onClose={() => open(false)} />}
    </Page>
  );
}

function Times({ schedule: { cron, time_zone, every } }: { schedule: Schedule }) {
  const w = useWords(words);
  return <>{cron === undefined ? w.every(every ?? '') : w.cron(cron, time_zone ?? 'UTC')}</>;
}
