import { Code, Stack, Group } from '@mantine/core';
import { Copy } from './Copy';

/** Any value as JSON, as it is, to read and to copy. */
export function Json({ value, label }: { value: unknown; label?: string }) {
  const text = JSON.stringify(value, null, 2) ?? 'undefined';
  return (
    <Stack gap={4}>
      <Group justify="flex-end">
        <Copy text={text} size="compact-xs" variant="subtle" />
      </Group>
      <Code block mah={400} tabIndex={0} aria-label={label} style={{ overflow: 'auto' }}>
        {text}
      </Code>
    </Stack>
  );
}
