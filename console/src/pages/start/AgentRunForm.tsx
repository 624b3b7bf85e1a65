import { Checkbox, Fieldset, NumberInput, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../../i18n/words';
import { faultsOf } from '../../parts/form/faults';
import { JsonField } from '../../parts/form/JsonField';
import { startAgentRun, type AgentRunFields } from './queries';
import { StartForm } from './StartForm';
import { words } from './words';

const numberOf = (value: string | number): number | undefined => (value === '' ? undefined : Number(value));

/** A goal about an asset; then its run is shown. */
export function AgentRunForm() {
  const w = useWords(words).agentRun;
  const navigate = useNavigate();
  const [fields, setFields] = useState<AgentRunFields>({ asset_id: '', goal: '', human_approved: false });
  const put = (change: Partial<AgentRunFields>) => setFields((before) => ({ ...before, ...change }));
  const run = useMutation({
    mutationFn: () => startAgentRun(fields),
    onSuccess: ({ workflow_id }) => navigate({ to: `/runs/${encodeURIComponent(workflow_id)}` }),
  });
  const faultAt = faultsOf(run.error);
  return (
    <StartForm
      about={w.about}
      submit={w.submit}
      roles={['requester', 'operator', 'admin']}
      isPending={run.isPending}
      error={run.error}
      onSubmit={() => run.mutate()}
    >
      <TextInput
        label={w.asset}
        withAsterisk
        error={faultAt('/asset_id')}
        value={fields.asset_id}
        onChange={({ currentTarget }) => put({ asset_id: currentTarget.value })}
      />
      <Textarea
        label={w.goal}
        withAsterisk
        autosize
        minRows={3}
        error={faultAt('/goal')}
        value={fields.goal}
        onChange={({ currentTarget }) => put({ goal: currentTarget.value })}
      />
      <JsonField
        label={w.metadata}
        error={faultAt('/metadata')}
        value={fields.metadata}
        onChange={(metadata) => put({ metadata })}
      />
      <Checkbox
        label={w.approved}
        description={w.approvedAbout}
        checked={fields.human_approved}
        onChange={({ currentTarget }) => put({ human_approved: currentTarget.checked })}
      />
      <Fieldset legend={w.determinism}>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput
            label={w.model}
            error={faultAt('/determinism/model_version')}
            value={fields.model_version ?? ''}
            onChange={({ currentTarget }) => put({ model_version: currentTarget.value })}
          />
          <NumberInput
            label={w.seed}
            allowDecimal={false}
            error={faultAt('/determinism/seed')}
            value={fields.seed ?? ''}
            onChange={(value) => put({ seed: numberOf(value) })}
          />
          <NumberInput
            label={w.temperature}
            error={faultAt('/determinism/temperature')}
            min={0}
            max={2}
            step={0.1}
            value={fields.temperature ?? ''}
            onChange={(value) => put({ temperature: numberOf(value) })}
          />
        </SimpleGrid>
      </Fieldset>
    </StartForm>
  );
}
