import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

interface FilterFieldProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  placeholder?: string;
}

/** Milliseconds after the last letter. */
const REST = 350;

/** A text by which a list is filtered: it counts when whoever types rests, or leaves the field. */
export function FilterField({ label, value = '', onChange, placeholder }: FilterFieldProps) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    // not where it is what was typed, but for a blank that goes on
    if (text.trim() !== value) setText(value);
  }
  const apply = useDebouncedCallback(
    (typed: string) => {
      if (typed.trim() !== value) onChange(typed.trim() === '' ? undefined : typed.trim());
    },
    { delay: REST, flushOnUnmount: false },
  );
  return (
    <TextInput
      size="xs"
      label={label}
      value={text}
      placeholder={placeholder}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        apply(currentTarget.value);
      }}
    />
  );
}
