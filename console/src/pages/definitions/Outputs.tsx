import { Fieldset, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useWords } from '../../i18n/words';
import { JsonField } from '../../parts/form/JsonField';
import { token } from '../../parts/form/schema';
import type { FaultsAt } from '../../parts/form/SchemaForm';
import type { Given, ReadDefinition } from './queries';
import { words } from './try.words';

type Choice = 'approve' | 'reject' | 'expire';

/** What a step is given in a simulation; without it, it computes or is stood in for. */
export type GivenStep = { mode: 'output'; output: unknown } | { mode: 'failure'; type: string } | { mode: Choice };
export type GivenSteps = Readonly<Record<string, GivenStep>>;

interface Step {
  step_id: string;
  step_type: string;
  steps?: Step[];
}

const stepsOf = (steps: readonly Step[]): Step[] => steps.flatMap((step) => [step, ...stepsOf(step.steps ?? [])]);

const CHOICES: readonly Choice[] = ['approve', 'reject', 'expire'];

/** The members of the request. An output that is a list is one of a list, for it would be one for each attempt. */
export function requestOf(given: GivenSteps): Pick<Given, 'outputs' | 'decisions'> {
  const outputs: NonNullable<Given['outputs']> = {};
  const decisions: NonNullable<Given['decisions']> = {};
  for (const [id, step] of Object.entries(given)) {
    if (step.mode === 'output') outputs[id] = Array.isArray(step.output) ? [step.output] : (step.output ?? null);
    else if (step.mode === 'failure') outputs[id] = { error: { type: step.type || 'failed' } };
    else decisions[id] = { choice: step.mode };
  }
  return { outputs, decisions };
}

interface OutputsProps {
  definition: ReadDefinition;
  given: GivenSteps;
  onChange: (given: GivenSteps) => void;
  faultAt: FaultsAt;
}

/** For each step, what it gives back when it is tried. */
export function Outputs({ definition, given, onChange, faultAt }: OutputsProps) {
  const w = useWords(words);
  const put = (id: string, step: GivenStep | undefined) => {
    const { [id]: _, ...others } = given;
    onChange(step ? { ...others, [id]: step } : others);
  };
  return (
    <Stack gap="xs">
      {stepsOf(definition.steps as readonly Step[]).map(({ step_id: id, step_type: type }) => {
        const step = given[id];
        const isQuestion = type === 'approval';
        const label = w.step(id, type);
        const fault = faultAt(`/outputs/${token(id)}`) ?? faultAt(`/decisions/${token(id)}`);
        if (isQuestion)
          return (
            <NativeSelect
              key={id}
              label={label}
              error={fault}
              value={step?.mode ?? 'approve'}
              data={CHOICES.map((value) => ({ value, label: w.choices[value] }))}
              onChange={({ currentTarget }) => put(id, { mode: currentTarget.value as Choice })}
            />
          );
        return (
          <Fieldset key={id} legend={label} p="xs">
            <NativeSelect
              aria-label={label}
              error={step === undefined ? fault : undefined}
              value={step?.mode ?? 'stub'}
              data={(['stub', 'output', 'failure'] as const).map((value) => ({ value, label: w.modes[value] }))}
              onChange={({ currentTarget: { value } }) =>
                put(
                  id,
                  value === 'stub'
                    ? undefined
                    : value === 'output'
                      ? { mode: 'output', output: {} }
                      : { mode: 'failure', type: '' },
                )
              }
            />
            {step?.mode === 'output' && (
              <JsonField
                label={w.outputOf(id)}
                error={fault}
                value={step.output}
                onChange={(output) => put(id, { mode: 'output', output })}
              />
            )}
            {step?.mode === 'failure' && (
              <TextInput
                label={w.failureOf(id)}
                error={fault}
                value={step.type}
                onChange={({ currentTarget }) => put(id, { mode: 'failure', type: currentTarget.value })}
              />
            )}
          </Fieldset>
        );
      })}
    </Stack>
  );
}
