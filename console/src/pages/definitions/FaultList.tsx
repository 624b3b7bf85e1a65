import { List, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import type { Fault } from './queries';
import { words } from './words';

interface FaultListProps {
  faults: readonly Fault[];
  onGo: (place: { line: number; column: number }) => void;
}

/** All faults of a definition; each leads to its line. */
export function FaultList({ faults, onGo }: FaultListProps) {
  const w = useWords(words);
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Title order={2} size="h5">
        {w.faults} ({faults.length})
      </Title>
      <List size="sm" spacing={6} aria-label={w.faults}>
        {faults.map(({ pointer, code, message, hint, line, column }, index) => (
          <List.Item key={`${index} ${pointer} ${code}`}>
            <UnstyledButton
              className="foreign"
              td="underline"
              disabled={line === undefined}
              onClick={() => line !== undefined && onGo({ line, column: column ?? 1 })}
            >
              {line === undefined ? w.whole : w.line(line)}
              {format.colon}
              {message}
            </UnstyledButton>
            <Text size="xs" c="dimmed" className="foreign">
              <code>{pointer || '/'}</code> {hint}
            </Text>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
