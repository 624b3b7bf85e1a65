import { Alert, Button, Center, Group, Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconMapOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/client';
import { useWords } from '../i18n/words';
import { words } from './states.words';
import { Copy } from './Copy';

export function Loading() {
  const w = useWords(words);
  return (
    <Center mih={160} role="status" aria-label={w.loading}>
      <Loader size="sm" type="dots" />
    </Center>
  );
}

/** An empty list says what would be here, and offers one thing to do. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Center mih={160} p="md">
      <Stack align="center" gap="sm">
        <Text c="dimmed" ta="center" maw={420}>
          {children}
        </Text>
        {action}
      </Stack>
    </Center>
  );
}

/** An error as a sentence with what to do, and a request id to copy. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const w = useWords(words);
  const problem = error instanceof ApiProblem ? error : undefined;
  const { title, icon } =
    problem?.status === 403
      ? { title: w.forbidden, icon: <IconLock /> }
      : problem?.status === 404
        ? { title: w.missing, icon: <IconMapOff /> }
        : { title: w.failed, icon: <IconAlertTriangle /> };
  return (
    <Alert role="alert" color="red" variant="light" title={title} icon={icon}>
      <Stack gap="xs">
        <Text className="foreign">{problem?.message ?? w.broken}</Text>
        {problem?.errors.slice(0, 20).map(({ pointer, detail }) => (
          <Text key={pointer + detail} size="sm" className="foreign">
            <code>{pointer || '/'}</code> {detail}
          </Text>
        ))}
        <Group gap="xs">
          {again && (
            <Button size="xs" variant="default" onClick={again}>
              {w.again}
            </Button>
          )}
          {problem?.requestId && <RequestId id={problem.requestId} />}
        </Group>
      </Stack>
    </Alert>
  );
}

function RequestId({ id }: { id: string }) {
  const w = useWords(words);
  return <Copy text={id} label={`${w.request} ${id.slice(0, 8)}…`} title={w.copy} size="xs" variant="subtle" />;
}
