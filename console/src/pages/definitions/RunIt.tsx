import { Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { faultsOf } from '../../parts/form/faults';
import { InputForm } from '../../parts/form/InputForm';
import { beginning, type FormSchema } from '../../parts/form/schema';
import { Failure } from '../../parts/states';
import { execute, type StoredDefinition } from './queries';
import { words } from './words';

/** Runs the newest version with an input that a form asks for; then its run is shown. */
export function RunIt({ definition }: { definition: Pick<StoredDefinition, 'id' | 'input_schema'> }) {
  const w = useWords(words);
  const navigate = useNavigate();
  const schema = definition.input_schema as FormSchema | undefined;
  const [input, setInput] = useState<unknown>(() => schema && beginning(schema));
  const run = useMutation({
    mutationFn: () => execute(definition.id, input ?? {}),
    onSuccess: ({ workflow_id }) => navigate({ to: `/runs/${encodeURIComponent(workflow_id)}` }),
  });
  return (
    <Stack maw={720}>
      <InputForm
        schema={schema}
        value={input}
        onChange={setInput}
        pointer="/input_data"
        faultAt={faultsOf(run.error)}
      />
      {run.error && <Failure error={run.error} />}
      <Group>
        <Allowed roles={['requester', 'operator', 'admin']} loading={run.isPending} onClick={() => run.mutate()}>
          {w.runNow}
        </Allowed>
      </Group>
    </Stack>
  );
}
