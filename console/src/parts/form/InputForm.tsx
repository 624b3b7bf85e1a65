import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { defineWords, useWords } from '../../i18n/words';
import { JsonField } from './JsonField';
import { controlOf, isFields, type Fields, type FormSchema } from './schema';
import { SchemaForm, type FaultsAt } from './SchemaForm';

const words = defineWords(
  {
    input: 'Input',
    anything: 'This workflow does not say what it takes: any JSON object is accepted, or none.',
    form: 'Fill in a form',
    json: 'Write JSON',
  },
  {
    input: 'Entrée',
    anything: 'Ce workflow ne dit pas ce qu’il prend : tout objet JSON est accepté, ou aucun.',
    form: 'Remplir un formulaire',
    json: 'Écrire du JSON',
  },
);

interface InputFormProps {
  schema: FormSchema | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
  pointer: string;
  faultAt: FaultsAt;
}

/** The input of a workflow: a form where its schema can be drawn, and JSON for all else. */
export function InputForm({ schema, value, onChange, pointer, faultAt }: InputFormProps) {
  const w = useWords(words);
  const isDrawn = schema !== undefined && controlOf(schema) === 'fields';
  const [asJson, setAsJson] = useState(false);
  if (!isDrawn || asJson)
    return (
      <Stack gap="xs" align="stretch">
        {!isDrawn && schema === undefined && <Text size="sm">{w.anything}</Text>}
        <JsonField label={w.input} error={faultAt(pointer)} minRows={5} value={value} onChange={onChange} />
        {isDrawn && isFields(value ?? {}) && <Switch label={w.form} onClick={() => setAsJson(false)} />}
      </Stack>
    );
  const fields: Fields = isFields(value) ? value : {};
  return (
    <Stack gap="xs">
      <SchemaForm schema={schema} value={fields} onChange={onChange} pointer={pointer} faultAt={faultAt} />
      <Switch label={w.json} onClick={() => setAsJson(true)} />
    </Stack>
  );
}

function Switch({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Group justify="flex-end">
      <Button size="compact-xs" variant="subtle" onClick={onClick}>
        {label}
      </Button>
    </Group>
  );
}
