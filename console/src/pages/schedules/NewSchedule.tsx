import {
  Autocomplete,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n/words';
import { Dialog } from '../../parts/Dialog';
import { pathOf } from '../../parts/Go';
import { wordOf } from '../../parts/search';
import { Failure } from '../../parts/states';
import { useAction } from '../../parts/useAction';
import { createSchedule, OVERLAPS, SCHEDULES, type Draft } from './queries';
import { words } from './words';

const EMPTY: Draft = {
  id: '',
  starts: 'job',
  text: '',
  timing: 'cron',
  cron: '30 2 * * *',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  every: '1h',
  overlap: 'skip',
  paused: false,
};

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** The form of a new schedule. */
export function NewSchedule({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const navigate = useNavigate();
  const [draft, setDraft] = useState(EMPTY);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const create = useAction({
    act: createSchedule,
    done: ({ schedule_id }) => w.created(schedule_id),
    refresh: [SCHEDULES],
    onDone: ({ schedule_id }) => void navigate({ to: pathOf('schedules', schedule_id) }),
  });
  return (
    <Dialog onClose={onClose} title={w.create} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(draft);
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={w.id}
            description={w.idAbout}
            value={draft.id}
            maxLength={60}
            onChange={({ currentTarget }) => set({ id: currentTarget.value })}
          />
          <SegmentedControl
            aria-label={w.kind}
            value={draft.starts}
            data={(['job', 'audit'] as const).map((value) => ({ value, label: w.kinds[value] }))}
            onChange={(value) => set({ starts: value === 'audit' ? 'audit' : 'job' })}
          />
          <Textarea
            required
            autosize
            minRows={3}
            label={draft.starts === 'job' ? w.goal : w.request}
            value={draft.text}
            maxLength={8_000}
            onChange={({ currentTarget }) => set({ text: currentTarget.value })}
          />
          <SegmentedControl
            aria-label={w.timing}
            value={draft.timing}
            data={[
              { value: 'cron', label: w.byCron },
              { value: 'every', label: w.byInterval },
            ]}
            onChange={(value) => set({ timing: value === 'every' ? 'every' : 'cron' })}
          />
          {draft.timing === 'cron' ? (
            <Group grow align="flex-end" preventGrowOverflow={false}>
              <TextInput
                required
                label={w.cronField}
                value={draft.cron}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                onChange={({ currentTarget }) => set({ cron: currentTarget.value })}
              />
              <Autocomplete
                label={w.zone}
                limit={20}
                data={ZONES}
                value={draft.timeZone}
                onChange={(timeZone) => set({ timeZone })}
              />
            </Group>
          ) : (
            <TextInput
              required
              label={w.interval}
              value={draft.every}
              onChange={({ currentTarget }) => set({ every: currentTarget.value })}
            />
          )}
          <NativeSelect
            label={w.overlap}
            value={draft.overlap}
            data={OVERLAPS.map((value) => ({ value, label: w.overlaps[value] }))}
            onChange={({ currentTarget }) => set({ overlap: wordOf(OVERLAPS, currentTarget.value) ?? 'skip' })}
          />
          <Checkbox
            label={w.paused}
            checked={draft.paused}
            onChange={({ currentTarget }) => set({ paused: currentTarget.checked })}
          />
          {create.error instanceof ApiProblem && <Failure error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {w.cancel}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {w.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
