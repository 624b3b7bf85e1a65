import { Group, NativeSelect } from '@mantine/core';

export interface Filter {
  label: string;
  value: string | undefined;
  /** the word for no choice */
  all: string;
  /** each with its word */
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
}

/** Filters of a list, each one of several or none. */
export function Filters({ filters }: { filters: readonly Filter[] }) {
  return (
    <Group gap="sm">
      {filters.map(({ label, value, all, options, onChange }) => (
        <NativeSelect
          key={label}
          label={label}
          size="xs"
          value={value ?? ''}
          data={[{ value: '', label: all }, ...options]}
          onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
        />
      ))}
    </Group>
  );
}
