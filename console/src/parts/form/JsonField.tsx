import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { defineWords, useWords } from '../../i18n/words';

const words = defineWords(
  { broken: (why: string) => `This is not JSON yet: ${why}` },
  { broken: (why: string) => `Ce n’est pas encore du JSON : ${why}` },
);

interface JsonFieldProps {
  label: string;
  description?: string;
  error?: string;
  value: unknown;
  /** gets the text itself while it is no JSON, which the server refuses at its place */
  onChange: (value: unknown) => void;
  isNeeded?: boolean;
  minRows?: number;
}

const written = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? JSON.stringify(value) : JSON.stringify(value, null, 2);

/** Any value, written as JSON. */
export function JsonField({ label, description, error, value, onChange, isNeeded, minRows = 3 }: JsonFieldProps) {
  const w = useWords(words);
  const [text, setText] = useState(() => written(value));
  const [broken, setBroken] = useState<string>();
  return (
    <Textarea
      label={label}
      description={description}
      error={broken === undefined ? error : w.broken(broken)}
      withAsterisk={isNeeded}
      autosize
      minRows={minRows}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={text}
      onChange={({ currentTarget: { value: typed } }) => {
        setText(typed);
        setBroken(undefined);
        if (typed.trim() === '') return onChange(undefined);
        try {
          onChange(JSON.parse(typed));
        } catch (reason) {
          setBroken(reason instanceof Error ? reason.message : String(reason));
          onChange(typed);
        }
      }}
    />
  );
}
