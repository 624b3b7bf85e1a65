import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import type { Role } from '../../api/session';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Dialog } from '../../parts/Dialog';
import { useAction } from '../../parts/useAction';
import { AgainDialog } from './AgainDialog';
import { isOpen } from './model';
import { runKey, type Run } from './queries';
import { words } from './words';

const operators: readonly Role[] = ['operator', 'admin'];

interface ControlsProps {
  run: Run;
  /** of a job */
  goal?: string;
}

/** What can be done to a run; what cannot, is disabled with the reason. */
export function Controls({ run, goal }: ControlsProps) {
  const w = useWords(words);
  const navigate = useNavigate();
  const [over, setOver] = useState<'cancel' | 'replan' | 'again'>();
  const { workflow_id, process, subject, status, paused } = run;
  const close = () => setOver(undefined);
  const refresh = [runKey(workflow_id), ['job', subject.id], ['execution', subject.id], ['runs'], ['jobs']];

  const control = useAction({
    act: (what: 'pause' | 'resume' | 'cancel') =>
      answer(api.POST('/runs/{workflow_id}/{control}', { params: { path: { workflow_id, control: what } } })),
    done: (_, what) => w.asked(w[what]),
    refresh,
    onDone: close,
  });
  const retry = useAction({
    act: () =>
      process === 'job'
        ? answer<unknown>(api.POST('/jobs/{job_id}/retry_failed', { params: { path: { job_id: subject.id } } }))
        : answer<unknown>(api.POST('/projects/{project_id}/retry', { params: { path: { project_id: subject.id } } })),
    done: () => w.asked(w.retryFailed),
    refresh,
  });
  const replan = useAction({
    act: (wanted: string) =>
      answer(
        api.POST('/jobs/{job_id}/replan', {
          params: { path: { job_id: subject.id } },
          body: wanted === goal || wanted === '' ? {} : { goal: wanted },
        }),
      ),
    done: () => w.asked(w.replan),
    refresh,
    onDone: close,
  });
  const replay = useAction({
    act: () => answer(api.POST('/runs/{workflow_id}/replay', { params: { path: { workflow_id } }, body: {} })),
    done: () => w.started,
    refresh: [['runs'], ['jobs']],
    onDone: ({ job_id }) => void navigate({ to: '/jobs/$jobId', params: { jobId: job_id }, search: { tab: 'replay' } }),
  });

  const recording = useAction({
    act: () =>
      answer<Blob>(api.GET('/runs/{workflow_id}/recording', { params: { path: { workflow_id } }, parseAs: 'blob' })),
    refresh: [],
    onDone: (file) => save(file, `${workflow_id}.recording`),
  });

  const open = isOpen(run);
  const ended = open ? undefined : w.ended;
  const isCompleted = (run.outcome ?? status) === 'completed';
  const noRetry = !['job', 'definition', 'audit'].includes(process)
    ? w.noRetry
    : isCompleted
      ? w.completed
      : open && process !== 'job'
        ? w.under
        : undefined;
  return (
    <>
      <Allowed
        {...{ roles: operators, size: 'xs', variant: 'default' }}
        obstacle={ended ?? (paused ? w.isPaused : undefined)}
        onClick={() => control.mutate('pause')}
      >
        {w.pause}
      </Allowed>
      <Allowed
        {...{ roles: operators, size: 'xs', variant: 'default' }}
        obstacle={ended ?? (paused ? undefined : w.notPaused)}
        onClick={() => control.mutate('resume')}
      >
        {w.resume}
      </Allowed>
      <Allowed
        {...{ roles: operators, size: 'xs', variant: 'default' }}
        obstacle={noRetry}
        onClick={() => (process === 'definition' ? setOver('again') : retry.mutate(undefined))}
      >
        {w.retryFailed}
      </Allowed>
      <Allowed
        {...{ roles: operators, size: 'xs', variant: 'default' }}
        obstacle={process !== 'job' ? w.noReplan : isCompleted ? w.completed : undefined}
        onClick={() => setOver('replan')}
      >
        {w.replan}
      </Allowed>
      <Allowed
        {...{ roles: ['requester', 'operator', 'admin'], size: 'xs', variant: 'default' }}
        obstacle={process !== 'job' ? w.noReplay : open ? w.under : undefined}
        onClick={() => replay.mutate(undefined)}
      >
        {w.replayRun}
      </Allowed>
      <Allowed
        {...{ roles: operators, size: 'xs', variant: 'default' }}
        obstacle={process !== 'job' ? w.noReplay : open ? w.under : undefined}
        onClick={() => recording.mutate(undefined)}
      >
        {w.recording}
      </Allowed>
      <Allowed
        {...{ roles: operators, size: 'xs', variant: 'light', color: 'red' }}
        obstacle={ended}
        onClick={() => setOver('cancel')}
      >
        {w.cancel}
      </Allowed>
      {over === 'cancel' && (
        <Dialog onClose={close} title={w.cancel} centered>
          <Stack>
            <Text>{w.cancelAbout}</Text>
            <Group justify="flex-end">
              <Button color="red" data-autofocus loading={control.isPending} onClick={() => control.mutate('cancel')}>
                {w.cancel}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
      {over === 'replan' && (
        <ReplanDialog
          goal={goal ?? ''}
          isPending={replan.isPending}
          onDone={(text) => replan.mutate(text)}
          onClose={close}
        />
      )}
      {over === 'again' && <AgainDialog executionId={subject.id} onClose={close} />}
    </>
  );
}

/** Hands a file to the browser. */
function save(file: Blob, name: string): void {
  const href = URL.createObjectURL(file);
  const link = Object.assign(document.createElement('a'), { href, download: name });
  link.click();
  URL.revokeObjectURL(href);
}

interface ReplanDialogProps {
  goal: string;
  isPending: boolean;
  onDone: (goal: string) => void;
  onClose: () => void;
}

function ReplanDialog({ goal, isPending, onDone, onClose }: ReplanDialogProps) {
  const w = useWords(words);
  const [text, setText] = useState(goal);
  return (
    <Dialog onClose={onClose} title={w.replan} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDone(text.trim());
        }}
      >
        <Stack>
          <Text size="sm">{w.replanAbout}</Text>
          <Textarea
            data-autofocus
            label={w.goal}
            description={w.replanGoal}
            value={text}
            maxLength={8_000}
            autosize
            minRows={3}
            maxRows={12}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={isPending}>
              {w.replan}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
