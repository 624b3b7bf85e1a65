import { Accordion, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useMutation, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { faultsOf } from '../../parts/form/faults';
import { InputForm } from '../../parts/form/InputForm';
import { beginning, type FormSchema } from '../../parts/form/schema';
import { Empty, Failure } from '../../parts/states';
import { Outputs, requestOf, type GivenSteps } from './Outputs';
import { simulate, type Checked, type ReadDefinition } from './queries';
import { SimulationView } from './SimulationView';
import { words } from './try.words';

/** Tries what stands in the editor, as far as it has no faults. */
export function TryIt({ checked }: { checked: UseQueryResult<Checked> }) {
  const w = useWords(words);
  return (
    <Asked query={checked}>
      {({ definition }) => (definition ? <Trial definition={definition} /> : <Empty>{w.faulty}</Empty>)}
    </Asked>
  );
}

function Trial({ definition }: { definition: ReadDefinition }) {
  const w = useWords(words);
  const schema = definition.input_schema as FormSchema | undefined;
  const [input, setInput] = useState<unknown>(() => schema && beginning(schema));
  const [given, setGiven] = useState<GivenSteps>({});
  const trial = useMutation({
    mutationFn: () => simulate(definition, { input_data: input ?? {}, ...requestOf(given) }),
  });
  return (
    <Stack>
      <Text size="sm">{w.about}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="sm">
          <Title order={2} size="h5">
            {w.input}
          </Title>
          <InputForm
            schema={schema}
            value={input}
            onChange={setInput}
            pointer="/input_data"
            faultAt={faultsOf(trial.error)}
          />
        </Stack>
        <Accordion variant="contained" order={2}>
          <Accordion.Item value="steps">
            <Accordion.Control>{w.steps}</Accordion.Control>
            <Accordion.Panel>
              <Text size="sm" mb="sm">
                {w.stepsWords}
              </Text>
              <Outputs definition={definition} given={given} onChange={setGiven} faultAt={faultsOf(trial.error)} />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      </SimpleGrid>
      <Group>
        <Allowed roles={['requester', 'operator', 'admin']} loading={trial.isPending} onClick={() => trial.mutate()}>
          {w.simulate}
        </Allowed>
      </Group>
      {trial.error && <Failure error={trial.error} />}
      <div aria-live="polite">
        {trial.data && (
          <SimulationView
            simulation={trial.data}
            giveAgain={({ step_id, output }) => (
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => setGiven({ ...given, [step_id]: { mode: 'output', output } })}
              >
                {w.useAsGiven}
              </Button>
            )}
          />
        )}
      </div>
    </Stack>
  );
}
