import { NativeSelect, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../../i18n/words';
import { faultsOf } from '../../parts/form/faults';
import { JsonField } from '../../parts/form/JsonField';
import { planGoal } from './queries';
import { StartForm } from './StartForm';
import { words } from './words';

/** A goal in words; then its run is shown, which waits with its plan. */
export function GoalForm() {
  const w = useWords(words);
  const navigate = useNavigate();
  const [goal, setGoal] = useState('');
  const [context, setContext] = useState<unknown>();
  const [priority, setPriority] = useState(3);
  const job = useMutation({
    mutationFn: () => planGoal(goal, context, priority),
    onSuccess: ({ workflow_id }) => navigate({ to: `/runs/${encodeURIComponent(workflow_id)}` }),
  });
  const faultAt = faultsOf(job.error);
  return (
    <StartForm
      about={w.goal.about}
      submit={w.goal.submit}
      roles={['requester', 'operator', 'admin']}
      isPending={job.isPending}
      error={job.error}
      onSubmit={() => job.mutate()}
    >
      <Textarea
        label={w.goal.goal}
        withAsterisk
        autosize
        minRows={3}
        error={faultAt('/goal')}
        value={goal}
        onChange={({ currentTarget }) => setGoal(currentTarget.value)}
      />
      <JsonField label={w.goal.context} error={faultAt('/context')} value={context} onChange={setContext} />
      <NativeSelect
        label={w.goal.priority}
        maw={240}
        error={faultAt('/priority')}
        data={Object.entries(w.goal.priorities).map(([value, label]) => ({ value, label }))}
        value={String(priority)}
        onChange={({ currentTarget }) => setPriority(Number(currentTarget.value))}
      />
    </StartForm>
  );
}
