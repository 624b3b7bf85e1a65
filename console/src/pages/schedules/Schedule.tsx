import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { operators } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { SureDialog } from '../../parts/SureDialog';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Go, pathOf } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { Section } from '../../parts/Section';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { useAction } from '../../parts/useAction';
import {
  controlSchedule,
  deleteSchedule,
  scheduleQuery,
  SCHEDULES,
  type Control,
  type Schedule as Scheduled,
} from './queries';
import { words } from './words';

export const page = createLazyRoute('/schedules/$id')({ component: Schedule });

/** A schedule: when it starts what, and what it has started. */
function Schedule() {
  const w = useWords(words);
  const { id } = page.useParams();
  const query = useQuery(scheduleQuery(id));
  return (
    <Page
      title={id}
      about={query.data && <Status state={query.data.paused ? 'paused' : 'active'} />}
      actions={
        <>
          {query.data && <Actions schedule={query.data} />}
          <Go to="/schedules">{w.title}</Go>
        </>
      }
    >
      <Asked query={query}>{(schedule) => <Detail schedule={schedule} />}</Asked>
    </Page>
  );
}

function Actions({ schedule: { schedule_id: id, paused } }: { schedule: Scheduled }) {
  const w = useWords(words);
  const navigate = page.useNavigate();
  const [isAsked, setAsked] = useState(false);
  const control = useAction({
    act: (wanted: Control) => controlSchedule({ id, control: wanted }),
    done: (_, wanted) => w.done[wanted],
    refresh: [SCHEDULES],
  });
  const remove = useAction({
    act: () => deleteSchedule(id),
    done: () => w.deleted,
    refresh: [[...SCHEDULES, 'list']],
    onDone: () => void navigate({ to: '/schedules' }),
  });
  const shared = { roles: operators, variant: 'default' } as const;
  return (
    <>
      <Allowed {...shared} loading={control.isPending} onClick={() => control.mutate(paused ? 'resume' : 'pause')}>
        {paused ? w.resume : w.pause}
      </Allowed>
      <Allowed {...shared} loading={control.isPending} onClick={() => control.mutate('run')}>
        {w.run}
      </Allowed>
      <Allowed {...shared} onClick={() => setAsked(true)}>
        {w.delete}
      </Allowed>
      {isAsked && (
        <SureDialog
          title={`${w.deleteIt}: ${id}`}
          keep={w.cancel}
          action={w.deleteIt}
          color="red"
          isPending={remove.isPending}
          onDone={() => remove.mutate()}
          onClose={() => setAsked(false)}
        >
          {w.willDelete}
        </SureDialog>
      )}
    </>
  );
}

function Detail({ schedule }: { schedule: Scheduled }) {
  const w = useWords(words);
  const format = useFormat();
  const { starts, cron, time_zone, every, next, recent, paused } = schedule;
  const folder = starts === 'job' ? 'jobs' : 'projects';
  return (
    <Stack>
      <Facts
        facts={[
          [w.what, `${w.kinds[starts]}: ${schedule.title}`],
          [w.times, cron === undefined ? w.every(every ?? '') : w.cron(cron, time_zone ?? 'UTC')],
          [w.overlap, w.overlaps[schedule.overlap]],
          [w.by, schedule.created_by],
          [w.note, schedule.note],
        ]}
      />
      <Section title={w.nextTimes}>
        {next.length === 0 ? (
          <Text size="sm" c="dimmed">
            {paused ? w.never : w.none_next}
          </Text>
        ) : (
          <List size="sm">
            {next.map((at) => (
              <List.Item key={at}>
                {format.instant(at)} (<Time at={at} />)
              </List.Item>
            ))}
          </List>
        )}
      </Section>
      <Section title={w.recent}>
        {recent.length === 0 ? (
          <Text size="sm" c="dimmed">
            {w.noRecent}
          </Text>
        ) : (
          <List size="sm">
            {recent.map(({ at, id }) => (
              <List.Item key={id}>
                <Go to={pathOf(folder, id)}>{id}</Go> <Time at={at} />
              </List.Item>
            ))}
          </List>
        )}
      </Section>
    </Stack>
  );
}
