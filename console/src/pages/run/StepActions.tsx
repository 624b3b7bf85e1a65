import { Group } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { useAction } from '../../parts/useAction';
import { AgainDialog } from './AgainDialog';
import { isOpen, type Row } from './model';
import { runKey, type Run } from './queries';
import { words } from './step.words';

/** What can be done to a step: again, left out, run again from here. */
export function StepActions({ run, row: { id, status, parent } }: { run: Run; row: Row }) {
  const w = useWords(words);
  const navigate = useNavigate();
  const [isAgain, setAgain] = useState(false);
  const { workflow_id, process, subject, outcome } = run;
  const change = useAction({
    act: (what: 'retry' | 'skip') =>
      answer(
        api.POST('/jobs/{job_id}/tasks/{task_id}/{change}', {
          params: { path: { job_id: subject.id, task_id: id, change: what } },
        }),
      ),
    done: () => w.asked,
    refresh: [runKey(workflow_id), ['job', subject.id]],
  });
  const replay = useAction({
    act: () =>
      answer(api.POST('/runs/{workflow_id}/replay', { params: { path: { workflow_id } }, body: { live_from: id } })),
    done: () => w.asked,
    refresh: [['jobs'], ['runs']],
    onDone: ({ job_id }) => void navigate({ to: '/jobs/$jobId', params: { jobId: job_id }, search: { tab: 'replay' } }),
  });
  const isJob = process === 'job';
  const done = outcome === 'completed' ? w.completed : undefined;
  const small = { size: 'compact-sm', variant: 'default' } as const;
  const running = isOpen(run) ? w.notEnded : undefined;
  return (
    <Group gap="xs">
      {isJob ? (
        <>
          <Allowed
            {...small}
            roles={['operator', 'admin']}
            obstacle={done ?? (status === 'completed' ? w.stepEnded : undefined)}
            onClick={() => change.mutate('retry')}
          >
            {w.retry}
          </Allowed>
          <Allowed
            {...small}
            roles={['operator', 'admin']}
            obstacle={done ?? (status === 'completed' ? w.stepEnded : undefined)}
            onClick={() => change.mutate('skip')}
          >
            {w.skip}
          </Allowed>
          <Allowed
            {...small}
            roles={['requester', 'operator', 'admin']}
            obstacle={running}
            onClick={() => replay.mutate(undefined)}
          >
            {w.live}
          </Allowed>
        </>
      ) : (
        <Allowed
          {...small}
          roles={['requester', 'operator', 'admin']}
          obstacle={
            process !== 'definition' ? w.definitionsOnly : parent !== undefined ? `${w.within} ${parent}` : running
          }
          onClick={() => setAgain(true)}
        >
          {w.again}
        </Allowed>
      )}
      {isAgain && <AgainDialog executionId={subject.id} fromStep={id} onClose={() => setAgain(false)} />}
    </Group>
  );
}
