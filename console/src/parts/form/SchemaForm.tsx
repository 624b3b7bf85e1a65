import { Checkbox, Fieldset, Input, NativeSelect, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { defineWords, useWords } from '../../i18n/words';
import { JsonField } from './JsonField';
import { controlOf, isFields, listOf, token, withMember, type Fields, type FormSchema } from './schema';

const words = defineWords(
  { none: '—', perLine: 'one on each line', asJson: 'as JSON' },
  { none: '—', perLine: 'un par ligne', asJson: 'en JSON' },
);

/** Faults by their JSON Pointers, as the server names them. */
export type FaultsAt = (pointer: string) => string | undefined;

interface FieldProps {
  name: string;
  schema: FormSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  isNeeded: boolean;
  pointer: string;
  faultAt: FaultsAt;
}

interface SchemaFormProps {
  schema: FormSchema;
  value: Fields;
  onChange: (value: Fields) => void;
  /** JSON Pointer of the value in what is sent */
  pointer: string;
  faultAt: FaultsAt;
}

/** A field for each member of an object schema. */
export function SchemaForm({ schema, value, onChange, pointer, faultAt }: SchemaFormProps) {
  return (
    <Stack gap="sm">
      {Object.entries(schema.properties ?? {}).map(([name, one]) => (
        <Field
          key={name}
          name={name}
          schema={one}
          value={value[name]}
          onChange={(next) => onChange(withMember(value, name, next))}
          isNeeded={schema.required?.includes(name) ?? false}
          pointer={`${pointer}/${token(name)}`}
          faultAt={faultAt}
        />
      ))}
    </Stack>
  );
}

/** Longer texts get several lines. */
const LONG = 200;

function Field(props: FieldProps) {
  const { name, schema, value, onChange, isNeeded, pointer, faultAt } = props;
  const w = useWords(words);
  const common = {
    label: schema.title ?? name,
    description: schema.description,
    error: faultAt(pointer),
    withAsterisk: isNeeded,
  };
  const text = typeof value === 'string' ? value : '';
  const put = (typed: string) => onChange(typed === '' ? undefined : typed);
  switch (controlOf(schema)) {
    case 'text':
      if ((schema.maxLength ?? 0) > LONG)
        return (
          <Textarea
            {...common}
            autosize
            minRows={2}
            maxRows={10}
            value={text}
            onChange={(e) => put(e.currentTarget.value)}
          />
        );
      return (
        <TextInput
          {...common}
          type={schema.format === 'date' ? 'date' : schema.format === 'email' ? 'email' : 'text'}
          value={text}
          onChange={(event) => put(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          allowDecimal={schema.type === 'number'}
          min={schema.minimum}
          max={schema.maximum}
          clampBehavior="none"
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(next === '' ? undefined : Number(next))}
        />
      );
    case 'yes':
      return (
        <Checkbox
          label={common.label}
          description={common.description}
          error={common.error}
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...common}
          value={value === undefined ? '' : JSON.stringify(value)}
          data={[
            { value: '', label: w.none },
            ...(schema.enum ?? []).map((one) => ({ value: JSON.stringify(one), label: String(one) })),
          ]}
          onChange={({ currentTarget: { value: chosen } }) => onChange(chosen === '' ? undefined : JSON.parse(chosen))}
        />
      );
    case 'list':
      return <ListField {...props} common={common} />;
    case 'fields':
      return (
        <Fieldset legend={common.label}>
          {schema.description && (
            <Text size="sm" c="dimmed" mb="xs" className="foreign">
              {schema.description}
            </Text>
          )}
          {common.error && <Input.Error mb="xs">{common.error}</Input.Error>}
          <SchemaForm
            schema={schema}
            value={isFields(value) ? value : {}}
            onChange={(next) => onChange(Object.keys(next).length === 0 && !isNeeded ? undefined : next)}
            pointer={pointer}
            faultAt={faultAt}
          />
        </Fieldset>
      );
    case 'json':
      return (
        <JsonField
          {...common}
          label={`${common.label} (${w.asJson})`}
          isNeeded={isNeeded}
          value={value}
          onChange={onChange}
        />
      );
  }
}

interface ListFieldProps extends FieldProps {
  common: { label: string; description?: string; error?: string; withAsterisk: boolean };
}

function ListField({ common, schema, value, onChange, pointer, faultAt }: ListFieldProps) {
  const w = useWords(words);
  const [text, setText] = useState(() => (Array.isArray(value) ? value.join('\n') : ''));
  const items = listOf(text, isFields(schema.items) ? schema.items['type'] : 'string');
  const error =
    common.error ?? items.map((_, index) => faultAt(`${pointer}/${index}`)).find((one) => one !== undefined);
  return (
    <Textarea
      {...common}
      error={error}
      description={[schema.description, w.perLine].filter(Boolean).join('; ')}
      autosize
      minRows={2}
      maxRows={10}
      value={text}
      onChange={({ currentTarget: { value: typed } }) => {
        setText(typed);
        const next = listOf(typed, isFields(schema.items) ? schema.items['type'] : 'string');
        onChange(next.length === 0 ? undefined : next);
      }}
    />
  );
}
