import { NativeSelect } from '@mantine/core';
import { wordOf } from './search';

interface ChoiceProps<T extends string> {
  label: string;
  /** the word for no choice */
  any: string;
  values: readonly T[];
  words: { readonly [V in T]: string };
  value: T | undefined;
  onChange: (value: T | undefined) => void;
}

/** One of a few words by which a list is filtered, or none. */
export function Choice<T extends string>({ label, any, values, words, value, onChange }: ChoiceProps<T>) {
  return (
    <NativeSelect
      size="xs"
      label={label}
      value={value ?? ''}
      data={[{ value: '', label: any }, ...values.map((one) => ({ value: one, label: words[one] }))]}
      onChange={({ currentTarget }) => onChange(wordOf(values, currentTarget.value))}
    />
  );
}
