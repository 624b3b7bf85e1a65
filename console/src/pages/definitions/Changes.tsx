import { Badge, Code, Group, Stack, Text } from '@mantine/core';
import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useWords } from '../../i18n/words';
import type { Change } from './queries';
import { words } from './words';

const SIGNS = {
  added: { color: 'green', sign: IconPlus },
  removed: { color: 'red', sign: IconMinus },
  changed: { color: 'yellow', sign: IconPencil },
};

/** What one version says otherwise than another, part by part. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const w = useWords(words);
  const named = { added: w.added, removed: w.removed, changed: w.changedWord };
  if (changes.length === 0) return <Text size="sm">{w.sameNow}</Text>;
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {changes.map(({ change, pointer, before, after }) => {
        const { color, sign: Sign } = SIGNS[change];
        return (
          <li key={pointer + change}>
            <Group gap="xs">
              <Badge
                color={color}
                variant="light"
                tt="none"
                leftSection={<Sign size={12} aria-hidden />}
                styles={{ label: { color: 'var(--mantine-color-text)' } }}
              >
                {named[change]}
              </Badge>
              <code className="foreign">{pointer || '/'}</code>
            </Group>
            {before !== undefined && <Side name={w.before} sign="−" value={before} />}
            {after !== undefined && <Side name={w.after} sign="+" value={after} />}
          </li>
        );
      })}
    </Stack>
  );
}

function Side({ name, sign, value }: { name: string; sign: string; value: unknown }) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  return (
    <Code block mah={240} tabIndex={0} aria-label={name} mt={4} style={{ overflow: 'auto', whiteSpace: 'pre-wrap' }}>
      {text
        .split('\n')
        .map((line) => `${sign} ${line}`)
        .join('\n')}
    </Code>
  );
}
