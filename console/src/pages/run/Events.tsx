import { Anchor, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { DataTable, type Column } from '../../parts/DataTable';
import { Json } from '../../parts/Json';
import { Empty, Loading } from '../../parts/states';
import { words } from './parts.words';
import type { Run } from './queries';
import { useRunEvents, type RunEvent } from './useRunEvents';

/** Members of events that say something by themselves, the first that there is. */
const SAYING = ['question', 'reason', 'choice', 'goal', 'title', 'plan', 'milliseconds'];

function sayingOf({ payload }: RunEvent): string {
  const { error } = payload as { error?: { message?: string } };
  if (error?.message !== undefined) return error.message;
  const name = SAYING.find((member) => ['string', 'number'].includes(typeof payload[member]));
  return name === undefined ? '' : name === 'milliseconds' ? `${String(payload[name])} ms` : String(payload[name]);
}

interface EventsProps {
  run: Run;
  onStep: (step: string) => void;
}

/** What has happened in a run, and what happens. */
export default function Events({ run, onStep }: EventsProps) {
  const w = useWords(words);
  const format = useFormat();
  const { events, hasEnded } = useRunEvents(run.workflow_id);
  const [seq, setSeq] = useState<number>();
  const shown = events.find((event) => event.seq === seq);
  const columns: Column<RunEvent>[] = [
    {
      id: 'seq',
      title: w.seq,
      width: '4rem',
      cell: (event) => (
        <Anchor
          component="button"
          type="button"
          size="sm"
          aria-label={w.show(event.seq)}
          onClick={() => setSeq(event.seq)}
        >
          {event.seq}
        </Anchor>
      ),
    },
    {
      id: 'when',
      title: w.when,
      width: '12rem',
      isMinor: true,
      cell: ({ occurred_at }) => <time dateTime={occurred_at}>{format.instant(occurred_at)}</time>,
    },
    { id: 'event', title: w.event, isLead: true, cell: ({ event_type }) => event_type },
    {
      id: 'step',
      title: w.step,
      cell: ({ payload: { step } }) =>
        typeof step === 'string' && (
          <Anchor component="button" type="button" size="sm" ta="left" onClick={() => onStep(step)}>
            {step}
          </Anchor>
        ),
    },
    {
      id: 'what',
      title: w.what,
      isMinor: true,
      cell: (event) => (
        <Text size="sm" lineClamp={2}>
          {sayingOf(event)}
        </Text>
      ),
    },
  ];
  if (events.length === 0) return hasEnded ? <Empty>{w.noEvents}</Empty> : <Loading />;
  return (
    <Stack gap="sm">
      {!hasEnded && (
        <Text size="sm" c="dimmed">
          {w.coming}
        </Text>
      )}
      <DataTable
        label={w.events}
        columns={columns}
        rows={events}
        rowKey={(event) => String(event.seq)}
        current={seq === undefined ? undefined : String(seq)}
        rowHeight={38}
        maxHeight="50vh"
      />
      <div aria-live="polite">{shown && <Json value={shown} label={w.show(shown.seq)} />}</div>
    </Stack>
  );
}
