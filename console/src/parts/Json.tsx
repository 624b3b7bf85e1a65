import { Code, CopyButton, Button, Stack, Group } from '@mantine/core';
import { defineWords, useWords } from '../i18n/words';

const words = defineWords({ copy: 'Copy', copied: 'Copied' }, { copy: 'Copier', copied: 'Copié' });

/** Any value as JSON, as it is, to read and to copy. */
export function Json({ value, label }: { value: unknown; label?: string }) {
  const w = useWords(words);
  const text = JSON.stringify(value, null, 2) ?? 'undefined';
  return (
    <Stack gap={4}>
      <Group justify="flex-end">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="subtle" onClick={copy}>
              {copied ? w.copied : w.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block mah={400} tabIndex={0} aria-label={label} style={{ overflow: 'auto' }}>
        {text}
      </Code>
    </Stack>
  );
}
